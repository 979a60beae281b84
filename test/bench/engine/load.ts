import { openLoadConnection } from './load-connection.ts';
import type { TakeAnswer } from './load-connection.ts';

const NOTHING = Buffer.alloc(0);

/** Requests sent over so many connections, on each the next as soon as the last is answered; nothing is pipelined. */
export interface Load {
  readonly port: number;
  readonly connections: number;
  /** Whole HTTP messages; taken in turn, from the beginning again after the last. */
  readonly requests: readonly Buffer[];
  /** The first of them. */
  readonly from: number;
  /** Ends after so many requests … */
  readonly most: number;
  /** … or when this says so. */
  readonly ended: () => boolean;
  readonly onAnswer: (answer: Answer) => void;
}

/** One answer of a gateway. */
export interface Answer {
  /** Which of the requests. */
  readonly index: number;
  readonly isOk: boolean;
  /** Only good until the callback returns: its memory may be used again. */
  readonly body: Buffer;
  /** From the first byte sent to the last received. */
  readonly ms: number;
}

/** Sends them, and resolves when all that were sent are answered. A connection that breaks ends the run with its error. */
export async function sendLoad(load: Load): Promise<void> {
  let sent = 0;
  const next = (): number | null => {
    if (sent >= load.most || load.ended()) return null;
    sent += 1;
    return (load.from + sent - 1) % load.requests.length;
  };
  const connections = Math.min(load.connections, load.most);
  await Promise.all(Array.from({ length: connections }, () => sendOver(load, next)));
}

async function sendOver(load: Load, next: () => number | null): Promise<void> {
  const done = Promise.withResolvers<void>();
  const connection = await openLoadConnection(load.port, done.reject);
  let index = 0;
  let sentAt = 0;
  const send = (): void => {
    const chosen = next();
    if (chosen === null) {
      connection.close();
      done.resolve();
      return;
    }
    index = chosen;
    sentAt = performance.now();
    connection.send(load.requests[chosen] ?? NOTHING, take);
  };
  const take: TakeAnswer = (isOk, body) => {
    load.onAnswer({ index, body, isOk, ms: performance.now() - sentAt });
    send();
  };
  send();
  return done.promise;
}
