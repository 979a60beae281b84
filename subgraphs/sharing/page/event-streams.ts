import type { ServerResponse } from 'node:http';

/** How many streams one process keeps open at once; who comes then asks for the state instead. */
const STREAMS = 2_000;

/** How often something is sent though nothing has changed, in milliseconds: proxies end what is silent for long. */
const HEARTBEAT_MS = 15_000;

/** A reader that has not taken this many bytes reads no more. */
const UNREAD_BYTES = 64 * 1024;

/** How long a browser waits before it comes back to a stream that broke, in milliseconds. */
const RETRY_MS = 2_000;

/** One page's stream of events. */
export interface EventStream {
  /** Sends a message, unless the stream has ended. */
  readonly send: (message: unknown) => void;
  readonly end: () => void;
}

/** How many streams may be open, and how often each is kept alive. */
export interface StreamLimits {
  readonly streams?: number;
  readonly heartbeatMs?: number;
}

/**
 * The event streams (server-sent events, HTML Living Standard §9.2) of open pages. A request has one browser and its
 * browser one stream: a second tab takes the place of the first, which is told so and asks for the state from then on.
 */
export class EventStreams {
  readonly #open = new Map<string, EventStream>();
  readonly #limit: number;
  readonly #heartbeatMs: number;

  constructor({ streams = STREAMS, heartbeatMs = HEARTBEAT_MS }: StreamLimits = {}) {
    this.#limit = streams;
    this.#heartbeatMs = heartbeatMs;
  }

  /** Opens the stream of a request on a response; null where too many are open. `onEnd` is called once, however it ends. */
  open(handle: string, response: ServerResponse, onEnd: () => void): EventStream | null {
    if (response.destroyed) return null;
    const earlier = this.#open.get(handle);
    if (earlier === undefined && this.#open.size >= this.#limit) return null;
    if (earlier !== undefined) replace(earlier);
    response.writeHead(200, {
      'content-type': 'text/event-stream; charset=utf-8',
      'cache-control': 'no-store',
      'x-content-type-options': 'nosniff',
    });
    response.write(`retry: ${RETRY_MS}\n\n`);
    const heartbeat = setInterval(() => write(response, ': \n\n'), this.#heartbeatMs).unref();
    const stream: EventStream = {
      send: (message) => write(response, textOf(message)),
      end: () => void response.end(),
    };
    response.once('close', () => {
      clearInterval(heartbeat);
      if (this.#open.get(handle) === stream) this.#open.delete(handle);
      onEnd();
    });
    this.#open.set(handle, stream);
    return stream;
  }

  /** How many are open. */
  get size(): number {
    return this.#open.size;
  }
}

/** A message that is no state: its reader must not come back by itself. */
const REPLACED = Symbol('replaced');

function replace(stream: EventStream): void {
  stream.send(REPLACED);
  stream.end();
}

function textOf(message: unknown): string {
  return message === REPLACED ? 'event: replaced\ndata: {}\n\n' : `data: ${JSON.stringify(message)}\n\n`;
}

function write(response: ServerResponse, text: string): void {
  if (response.writableEnded || response.destroyed) return;
  if (response.writableLength > UNREAD_BYTES) response.destroy();
  else response.write(text);
}
