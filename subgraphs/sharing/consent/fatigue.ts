/** How often a person may be asked: limits against consent fatigue. */
export interface FatigueLimits {
  /** Requests a person can take in an hour. */
  readonly claimsPerHour: number;
  /** Requests of one party that a person can have open at once. */
  readonly openPerParty: number;
  /** So many refusals of one party within a day rest it for that person. */
  readonly declinesPerDay: number;
}

/** What the limits are held against: what one person did lately. */
export interface RecentShares {
  /** When requests were taken in the last hour, oldest first. */
  readonly claims: readonly Date[];
  /** Until when requests of this party stay open, soonest first. */
  readonly open: readonly Date[];
  /** When requests of this party were declined in the last day, oldest first. */
  readonly declines: readonly Date[];
}

/** A limit that was reached, and when the next try makes sense. */
export interface Fatigue {
  readonly reason: 'SHARE_CLAIMS' | 'SHARE_OPEN' | 'SHARE_DECLINED_OFTEN';
  readonly retryAfterSeconds: number;
}

/** An hour, in seconds. */
export const HOUR_SECONDS = 3600;
/** A day, in seconds. */
export const DAY_SECONDS = 24 * HOUR_SECONDS;

/** Whether a person may take one more request of a party; null where they may. */
export function fatigueOf(recent: RecentShares, limits: FatigueLimits, now: Date): Fatigue | null {
  return (
    over('SHARE_CLAIMS', recent.claims, limits.claimsPerHour, HOUR_SECONDS, now) ??
    over('SHARE_DECLINED_OFTEN', recent.declines, limits.declinesPerDay, DAY_SECONDS, now) ??
    over('SHARE_OPEN', recent.open, limits.openPerParty, 0, now)
  );
}

/** What counts leaves the count so many seconds after its moment: the one that must go first tells when to come back. */
function over(
  reason: Fatigue['reason'],
  moments: readonly Date[],
  limit: number,
  seconds: number,
  now: Date,
): Fatigue | null {
  const first = moments[moments.length - limit];
  if (moments.length < limit || first === undefined) return null;
  const wait = Math.ceil((first.getTime() - now.getTime()) / 1000) + seconds;
  return { reason, retryAfterSeconds: Math.max(1, wait) };
}
