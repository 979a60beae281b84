import type { Socket } from 'node:net';
import { Pool, buildConnector } from 'undici';
import type { Dispatcher } from 'undici';
import { isBrokenConnection } from './classify-failure.ts';
import type { UpstreamLimits } from './limits.ts';

/** What the upstream client needs of undici, and all a fake has to be. */
export type HttpPool = Pick<Dispatcher, 'dispatch' | 'request' | 'close' | 'destroy'>;

/** Opens the pool of one service. A socket that breaks after it has served is told to `onStale`. */
export type OpenPool = (
  origin: string,
  limits: UpstreamLimits,
  onStale: (failure: Error) => void,
) => HttpPool;

/** Opens a pool of plain HTTP/1.1 connections without pipelining. */
export const openPool: OpenPool = (origin, limits, onStale) => {
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
export class Connections {
  readonly #open: () => HttpPool;
  readonly #stale = new WeakSet<object>();
  /** Pools left behind that still have calls under way. */
  readonly #left = new Set<HttpPool>();
  #pool: HttpPool;

  constructor(origin: string, limits: UpstreamLimits, open: OpenPool) {
    this.#open = () => open(origin, limits, (failure) => this.#stale.add(failure));
    this.#pool = this.#open();
  }

  get pool(): HttpPool {
    return this.#pool;
  }

  /** Leaves `suspect` for a fresh pool, unless another call has done so already. */
  renew(suspect: HttpPool): void {
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
    const { socket } = failure as { socket?: { bytesRead?: number } | null };
    return (socket?.bytesRead ?? 0) > 0 || this.#stale.has(failure as object);
  }

  async destroy(): Promise<void> {
    await Promise.all([this.#pool, ...this.#left].map((pool) => pool.destroy()));
  }
}
