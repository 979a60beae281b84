import { AppError } from '@dinhdanh/kit';
import { openMemoryCounter } from './memory-counter.ts';
import type { OpenRateCounter, RateCounter, RateRule } from './rate-counter.ts';

/** What the limits are made with. */
export interface RateLimitOptions {
  readonly perAddress: RateRule;
  readonly perSession: RateRule;
  /** Requests that are handed on to sharing, from one source. */
  readonly perSharing: RateRule;
  /** Requests to share that one relying party may begin. */
  readonly perParty: RateRule;
  /** Streams of events under way at once, in all and from one source. */
  readonly streams: { readonly most: number; readonly perAddress: number };
  /** Requests under way at once in this process. */
  readonly concurrent: number;
  /**
   * What ends a reading, such as a withdrawal, has a share of its own once the common one is used up: so many under way at once, and so
   * many from one source and one session.
   */
  readonly ending: {
    readonly concurrent: number;
    readonly perAddress: RateRule;
    readonly perSession: RateRule;
  };
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
  /** The same among the places that are kept for what ends a reading. @throws AppError `RATE_LIMITED` */
  readonly enterEnding: () => () => void;
  /** Requests under way, in both. */
  readonly underWay: () => number;
  /**
   * Counts a request of a source, by the keyed hash of its address: at once, or promised where the count is kept elsewhere.
   *
   * @throws AppError `RATE_LIMITED`
   */
  readonly countAddress: (addressHash: string) => void | Promise<void>;
  /** Counts a request that is handed on to sharing. @throws AppError `RATE_LIMITED` */
  readonly countSharing: (addressHash: string) => void | Promise<void>;
  /**
   * Whether a relying party, by its client id, may begin one more request to share. Only those that began are counted
   * ({@link countPushed}): who merely names the id of another takes nothing from them. @throws AppError `RATE_LIMITED`
   */
  readonly mayPush: (clientId: string) => Promise<void>;
  readonly countPushed: (clientId: string) => Promise<void>;
  /**
   * Takes a place among the streams of events; the function returned gives it back, once.
   *
   * @throws AppError `RATE_LIMITED`
   */
  readonly enterStream: (addressHash: string) => () => void;
  /** Counts a request of a session, by its opaque id. @throws AppError `RATE_LIMITED` */
  readonly countSession: (sessionId: string) => void | Promise<void>;
  /** Counts what ends a reading against the share that is kept for it. @throws AppError `RATE_LIMITED` */
  readonly countEndingAddress: (addressHash: string) => void | Promise<void>;
  readonly countEndingSession: (sessionId: string) => void | Promise<void>;
}

/** Opens the limits of one gateway process. */
export function createRateLimits(options: RateLimitOptions): RateLimits {
  const open = options.openCounter ?? openMemoryCounter;
  const addresses = open('address', options.perAddress);
  const sessions = open('session', options.perSession);
  const passed = open('sharing', options.perSharing);
  const pushed = open('pushed', options.perParty);
  const endingAddresses = open('ending-address', options.ending.perAddress);
  const endingSessions = open('ending-session', options.ending.perSession);
  const common = countPlaces(options.concurrent);
  const ending = countPlaces(options.ending.concurrent);
  return {
    enter: common.enter,
    enterEnding: ending.enter,
    underWay: () => common.taken() + ending.taken(),
    countAddress: (addressHash) => count(addresses, addressHash, 'ADDRESS_RATE'),
    countSession: (sessionId) => count(sessions, sessionId, 'SESSION_RATE'),
    countEndingAddress: (addressHash) => count(endingAddresses, addressHash, 'ADDRESS_RATE'),
    countEndingSession: (sessionId) => count(endingSessions, sessionId, 'SESSION_RATE'),
    countSharing: (addressHash) => count(passed, addressHash, 'ADDRESS_RATE'),
    mayPush: async (clientId) => refuseUntil(await pushed.look(clientId), 'PARTY_RATE'),
    countPushed: async (clientId) => void (await pushed.take(clientId)),
    enterStream: countStreams(options.streams),
  };
}

/** Places of which one is taken or refused at once, and given back once. */
function countPlaces(most: number): { readonly enter: () => () => void; readonly taken: () => number } {
  let taken = 0;
  return {
    enter: () => {
      if (taken >= most) {
        throw new AppError('RATE_LIMITED', { reason: 'GATEWAY_BUSY', httpStatus: 503, retryAfterSeconds: 1 });
      }
      taken += 1;
      let left = false;
      return () => {
        if (!left) taken -= 1;
        left = true;
      };
    },
    taken: () => taken,
  };
}

function count(counter: RateCounter, key: string, reason: string): void | Promise<void> {
  const waitMs = counter.take(key);
  if (typeof waitMs === 'number') return refuseUntil(waitMs, reason);
  return waitMs.then((promised) => refuseUntil(promised, reason));
}

function refuseUntil(waitMs: number, reason: string): void {
  if (waitMs === 0) return;
  throw new AppError('RATE_LIMITED', { reason, retryAfterSeconds: Math.ceil(waitMs / 1000) });
}

function countStreams({ most, perAddress }: RateLimitOptions['streams']): RateLimits['enterStream'] {
  const byAddress = new Map<string, number>();
  let all = 0;
  return (addressHash) => {
    const own = byAddress.get(addressHash) ?? 0;
    if (own >= perAddress) throw new AppError('RATE_LIMITED', { reason: 'STREAMS', retryAfterSeconds: 10 });
    if (all >= most) {
      throw new AppError('RATE_LIMITED', { reason: 'GATEWAY_BUSY', httpStatus: 503, retryAfterSeconds: 10 });
    }
    all += 1;
    byAddress.set(addressHash, own + 1);
    let left = false;
    return () => {
      if (left) return;
      left = true;
      all -= 1;
      const rest = (byAddress.get(addressHash) ?? 1) - 1;
      if (rest === 0) byAddress.delete(addressHash);
      else byAddress.set(addressHash, rest);
    };
  };
}
