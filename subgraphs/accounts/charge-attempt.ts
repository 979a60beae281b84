import { AppError } from '@dinhdanh/kit';
import type { CallContext, Log } from '@dinhdanh/kit';
import type { AccountsStore } from './store.ts';
import { alarmsOf, judgeAttempt } from './throttle.ts';
import type { ThrottleState } from './throttle.ts';

/** What counting an attempt works with. */
export interface ChargeRoom {
  readonly store: Pick<AccountsStore, 'chargeAttempt'>;
  readonly pause: (milliseconds: number) => Promise<unknown>;
}

/**
 * Counts an attempt as failed before it is made, so that a thousand at once are as slow as a thousand in a row.
 *
 * @throws AppError `RATE_LIMITED` with seconds
 */
export async function chargeAttempt(
  keys: readonly string[],
  call: Pick<CallContext, 'now'> & { readonly log: Log },
  room: ChargeRoom,
): Promise<readonly ThrottleState[]> {
  const verdict = await room.store.chargeAttempt(keys, call.now, (states) => judgeAttempt(states, call.now));
  if (!verdict.admitted) {
    call.log.warn('ACCOUNTS_SIGN_IN_REFUSED', { reason: 'throttled' });
    throw new AppError('RATE_LIMITED', { retryAfterSeconds: verdict.retryAfterSeconds });
  }
  if (verdict.pauseMs > 0) await room.pause(verdict.pauseMs);
  return verdict.next;
}

/** Says of an attempt that was counted and has failed that it has, and which thresholds it passed; never of whom. */
export function tellFailure(counted: readonly ThrottleState[], reason: string, log: Log): void {
  log.warn('ACCOUNTS_SIGN_IN_REFUSED', { reason });
  for (const kind of alarmsOf(counted)) log.error('ACCOUNTS_GUESSING_SUSPECTED', { reason: kind });
}
