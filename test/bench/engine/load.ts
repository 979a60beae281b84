import { connect } from 'node:net';
import type { Socket } from 'node:net';
import { MessageReader } from './read-messages.ts';

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

function sendOver(load: Load, next: () => number | null): Promise<void> {
  return new Promise((resolve, reject) => {
    const socket: Socket = connect({ port: load.port, host: '127.0.0.1', noDelay: true });
    const reader = new MessageReader();
    let index = 0;
    let sentAt = 0;
    const send = (): void => {
      const chosen = next();
      if (chosen === null) {
        socket.end();
        resolve();
        return;
      }
      index = chosen;
      sentAt = performance.now();
      socket.write(load.requests[chosen] ?? '');
    };
    const take = (head: string, body: Buffer): void => {
      load.onAnswer({ index, body, isOk: head.startsWith('HTTP/1.1 200'), ms: performance.now() - sentAt });
      send();
    };
    socket.on('connect', send);
    socket.on('data', (chunk) => reader.read(chunk, take));
    socket.on('error', reject);
    socket.on('close', () => reject(new Error('the gateway closed a connection')));
  });
}
