import { connect } from 'node:net';
import type { Socket } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { MessageReader } from '../engine/read-messages.ts';

/** Requests that come at a rate of their own, however fast they are answered. */
export interface RatedLoad {
  readonly port: number;
  readonly connections: number;
  /** Whole HTTP messages; taken in turn, from the beginning again after the last. */
  readonly requests: readonly Buffer[];
  /** The first of them. */
  readonly from: number;
  readonly perSecond: number;
  readonly ended: () => boolean;
  /** The body is only good until the callback returns. */
  readonly onAnswer: (answer: { readonly isOk: boolean; readonly body: Buffer; readonly ms: number }) => void;
}

const TICK_MS = 1;
/** A gateway this far behind does not keep up, so that what it takes at this rate cannot be told. */
const BEHIND_MOST = 1_000;

/**
 * Sends them at even distances, each on a connection that is free, and resolves when all that were due are answered. A wait is
 * counted from when a request was due. @throws where a connection breaks, and where too many wait
 */
export async function sendAtRate(load: RatedLoad): Promise<void> {
  let broken: Error | undefined;
  const fail = (failure: Error): void => void (broken ??= failure);
  const connections = await Promise.all(
    Array.from({ length: load.connections }, () => open(load.port, fail)),
  );
  const free = [...connections];
  const waiting: { readonly request: Buffer; readonly dueAt: number }[] = [];
  let underWay = 0;
  const pump = (): void => {
    while (free.length > 0 && waiting.length > 0) {
      const { request, dueAt } = waiting.shift() ?? never();
      underWay += 1;
      const connection = free.shift() ?? never();
      connection.send(request, (isOk, body) => {
        underWay -= 1;
        free.push(connection);
        load.onAnswer({ isOk, body, ms: performance.now() - dueAt });
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
        waiting.push({ request: load.requests[(load.from + due) % load.requests.length] ?? never(), dueAt });
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

interface Connection {
  readonly send: (request: Buffer, take: (isOk: boolean, body: Buffer) => void) => void;
  readonly close: () => void;
}

async function open(port: number, broken: (failure: Error) => void): Promise<Connection> {
  const socket: Socket = connect({ port, host: '127.0.0.1', noDelay: true });
  const reader = new MessageReader();
  let take: (isOk: boolean, body: Buffer) => void = never;
  socket.on('error', broken);
  socket.on('close', () => broken(new Error('the gateway closed a connection')));
  socket.on('data', (chunk) =>
    reader.read(chunk, (head, body) => take(head.startsWith('HTTP/1.1 200'), body)),
  );
  await new Promise((resolve, reject) => socket.once('connect', resolve).once('error', reject));
  return {
    send: (request, then) => {
      take = then;
      socket.write(request);
    },
    close: () => {
      socket.removeAllListeners('close');
      socket.destroy();
    },
  };
}

function never(): never {
  throw new TypeError('not there');
}
