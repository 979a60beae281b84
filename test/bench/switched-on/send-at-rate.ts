import { setTimeout as sleep } from 'node:timers/promises';
import { openLoadConnection } from '../engine/load-connection.ts';
import type { Load } from '../engine/load.ts';

/** Requests that come at a rate of their own, however fast they are answered. */
export interface RatedLoad extends Omit<Load, 'most'> {
  readonly perSecond: number;
}

const TICK_MS = 1;
/** A gateway this far behind does not keep up, so that what it takes at this rate cannot be told. */
const BEHIND_MOST = 1_000;

/**
 * Sends them at even distances, each on a connection that is free, and resolves when all that were due are answered. A wait is
 * counted from when a request was due. @throws where a connection breaks, too many wait, or what is told of an answer throws
 */
export async function sendAtRate(load: RatedLoad): Promise<void> {
  let broken: Error | undefined;
  const fail = (failure: Error): void => void (broken ??= failure);
  const connections = await Promise.all(
    Array.from({ length: load.connections }, () => openLoadConnection(load.port, fail)),
  );
  const free = [...connections];
  const waiting: { readonly index: number; readonly dueAt: number }[] = [];
  let underWay = 0;
  const pump = (): void => {
    while (free.length > 0 && waiting.length > 0) {
      const { index, dueAt } = waiting.shift() ?? never();
      underWay += 1;
      const connection = free.shift() ?? never();
      connection.send(load.requests[index] ?? never(), (isOk, body) => {
        underWay -= 1;
        free.push(connection);
        try {
          load.onAnswer({ index, isOk, body, ms: performance.now() - dueAt });
        } catch (failure) {
          // Nobody would catch it here, in what a socket tells.
          return fail(failure as Error);
        }
        pump();
      });
    }
  };
  const drive = async (): Promise<void> => {
    const begunAt = performance.now();
    for (let due = 0; !load.ended() || underWay > 0; ) {
      const now = performance.now();
      for (let dueAt = begunAt; !load.ended(); due += 1) {
        dueAt = begunAt + (due * 1_000) / load.perSecond;
        if (dueAt > now) break;
        waiting.push({ index: (load.from + due) % load.requests.length, dueAt });
      }
      if (broken !== undefined) throw broken;
      if (load.ended()) waiting.length = 0;
      if (waiting.length > BEHIND_MOST) throw new RangeError('the gateway does not keep up with the rate');
      pump();
      await sleep(TICK_MS);
    }
  };
  try {
    await drive();
  } finally {
    for (const connection of connections) connection.close();
  }
}

function never(): never {
  throw new TypeError('not there');
}
