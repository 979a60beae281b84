import { connect } from 'node:net';
import type { Socket } from 'node:net';
import { errors } from 'undici';
import { CALL_FIELDS } from './call-pool.ts';
import type { AnswerHeaders, PooledRequest, RequestControl, RequestListener } from './call-pool.ts';
import { AnswerReader } from './read-answer.ts';
import type { AnswerSink, AnswerSizes } from './read-answer.ts';

/** Where a connection leads, and what it may cost. */
export interface PlainAddress {
  readonly host: string;
  readonly port: number;
  /** The value of the `host` field. */
  readonly authority: string;
  readonly connectMs: number;
  readonly sizes: AnswerSizes;
}

/** Whom a connection tells what becomes of it. */
export interface ConnectionOwner {
  /** It is free for a request: the first, or another. */
  readonly onFree: (connection: PlainConnection) => void;
  /** It never came to be. */
  readonly onRefused: (connection: PlainConnection, failure: Error) => void;
  /** It has ended; a request that was under way on it has been told. */
  readonly onGone: (connection: PlainConnection) => void;
  /** A connection broke that had served before. Told before its request is. */
  readonly onStale: (failure: Error) => void;
}

/** The most that is taken from the system at once, in bytes. */
const READ_BYTES = 64 * 1024;
/**
 * One buffer for all connections: the system is asked for bytes only when there are some, and they are taken in before
 * the next connection is looked at. Windows is asked before.
 */
const shared = Buffer.allocUnsafeSlow(READ_BYTES);
const readInto = (): Buffer => (process.platform === 'win32' ? Buffer.allocUnsafeSlow(READ_BYTES) : shared);

/** What may stand in a field's value: no line of it can end early. */
const FIELD_VALUE = /^[\t\x20-\x7e]*$/;

/** One kept-alive connection without TLS, one request at a time on it. */
export class PlainConnection implements RequestControl, AnswerSink {
  readonly #socket: Socket;
  readonly #owner: ConnectionOwner;
  readonly #address: PlainAddress;
  readonly #reader: AnswerReader;
  #listener: RequestListener | null = null;
  #connecting: NodeJS.Timeout | undefined;
  #isGone = false;
  #isWritten = false;
  #hasServed = false;
  /** When an idle connection is to be dropped, by the clock of whoever keeps it. */
  dropAt = 0;

  constructor(address: PlainAddress, owner: ConnectionOwner) {
    this.#address = address;
    this.#owner = owner;
    this.#reader = new AnswerReader(address.sizes);
    const { host, port, connectMs } = address;
    const onread = { buffer: readInto(), callback: this.#take };
    this.#socket = connect({ host, port, noDelay: true, keepAlive: true, onread });
    this.#connecting = setTimeout(() => this.#refuse(new errors.ConnectTimeoutError()), connectMs);
    this.#socket.once('connect', this.#begin);
    this.#socket.once('end', this.#end);
    this.#socket.on('error', this.#fail);
    this.#socket.once('close', () => this.#fail(null));
  }

  /** How long the peer said it keeps the connection, in milliseconds; null where it has not said. */
  get keptMs(): number | null {
    return this.#reader.keptMs;
  }

  /** Sends a request; the connection must be free, and is so again where this gives false: nobody wants the answer any more. */
  send(request: PooledRequest, listener: RequestListener): boolean {
    this.#listener = listener;
    this.#isWritten = false;
    listener.onRequestStart(this);
    if (this.#listener === null) return false;
    const text = framed(request, this.#address.authority);
    this.#isWritten = true;
    this.#socket.write(text);
    return true;
  }

  /** Whoever made the request no longer wants its answer; one that is written cannot be called back. After the answer: nothing. */
  abort(): void {
    if (this.#listener === null) return;
    this.#listener = null;
    if (this.#isWritten) this.destroy();
  }

  destroy(): void {
    if (this.#isGone) return;
    this.#socket.destroy();
    this.#leave(null);
  }

  onHead(status: number, headers: AnswerHeaders): void {
    this.#listener?.onResponseStart(this, status, headers);
  }

  onBody(bytes: Buffer): void {
    const listener = this.#listener;
    this.#listener = null;
    this.#hasServed = true;
    if (this.#isGone || listener === null) return;
    const { keepsOpen } = this.#reader;
    listener.onResponseData(this, bytes);
    listener.onResponseEnd(this);
    if (keepsOpen) this.#owner.onFree(this);
    else this.destroy();
  }

  readonly #begin = (): void => {
    clearTimeout(this.#connecting);
    this.#connecting = undefined;
    this.#owner.onFree(this);
  };

  readonly #take = (length: number, buffer: Uint8Array): boolean => {
    if (this.#isGone) return false;
    // Nobody has asked anything: whatever this is, it is no answer.
    if (this.#listener === null) {
      this.destroy();
      return false;
    }
    try {
      this.#reader.read(Buffer.from(buffer.buffer, buffer.byteOffset, length), this);
    } catch (failure) {
      this.#break(failure as Error);
    }
    return !this.#isGone;
  };

  readonly #end = (): void => {
    if (this.#listener !== null && this.#reader.end(this)) return;
    this.#fail(null);
  };

  readonly #fail = (failure: Error | null): void => {
    if (this.#isGone) return;
    const known = failure ?? new errors.SocketError('the other side closed');
    if (this.#connecting !== undefined) return this.#refuse(known);
    if (this.#hasServed) this.#owner.onStale(known);
    this.#break(known);
  };

  #refuse(failure: Error): void {
    clearTimeout(this.#connecting);
    this.#isGone = true;
    this.#socket.destroy();
    this.#owner.onRefused(this, failure);
  }

  #break(failure: Error): void {
    if (this.#isGone) return;
    this.#socket.destroy();
    this.#leave(failure);
  }

  /** Tells first the owner, who may need a connection in its place, then the request that has lost its own. */
  #leave(failure: Error | null): void {
    clearTimeout(this.#connecting);
    this.#isGone = true;
    const listener = this.#listener;
    this.#listener = null;
    this.#owner.onGone(this);
    if (failure !== null) listener?.onResponseError(this, failure);
    else listener?.onResponseError(this, new errors.ClientDestroyedError());
  }
}

/** What all requests have alike. */
const COMMON_LINES = Object.entries(CALL_FIELDS)
  .map(([name, value]) => `${name}: ${value}\r\n`)
  .join('');

/** A request as one piece of text or bytes, so that it is one write. */
function framed({ path, token, headers, body }: PooledRequest, authority: string): string | Buffer {
  let head = `POST ${path} HTTP/1.1\r\nhost: ${authority}\r\n${COMMON_LINES}`;
  // It has no letter that could end a line by the way it is made, and is longer than all else.
  if (token !== undefined) head += `authorization: Bearer ${token}\r\n`;
  for (const name in headers) {
    const value = headers?.[name] ?? '';
    if (!FIELD_VALUE.test(value)) throw new errors.InvalidArgumentError(`invalid ${name} header`);
    head += `${name}: ${value}\r\n`;
  }
  head += `content-length: ${Buffer.byteLength(body)}\r\n\r\n`;
  return typeof body === 'string' ? head + body : Buffer.concat([Buffer.from(head), body]);
}
