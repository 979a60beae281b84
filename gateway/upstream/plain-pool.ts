import { errors } from 'undici';
import type { CallPool, PooledRequest, RequestListener } from './call-pool.ts';
import type { UpstreamLimits } from './limits.ts';
import { PlainConnection } from './plain-connection.ts';
import type { ConnectionOwner, PlainAddress } from './plain-connection.ts';

/** What a pool's connections may cost. */
export type PlainPoolLimits = Pick<
  UpstreamLimits,
  'connections' | 'connectMs' | 'keepAliveMs' | 'maxHeadBytes' | 'maxAnswerBytes'
>;

interface Waiting {
  readonly request: PooledRequest;
  readonly listener: RequestListener;
}

/** A peer that says how long it keeps a connection is believed, less the time a request may be on its way. */
const MARGIN_MS = 2_000;
const HTTP_PORT = 80;

/**
 * Kept-alive connections to one service over plain TCP (RFC 9112), at a fraction of a general client's cost: no streams, one
 * write a request, no objects kept between them. ADR 0019 has what it earns. For `http://` alone.
 */
export class PlainPool implements CallPool, ConnectionOwner {
  readonly #address: PlainAddress;
  readonly #limits: PlainPoolLimits;
  readonly #stale: (failure: Error) => void;
  readonly #open = new Set<PlainConnection>();
  /** The one used last is used next, so that those too many grow old and go. */
  readonly #idle: PlainConnection[] = [];
  readonly #waiting: Waiting[] = [];
  /** Of those open, the ones that are still on their way. */
  readonly #pending = new Set<PlainConnection>();
  #sweep: NodeJS.Timeout | undefined;
  #closing: (() => void) | undefined;
  #closed: Promise<void> | undefined;

  constructor(origin: string, limits: PlainPoolLimits, onStale: (failure: Error) => void) {
    const { hostname, port, host, protocol } = new URL(origin);
    if (protocol !== 'http:') throw new TypeError('only http:// is plain');
    this.#limits = limits;
    this.#stale = onStale;
    this.#address = {
      host: hostname.replace(/^\[|\]$/g, ''),
      port: port === '' ? HTTP_PORT : Number(port),
      authority: host,
      connectMs: limits.connectMs,
      sizes: limits,
    };
  }

  dispatch(request: PooledRequest, listener: RequestListener): void {
    if (this.#closed !== undefined) throw new errors.ClientClosedError();
    for (let idle = this.#idle.pop(); idle !== undefined; idle = this.#idle.pop()) {
      if (idle.dropAt <= performance.now()) idle.destroy();
      else return this.#send(idle, request, listener);
    }
    this.#waiting.push({ request, listener });
    this.#connect();
  }

  close(): Promise<void> {
    this.#closed ??= new Promise((resolve) => (this.#closing = resolve));
    for (const idle of this.#idle.splice(0)) idle.destroy();
    this.#settle();
    return this.#closed;
  }

  destroy(): Promise<void> {
    const closed = this.close();
    const abandoned = this.#waiting.splice(0);
    for (const connection of [...this.#open]) connection.destroy();
    for (const { listener } of abandoned) {
      listener.onResponseError({ abort: () => undefined }, new errors.ClientDestroyedError());
    }
    this.#settle();
    return closed;
  }

  onFree(connection: PlainConnection): void {
    this.#pending.delete(connection);
    const next = this.#waiting.shift();
    if (next !== undefined) return this.#send(connection, next.request, next.listener);
    if (this.#closed !== undefined) return connection.destroy();
    const { keepAliveMs } = this.#limits;
    const keptMs = Math.min(keepAliveMs, (connection.keptMs ?? Number.POSITIVE_INFINITY) - MARGIN_MS);
    if (keptMs <= 0) return connection.destroy();
    connection.dropAt = performance.now() + keptMs;
    this.#idle.push(connection);
    this.#sweep ??= setTimeout(this.#dropIdle, keptMs).unref();
  }

  onRefused(connection: PlainConnection, failure: Error): void {
    this.#pending.delete(connection);
    this.#open.delete(connection);
    // One of those that wait for a connection will not get one.
    this.#waiting.shift()?.listener.onResponseError(connection, failure);
    this.#connect();
    this.#settle();
  }

  onGone(connection: PlainConnection): void {
    this.#pending.delete(connection);
    this.#open.delete(connection);
    const at = this.#idle.indexOf(connection);
    if (at >= 0) this.#idle.splice(at, 1);
    this.#connect();
    this.#settle();
  }

  onStale(failure: Error): void {
    this.#stale(failure);
  }

  /** Opens connections for those that wait, as far as it may. */
  #connect(): void {
    while (this.#pending.size < this.#waiting.length && this.#open.size < this.#limits.connections) {
      const connection = new PlainConnection(this.#address, this);
      this.#pending.add(connection);
      this.#open.add(connection);
    }
  }

  #send(connection: PlainConnection, request: PooledRequest, listener: RequestListener): void {
    try {
      if (!connection.send(request, listener)) this.onFree(connection);
    } catch (failure) {
      // Not a byte of it was written.
      connection.abort();
      this.onFree(connection);
      listener.onResponseError(connection, failure as Error);
    }
  }

  readonly #dropIdle = (): void => {
    this.#sweep = undefined;
    const now = performance.now();
    for (const idle of [...this.#idle]) if (idle.dropAt <= now) idle.destroy();
    const [oldest] = this.#idle;
    if (oldest !== undefined)
      this.#sweep = setTimeout(this.#dropIdle, Math.max(1, oldest.dropAt - now)).unref();
  };

  #settle(): void {
    if (this.#closing === undefined || this.#open.size > 0 || this.#waiting.length > 0) return;
    clearTimeout(this.#sweep);
    this.#closing();
  }
}
