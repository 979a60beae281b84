import { AppError } from '@dinhdanh/kit';
import { RateLimiterMemory, RateLimiterRes } from 'rate-limiter-flexible';

/** So many requests in so many seconds. */
export interface RateRule {
  readonly requests: number;
  readonly perSeconds: number;
}

/** Counts requests by key. */
export interface RateCounter {
  /**
   * Counts one request. Resolves to 0 when it may pass, otherwise to the milliseconds until the next one may. A counter
   * that keeps its count elsewhere answers from its own memory while that place is away; it never rejects.
   */
  readonly take: (key: string) => Promise<number>;
}

/** Opens the counter of one rule: in this process, or, where several gateways share one count, in a store of theirs. */
export type OpenRateCounter = (name: string, rule: RateRule) => RateCounter;

/** What the limits are made with. */
export interface RateLimitOptions {
  readonly perAddress: RateRule;
  readonly perSession: RateRule;
  /** Requests under way at once in this process. */
  readonly concurrent: number;
  readonly openCounter?: OpenRateCounter;
}

/** How much one source, one session and all together may ask of this gateway. */
export interface RateLimits {
  /**
   * Takes a place among the requests under way; the function returned gives it back, once.
   *
   * @throws AppError `RATE_LIMITED` with the status 503 when there is none: at once, without waiting
   */
  readonly enter: () => () => void;
  /** Requests under way. */
  readonly underWay: () => number;
  /** Counts a request of a source, by the keyed hash of its address. @throws AppError `RATE_LIMITED` */
  readonly countAddress: (addressHash: string) => Promise<void>;
  /** Counts a request of a session, by its opaque id. @throws AppError `RATE_LIMITED` */
  readonly countSession: (sessionId: string) => Promise<void>;
}

/** Opens a counter in the memory of this process. */
export const openMemoryCounter: OpenRateCounter = (name, { requests, perSeconds }) => {
  const limiter = new RateLimiterMemory({ keyPrefix: name, points: requests, duration: perSeconds });
  return {
    take: async (key) => {
      try {
        await limiter.consume(key);
        return 0;
      } catch (exceeded) {
        if (exceeded instanceof RateLimiterRes) return Math.max(1, exceeded.msBeforeNext);
        throw exceeded;
      }
    },
  };
};

/** Opens the limits of one gateway process. */
export function createRateLimits(options: RateLimitOptions): RateLimits {
  const open = options.openCounter ?? openMemoryCounter;
  const addresses = open('address', options.perAddress);
  const sessions = open('session', options.perSession);
  let underWay = 0;
  return {
    enter: () => {
      if (underWay >= options.concurrent) {
        throw new AppError('RATE_LIMITED', { reason: 'GATEWAY_BUSY', httpStatus: 503, retryAfterSeconds: 1 });
      }
      underWay += 1;
      let left = false;
      return () => {
        if (!left) underWay -= 1;
        left = true;
      };
    },
    underWay: () => underWay,
    countAddress: (addressHash) => count(addresses, addressHash, 'ADDRESS_RATE'),
    countSession: (sessionId) => count(sessions, sessionId, 'SESSION_RATE'),
  };
}

async function count(counter: RateCounter, key: string, reason: string): Promise<void> {
  const waitMs = await counter.take(key);
  if (waitMs === 0) return;
  throw new AppError('RATE_LIMITED', { reason, retryAfterSeconds: Math.ceil(waitMs / 1000) });
}
