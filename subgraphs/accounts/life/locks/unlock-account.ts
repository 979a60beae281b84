import { AppError } from '@dinhdanh/kit';
import type { Account } from '../../account.ts';
import type { AccountsStore } from '../../store.ts';
import { endsByPasscode } from './lock-machine.ts';
import type { LockCall, LockRoom } from './request-lock.ts';

/**
 * Unlocks the caller's own account for the cause they gave themself; what else holds it holds it still. An account in use
 * stays as it is.
 *
 * @throws AppError `UNAUTHENTICATED` · `PASSCODE_REQUIRED` without an open confirmation · `NOT_PERMITTED` with the reason
 * `UNLOCK_NEEDS_IDENTITY` where somebody else may have had a hand in it, `UNLOCK_NOT_OWNERS` where it is not theirs to end
 */
export async function unlockAccount(
  { caller, now: at, log }: LockCall,
  { locks, store, tellOwner }: LockRoom & { readonly store: Pick<AccountsStore, 'findAccount'> },
): Promise<Account> {
  const session = caller.sid;
  const subject = caller.subjects.find(({ as }) => as === 'self')?.id;
  if (subject === undefined || session === undefined || caller.act.kind !== 'person')
    throw new AppError('UNAUTHENTICATED');
  const before = await store.findAccount(subject);
  if (before === null) throw new AppError('NOT_FOUND');
  if (before.status !== 'LOCKED') return before;
  const reason = before.lockReasons.find((one) => endsByPasscode(one));
  if (reason === undefined) {
    const theirs = before.lockReasons.some((one) => one === 'LOST_DEVICE' || one === 'SUSPECTED_MISUSE');
    throw new AppError('NOT_PERMITTED', { reason: theirs ? 'UNLOCK_NEEDS_IDENTITY' : 'UNLOCK_NOT_OWNERS' });
  }
  const outcome = await locks.endByOwner(session, { subject, reason, at }, tellOwner);
  if (outcome === 'NOT_CONFIRMED') throw new AppError('PASSCODE_REQUIRED');
  if (outcome === 'UNLOCKED') log.info('ACCOUNTS_UNLOCKED');
  return (await store.findAccount(subject)) ?? before;
}
