import type { Socket } from 'node:net';
import { Pool, buildConnector } from 'undici';
import type { Dispatcher } from 'undici';
import { CALL_FIELDS } from './call-pool.ts';
import type { CallPool } from './call-pool.ts';
import { isBrokenConnection } from './classify-failure.ts';
import type { UpstreamLimits } from './limits.ts';
import { PlainPool } from './plain-pool.ts';

/** A pool for any kind of request. */
export type HttpPool = Pick<Dispatcher, 'dispatch' | 'request' | 'close' | 'destroy'>;

/** Opens the pool of one service. A socket that breaks after it has served is told to `onStale`. */
export type OpenPool<P extends Closable = CallPool> = (
  origin: string,
  limits: UpstreamLimits,
  onStale: (failure: Error) => void,
) => P;

type Closable = Pick<CallPool, 'close' | 'destroy'>;

/** Opens a pool for calls: connections of our own, or undici's where there is TLS. */
export const openCallPool: OpenPool = (origin, limits, onStale) =>
  origin.startsWith('http://')
    ? new PlainPool(origin, limits, onStale)
    : callPoolOf(openPool(origin, limits, onStale));

/** A general pool, for calls. */
export function callPoolOf(pool: HttpPool): CallPool {
  return {
    dispatch: ({ path, token, headers, body }, listener) => {
      const bearer = token === undefined ? {} : { authorization: `Bearer ${token}` };
      const fields = { ...headers, ...bearer, ...CALL_FIELDS };
      return pool.dispatch({ method: 'POST', path, headers: fields, body }, listener);
    },
    close: () => pool.close(),
    destroy: () => pool.destroy(),
  };
}

/** Opens a pool of HTTP/1.1 connections of undici's, without pipelining. */
export const openPool: OpenPool<HttpPool> = (origin, limits, onStale) => {
  const connect = buildConnector({ timeout: limits.connectMs });
  return new Pool(origin, {
    connections: limits.connections,
    pipelining: 1,
    keepAliveTimeout: limits.keepAliveMs,
    // A peer's own `keep-alive` field may shorten the idle time, never prolong it.
    keepAliveMaxTimeout: limits.keepAliveMs,
    headersTimeout: limits.longestCallMs,
    bodyTimeout: limits.longestCallMs,
    maxHeaderSize: limits.maxHeadBytes,
    maxResponseSize: limits.maxAnswerBytes,
    connect: (options, callback) =>
      connect(options, (...result) => {
        const socket: Socket | null = result[1];
        socket?.on('error', (failure) => {
          if (socket.bytesRead > 0) onStale(failure);
        });
        callback(...result);
      }),
  });
};

/**
 * The connections to one service. Where one has gone stale, its idle siblings are as suspect (the peer was restarted, or
 * something between forgot them), so all are left behind for a fresh pool; calls under way finish on the old one.
 */
export class Connections<P extends Closable = CallPool> {
  readonly #open: () => P;
  readonly #stale = new WeakSet<object>();
  /** Pools left behind that still have calls under way. */
  readonly #left = new Set<P>();
  #pool: P;

  constructor(origin: string, limits: UpstreamLimits, open: OpenPool<P>) {
    this.#open = () => open(origin, limits, (failure) => this.#stale.add(failure));
    this.#pool = this.#open();
  }

  get pool(): P {
    return this.#pool;
  }

  /** Leaves `suspect` for a fresh pool, unless another call has done so already. */
  renew(suspect: P): void {
    if (suspect !== this.#pool) return;
    this.#pool = this.#open();
    this.#left.add(suspect);
    const forget = (): void => void this.#left.delete(suspect);
    suspect.close().then(forget, forget);
  }

  /**
   * Whether a request failed because the pooled connection it was put on was dead already: it had carried an answer
   * before, then broke without the head of another.
   */
  isStale(failure: unknown): boolean {
    if (!isBrokenConnection(failure)) return false;
    if (this.#stale.has(failure as object)) return true;
    const { socket } = failure as { socket?: { bytesRead?: number } | null };
    return (socket?.bytesRead ?? 0) > 0;
  }

  async destroy(): Promise<void> {
    await Promise.all([this.#pool, ...this.#left].map((pool) => pool.destroy()));
  }
}
