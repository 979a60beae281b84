/** The states of a consent. */
export type ConsentState = 'ACTIVE' | 'PAUSED' | 'STOPPED' | 'REVOKED' | 'EXPIRED';

/**
 * Why a consent is stopped. LOCKED alone can pass: an unlock lifts what the lock stopped and nothing else. RETURNED: the relying
 * party gave its grant back; PARTY: it may ask no more; REPLAY: its grant was used twice.
 */
export type StopReason = 'LOCKED' | 'LEVEL' | 'GUARDIANSHIP' | 'CLOSED' | 'PARTY' | 'RETURNED' | 'REPLAY';

/** What can happen to a consent. `stop` and `lift` come from elsewhere: accounts, the authorization server. */
export type ConsentEvent =
  | { readonly kind: 'pause' | 'resume' | 'revoke' | 'expire' }
  | { readonly kind: 'stop'; readonly reason: StopReason }
  | { readonly kind: 'lift'; readonly reason: 'LOCKED' };

/**
 * From which states an event leads, and to which. `lift` leads back to where `stop` found the consent, once no reason is
 * left. Nothing leads away from REVOKED and EXPIRED.
 */
export const consentTransitions = {
  pause: { from: ['ACTIVE'], to: 'PAUSED' },
  resume: { from: ['PAUSED'], to: 'ACTIVE' },
  stop: { from: ['ACTIVE', 'PAUSED', 'STOPPED'], to: 'STOPPED' },
  lift: { from: ['STOPPED'], to: 'ACTIVE' },
  revoke: { from: ['ACTIVE', 'PAUSED', 'STOPPED'], to: 'REVOKED' },
  expire: { from: ['ACTIVE', 'PAUSED', 'STOPPED'], to: 'EXPIRED' },
} as const satisfies Record<ConsentEvent['kind'], { from: readonly ConsentState[]; to: ConsentState }>;

/** The states in which a consent has ended for ever. */
export const endStates: readonly ConsentState[] = ['REVOKED', 'EXPIRED'];

/** What decides how a consent stands. */
export interface ConsentFacts {
  readonly state: ConsentState;
  readonly endsAt: Date;
  /** Every reason for which it is stopped; empty in any other state. */
  readonly stopReasons: readonly StopReason[];
  /** Where the first `stop` found it, and the last `lift` brings it back. */
  readonly stoppedFrom: 'ACTIVE' | 'PAUSED' | null;
}

/** How a consent stands at a moment: past its end it has EXPIRED, whether or not anybody has written that down. */
export function consentStateAt(
  { state, endsAt }: Pick<ConsentFacts, 'state' | 'endsAt'>,
  now: Date,
): ConsentState {
  return !endStates.includes(state) && now >= endsAt ? 'EXPIRED' : state;
}

/** What becomes of a consent by an event; null where the event is not for it, which leaves it as it is. */
export function consentAfter(consent: ConsentFacts, event: ConsentEvent, now: Date): ConsentFacts | null {
  const state = consentStateAt(consent, now);
  const { from, to } = consentTransitions[event.kind];
  if (event.kind === 'expire') {
    return state === 'EXPIRED' && consent.state !== 'EXPIRED' ? ended(consent, 'EXPIRED') : null;
  }
  if (!(from as readonly ConsentState[]).includes(state)) return null;
  if (event.kind === 'stop') return stopped(consent, event.reason);
  if (event.kind === 'lift') return lifted(consent, event.reason);
  return event.kind === 'revoke' ? ended(consent, 'REVOKED') : { ...consent, state: to };
}

function ended(consent: ConsentFacts, state: ConsentState): ConsentFacts {
  return { ...consent, state, stopReasons: [], stoppedFrom: null };
}

function stopped(consent: ConsentFacts, reason: StopReason): ConsentFacts | null {
  if (consent.stopReasons.includes(reason)) return null;
  const stoppedFrom =
    consent.state === 'PAUSED' || consent.state === 'ACTIVE' ? consent.state : consent.stoppedFrom;
  return { ...consent, state: 'STOPPED', stopReasons: [...consent.stopReasons, reason], stoppedFrom };
}

function lifted(consent: ConsentFacts, reason: StopReason): ConsentFacts | null {
  if (!consent.stopReasons.includes(reason)) return null;
  const stopReasons = consent.stopReasons.filter((other) => other !== reason);
  if (stopReasons.length > 0) return { ...consent, stopReasons };
  return { ...consent, state: consent.stoppedFrom ?? 'ACTIVE', stopReasons, stoppedFrom: null };
}
