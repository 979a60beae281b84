import type { ChildProcess } from 'node:child_process';

interface Reply {
  readonly told?: unknown;
  readonly failure?: string;
}

/** In a child: carries out what the parent sends, one after the other, and tells what came of each. */
export function answerOrders<Order>(carryOut: (order: Order) => Promise<unknown>): void {
  process.on('message', (order) => {
    carryOut(order as Order).then(
      (told) => reply({ told }),
      (failure: unknown) => reply({ failure: failure instanceof Error ? failure.message : String(failure) }),
    );
  });
  // A parent that has gone leaves nothing to do.
  process.on('disconnect', () => process.exit());
}

/** In a child that serves: says on which port. */
export function tellPort(port: number): void {
  reply({ told: port });
  process.on('disconnect', () => process.exit());
}

/** In the parent: what the child says next. @throws what the child failed with, or that it ended */
export function nextReply<Told>(child: ChildProcess): Promise<Told> {
  return new Promise((resolve, reject) => {
    const gone = (): void => reject(new Error(`${child.spawnargs.at(-1)} ended`));
    child.once('exit', gone);
    child.once('message', ({ told, failure }: Reply) => {
      child.off('exit', gone);
      if (failure === undefined) resolve(told as Told);
      else reject(new Error(failure));
    });
  });
}

/** In the parent: gives an order and waits for what comes of it. */
export function order<Told>(child: ChildProcess, given: object): Promise<Told> {
  const told = nextReply<Told>(child);
  child.send(given);
  return told;
}

function reply(given: Reply): void {
  process.send?.(given);
}
