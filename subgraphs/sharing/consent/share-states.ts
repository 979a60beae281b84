/** The states of a request to share. */
export type ShareState =
  | 'WAITING'
  | 'CLAIMED'
  | 'APPROVED'
  | 'GRANTED'
  | 'DECLINED'
  | 'EXPIRED'
  | 'CANCELLED';

/** What can happen to a request. `mistype`: a wrong number where it began. `renew`: a new code. */
export type ShareEvent =
  | 'claim'
  | 'approve'
  | 'decline'
  | 'grant'
  | 'mistype'
  | 'renew'
  | 'cancel'
  | 'expire';

/** A code in the picture can be taken so long. */
export const CLAIM_SECONDS = 120;
/** A request is decided within so long of its being taken. */
export const DECIDE_SECONDS = 300;
/** An approved request waits so long for its number. */
export const GRANT_SECONDS = 120;
/** A request nobody has taken may get a new code so long after it was made. */
export const RENEW_SECONDS = 600;
/** So many wrong numbers end a request. */
export const WRONG_NUMBERS = 3;

/**
 * From which states an event leads, and to which: the whole life of a request. The store writes each of these as the
 * condition of its one statement. Nothing leads away from GRANTED, DECLINED and CANCELLED, and from EXPIRED only a new code,
 * where nobody had taken the request.
 */
export const shareTransitions = {
  claim: { from: ['WAITING'], to: 'CLAIMED' },
  approve: { from: ['CLAIMED'], to: 'APPROVED' },
  decline: { from: ['CLAIMED', 'APPROVED'], to: 'DECLINED' },
  grant: { from: ['APPROVED'], to: 'GRANTED' },
  mistype: { from: ['APPROVED'], to: 'APPROVED' },
  renew: { from: ['WAITING', 'EXPIRED'], to: 'WAITING' },
  cancel: { from: ['WAITING', 'CLAIMED', 'APPROVED'], to: 'CANCELLED' },
  expire: { from: ['WAITING', 'CLAIMED', 'APPROVED'], to: 'EXPIRED' },
} as const satisfies Record<ShareEvent, { from: readonly ShareState[]; to: ShareState }>;

/** What decides how a request stands: its row, without what it is about. */
export interface ShareFacts {
  readonly state: ShareState;
  readonly createdAt: Date;
  readonly claimUntil: Date;
  readonly claimedAt: Date | null;
  readonly decideUntil: Date | null;
  readonly decidedAt: Date | null;
  readonly wrongNumbers: number;
}

/** A request as it begins. */
export function newShare(now: Date): ShareFacts {
  return {
    state: 'WAITING',
    createdAt: now,
    claimUntil: later(now, CLAIM_SECONDS),
    claimedAt: null,
    decideUntil: null,
    decidedAt: null,
    wrongNumbers: 0,
  };
}

/** How a request stands at a moment: one past its time has EXPIRED, whether or not anybody has written that down. */
export function shareStateAt(share: ShareFacts, now: Date): ShareState {
  const end = endOf(share);
  return end !== null && now >= end ? 'EXPIRED' : share.state;
}

/** Until when the present state of a request holds; null where it has ended. */
export function endOf({ state, claimUntil, decideUntil, decidedAt }: ShareFacts): Date | null {
  if (state === 'WAITING') return claimUntil;
  if (state === 'CLAIMED') return decideUntil;
  if (state === 'APPROVED') return decidedAt === null ? null : later(decidedAt, GRANT_SECONDS);
  return null;
}

/** What becomes of a request by an event; null where the event is not for it, which leaves it as it is. */
export function shareAfter(share: ShareFacts, event: ShareEvent, now: Date): ShareFacts | null {
  const state = shareStateAt(share, now);
  const { from, to } = shareTransitions[event];
  if (event === 'expire')
    return state === 'EXPIRED' && share.state !== 'EXPIRED' ? { ...share, state } : null;
  if (!(from as readonly ShareState[]).includes(state)) return null;
  switch (event) {
    case 'claim':
      return { ...share, state: to, claimedAt: now, decideUntil: later(now, DECIDE_SECONDS) };
    case 'approve':
    case 'decline':
      return { ...share, state: to, decidedAt: now };
    case 'mistype': {
      const wrongNumbers = share.wrongNumbers + 1;
      return { ...share, wrongNumbers, state: wrongNumbers >= WRONG_NUMBERS ? 'CANCELLED' : to };
    }
    case 'renew':
      return share.claimedAt === null && now < later(share.createdAt, RENEW_SECONDS)
        ? { ...share, state: to, claimUntil: later(now, CLAIM_SECONDS) }
        : null;
    default:
      return { ...share, state: to };
  }
}

/** An instant so many seconds after another. */
export function later(from: Date, seconds: number): Date {
  return new Date(from.getTime() + seconds * 1000);
}
