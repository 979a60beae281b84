import { createServer } from 'node:net';
import type { AddressInfo, Socket } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import type { CompactToken, LogEvent, LogFields } from '@dinhdanh/kit';
import { expect, onTestFinished } from 'vitest';
import type { OpenPool } from './connections.ts';
import { createUpstream } from './upstream.ts';
import type { Upstream, UpstreamAnswer, UpstreamCall, UpstreamOptions } from './upstream.ts';

/** The time given to a call that is meant to run out of it. */
export const DEADLINE_MS = 300;

/** A deadline that is meant to pass. */
export function soon(): number {
  return Date.now() + DEADLINE_MS;
}

/** What a raw service does once it has a whole request: `request` counts them from 1. */
export type Script = (socket: Socket, request: number) => void;

/** A service on loopback that says byte for byte what a test wants, which no HTTP server would. */
export interface RawService {
  readonly url: string;
  /** Heads and bodies of the requests so far. */
  readonly requests: readonly string[];
  /** Connections accepted so far. */
  readonly accepted: () => number;
  /** Connections open now. */
  readonly open: () => number;
  /** Breaks every connection with a RST. */
  readonly resetAll: () => void;
  readonly close: () => Promise<void>;
}

/** Starts a raw service. `onConnect` runs before anything is read. */
export async function startRawService(
  script: Script,
  onConnect: (socket: Socket) => void = () => undefined,
): Promise<RawService> {
  const sockets = new Set<Socket>();
  const requests: string[] = [];
  let accepted = 0;
  const server = createServer((socket) => {
    accepted += 1;
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket)).on('error', () => undefined);
    onConnect(socket);
    let pending = '';
    socket.on('data', (chunk) => {
      pending += chunk.toString('latin1');
      const length = wholeRequestLength(pending);
      if (length === undefined) return;
      requests.push(pending.slice(0, length));
      pending = pending.slice(length);
      script(socket, requests.length);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    requests,
    accepted: () => accepted,
    open: () => sockets.size,
    resetAll: () => {
      for (const socket of sockets) socket.resetAndDestroy();
    },
    close: async () => {
      for (const socket of sockets) socket.destroy();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

/** An answer as bytes. `fields` replace or add to an honest head. */
export function answerBytes(
  body: string | Buffer,
  fields: Readonly<Record<string, string | number>> = {},
  status = '200 OK',
): Buffer {
  const bytes = Buffer.from(body);
  const head = { 'content-type': 'application/json', 'content-length': bytes.length, ...fields };
  const lines = Object.entries(head).map(([name, value]) => `${name}: ${value}\r\n`);
  return Buffer.concat([Buffer.from(`HTTP/1.1 ${status}\r\n${lines.join('')}\r\n`), bytes]);
}

/** A script that gives the same answer to every request. */
export function say(...answer: Parameters<typeof answerBytes>): Script {
  const bytes = answerBytes(...answer);
  return (socket) => void socket.write(bytes);
}

/** Writes as much of one chunk over and over as `total` asks for, no faster than it is read. */
export function pour(socket: Socket, chunk: Buffer, total: number): void {
  let left = total;
  const more = (): void => {
    while (left > 0 && socket.writable) {
      left -= chunk.length;
      if (!socket.write(chunk)) return;
    }
  };
  socket.on('drain', more);
  more();
}

/** An HTTP client that never settles, whatever is asked of it or cancelled. */
export const neverSettlingPool: OpenPool = () => ({
  dispatch: () => true,
  request: () => new Promise<never>(() => undefined),
  close: () => new Promise<never>(() => undefined),
  destroy: () => Promise.resolve(),
});

/** A raw service with an upstream client before it; both end with the test. */
export interface Scene {
  readonly service: RawService;
  readonly upstream: Upstream;
  readonly events: readonly { readonly event: LogEvent; readonly fields: LogFields }[];
  readonly ask: (call?: Partial<UpstreamCall>) => Promise<UpstreamAnswer>;
}

/** Sets a scene in which the raw service is called `vehicles`. */
export async function setScene(
  script: Script,
  options: Partial<UpstreamOptions> = {},
  onConnect?: (socket: Socket) => void,
): Promise<Scene> {
  const service = await startRawService(script, onConnect);
  const events: { event: LogEvent; fields: LogFields }[] = [];
  const upstream = createUpstream({
    services: { vehicles: service.url },
    onEvent: (event, fields) => void events.push({ event, fields }),
    ...options,
  });
  onTestFinished(async () => {
    await upstream.close();
    await service.close();
  });
  return { service, upstream, events, ask: (call) => ask(upstream, call) };
}

/** Asks `vehicles` a query, with more time than a busy machine takes for it. */
export function ask(upstream: Upstream, call: Partial<UpstreamCall> = {}): Promise<UpstreamAnswer> {
  return upstream.post('vehicles', {
    body: '{"query":"{ok}"}',
    sign: () => 'token' as CompactToken,
    deadlineAt: Date.now() + 5_000,
    idempotent: true,
    ...call,
  });
}

/** What a promise has to settle in once its own timer has run. */
const SETTLING_MS = 100;

/**
 * Fails unless a promise settles before a timer set beside it. A machine too busy to run either holds back both, so this
 * measures us and not the machine. What settles by way of a socket needs turns of the event loop behind its own timer; the
 * second timer is set when the first has run, so that a pause of the machine cannot make both run in one turn.
 */
export async function within<T>(ms: number, promise: Promise<T>): Promise<T> {
  const late = sleep(ms).then(() => sleep(SETTLING_MS, undefined));
  const settled = await Promise.race([promise.then((value) => ({ value })), late]);
  if (settled === undefined) expect.fail(`not settled within ${ms} ms`);
  return settled.value;
}

/** Waits for a condition, and fails where it does not come however busy the machine is. */
export async function until(condition: () => boolean, ms = 15_000): Promise<void> {
  const end = performance.now() + ms;
  while (!condition() && performance.now() < end) await sleep(5);
  expect(condition()).toBe(true);
}

function wholeRequestLength(text: string): number | undefined {
  const headEnd = text.indexOf('\r\n\r\n');
  if (headEnd < 0) return undefined;
  const length = Number(/^content-length: (\d+)/im.exec(text)?.[1] ?? 0);
  return text.length >= headEnd + 4 + length ? headEnd + 4 + length : undefined;
}
