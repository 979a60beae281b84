/** The thread in which the shipped matcher computes: answers one question at a time, each with its number. */
import { parentPort } from 'node:worker_threads';
import { plainComparison } from './plain-comparison.ts';

/** A question to the thread. */
export interface FaceQuestion {
  readonly number: number;
  readonly ask: keyof typeof plainComparison;
  readonly images: readonly Uint8Array[];
}

parentPort?.on('message', ({ number, ask, images }: FaceQuestion) => {
  const [first = new Uint8Array(), second = new Uint8Array()] = images;
  parentPort?.postMessage({ number, answer: plainComparison[ask](first, second) }, []);
});
