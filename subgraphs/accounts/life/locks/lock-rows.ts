import { recordChange } from '@dinhdanh/kit';
import type { LockReason } from '../../account.ts';
import { accountChange } from '../../changes/account-change.ts';
import type { Sql } from '../../sql.ts';
import type { TellOwner } from '../tell-owner.ts';

/** A cause for which an account is locked, or was. */
export interface LockCause {
  readonly subject: string;
  readonly reason: LockReason;
  readonly at: Date;
}

/**
 * Locks an account for a cause; one that is locked already is locked for this one too, and the first stands as its reason.
 * The owner is told at once of each, whoever follows accounts of the first. Sensitive data close in every session.
 * Of an account in use no cause stands, whatever the row says: nothing left over may keep it from being locked.
 * The transaction has to hold the lock on changes.
 *
 * @returns `LOCKED` of one that was in use, `ADDED` of one that was locked, `NONE` where nothing changed
 */
export async function addLockCause(
  sql: Sql,
  { subject, reason, at }: LockCause,
  tellOwner: TellOwner,
): Promise<'LOCKED' | 'ADDED' | 'NONE'> {
  const [row] = await sql.$queryRaw<{ fresh: boolean }[]>`
    WITH before AS (SELECT subject, status, CASE WHEN status = 'ACTIVE' THEN '{}'::lock_reason[]
        WHEN lock_causes = '{}' AND lock_reason IS NOT NULL THEN ARRAY[lock_reason] ELSE lock_causes END AS causes
      FROM accounts WHERE subject = ${subject} AND status IN ('ACTIVE', 'LOCKED') FOR UPDATE)
    UPDATE accounts a SET status = 'LOCKED', lock_causes = array_append(b.causes, ${reason}::lock_reason),
      lock_reason = CASE WHEN b.status = 'ACTIVE' THEN ${reason}::lock_reason ELSE COALESCE(a.lock_reason, ${reason}::lock_reason) END,
      locked_at = CASE WHEN b.status = 'ACTIVE' THEN ${at}::timestamptz ELSE a.locked_at END
    FROM before b WHERE a.subject = b.subject AND NOT ${reason}::lock_reason = ANY(b.causes)
      AND NOT (${OWNERS}::lock_reason[] && b.causes AND ${reason}::lock_reason = ANY(${OWNERS}::lock_reason[]))
    RETURNING b.status = 'ACTIVE' AS fresh`;
  await sql.$executeRaw`UPDATE sessions SET passcode_until = NULL, confirmation_id = NULL, confirmed_at = NULL,
    confirmation_method = NULL WHERE subject = ${subject}`;
  if (row === undefined) return 'NONE';
  if (row.fresh) await recordChange(sql, accountChange('LOCKED', subject));
  await tellOwner(sql, subject, { kind: 'ACCOUNT_LOCKED', inputs: { reason } }, at);
  return row.fresh ? 'LOCKED' : 'ADDED';
}

/**
 * Ends a cause; with the last one the account is in use again and its owner is told. The transaction has to hold the lock
 * on changes.
 *
 * @returns `UNLOCKED`, `STILL_LOCKED` for another cause, or `NONE` where it was not locked for this one
 */
export async function endLockCause(
  sql: Sql,
  { subject, reason, at }: LockCause,
  tellOwner: TellOwner,
): Promise<'UNLOCKED' | 'STILL_LOCKED' | 'NONE'> {
  const [row] = await sql.$queryRaw<{ unlocked: boolean }[]>`
    WITH left_over AS (SELECT subject, array_remove(CASE WHEN lock_causes = '{}' AND lock_reason IS NOT NULL
        THEN ARRAY[lock_reason] ELSE lock_causes END, ${reason}::lock_reason) AS causes
      FROM accounts WHERE subject = ${subject} AND status = 'LOCKED'
        AND (${reason}::lock_reason = ANY(lock_causes) OR (lock_causes = '{}' AND lock_reason = ${reason}::lock_reason))
      FOR UPDATE)
    UPDATE accounts a SET lock_causes = l.causes, lock_reason = l.causes[1],
      status = CASE WHEN l.causes = '{}' THEN 'ACTIVE'::account_status ELSE 'LOCKED'::account_status END,
      locked_at = CASE WHEN l.causes <> '{}' THEN a.locked_at END
    FROM left_over l WHERE a.subject = l.subject RETURNING a.status = 'ACTIVE' AS unlocked`;
  if (row === undefined) return 'NONE';
  if (!row.unlocked) return 'STILL_LOCKED';
  await recordChange(sql, accountChange('UNLOCKED', subject));
  await tellOwner(sql, subject, { kind: 'ACCOUNT_UNLOCKED', inputs: {} }, at);
  return 'UNLOCKED';
}

/** The owner gives one reason of these; another one changes nothing. */
const OWNERS: readonly LockReason[] = ['OWNER_REQUEST', 'LOST_DEVICE', 'SUSPECTED_MISUSE'];
