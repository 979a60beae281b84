import { legalDateOf } from '@dinhdanh/kit';
import type { LockReason } from '../../account.ts';
import { endOfDay, lastDayOf } from '../../registration/working-days.ts';

/** Where an authority's request to lock an account stands (Decree 69/2024, art. 15; Decision 5709/QĐ-BCA-C06/2025). */
export type LockRequestState = 'RECEIVED' | 'FORWARDED' | 'CARRIED_OUT' | 'REFUSED' | 'ENDED';

/** What leads from one state to another. Approving carries the lock out in the same write. */
export type LockRequestEvent = 'FORWARD' | 'APPROVE' | 'REFUSE' | 'END';

/** Every transition there is: what is not here cannot happen, and each write names the state it starts from. */
export const lockTransitions: Readonly<
  Record<LockRequestState, Readonly<Partial<Record<LockRequestEvent, LockRequestState>>>>
> = {
  RECEIVED: { FORWARD: 'FORWARDED' },
  FORWARDED: { APPROVE: 'CARRIED_OUT', REFUSE: 'REFUSED' },
  CARRIED_OUT: { END: 'ENDED' },
  REFUSED: {},
  ENDED: {},
};

/** Where an event leads from a state; null where it cannot happen there. */
export function nextLockState(state: LockRequestState, event: LockRequestEvent): LockRequestState | null {
  return lockTransitions[state][event] ?? null;
}

/** The state an event starts from; there is one of each. */
export function stateBefore(event: LockRequestEvent): LockRequestState {
  const states = Object.keys(lockTransitions) as LockRequestState[];
  return states.find((state) => lockTransitions[state][event] !== undefined) as LockRequestState;
}

/** By when a request that was received is to be forwarded: the end of the next working day. */
export function forwardBy(receivedAt: Date): Date {
  return endOfDay(lastDayOf(legalDateOf(receivedAt), { days: 1, workingDays: true }));
}

/** By when one that was forwarded is to be decided: the end of the second working day. */
export function decideBy(forwardedAt: Date): Date {
  return endOfDay(lastDayOf(legalDateOf(forwardedAt), { days: 2, workingDays: true }));
}

/** Why an authority or the office may have an account locked; the other reasons are the owner's or come by themselves. */
const requestedReasons: ReadonlySet<LockReason> = new Set(['AUTHORITY_REQUEST', 'TERMS_BREACH']);

/** Whether a lock may be asked for with this reason. */
export function mayBeRequested(reason: LockReason): boolean {
  return requestedReasons.has(reason);
}

/** Reasons that the owner's own word with the passcode ends; what may be another's doing takes a new proof of identity. */
export function endsByPasscode(reason: LockReason): boolean {
  return reason === 'OWNER_REQUEST';
}
