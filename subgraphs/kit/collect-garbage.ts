import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { setTimeout as sleep } from 'node:timers/promises';

let collect: (() => void) | undefined;

/** A full collection by V8 itself, so that what is measured after it is what is held. */
export function collectGarbage(): void {
  if (collect === undefined) {
    // Only contexts made after the flag have the function.
    setFlagsFromString('--expose-gc');
    collect = runInNewContext('gc') as () => void;
  }
  collect();
}

/** Bytes that are held, on V8's heap and outside it, once what is let go of in the turns that follow is collected too. */
export async function heldBytes(): Promise<number> {
  for (let round = 0; round < 5; round += 1) {
    collectGarbage();
    await sleep(20);
  }
  const { heapUsed, external } = process.memoryUsage();
  return heapUsed + external;
}
