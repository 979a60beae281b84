import { randomBytes } from 'node:crypto';
import { recordChange } from '@dinhdanh/kit';
import { accountChange } from './changes/account-change.ts';
import { tellEnds } from './changes/tell-ends.ts';
import { addLockCause, endLockCause } from './life/locks/lock-rows.ts';
import type { TellOwner } from './life/tell-owner.ts';
import type { AccountEffect } from './population-change.ts';
import type { Sql } from './sql.ts';

type EffectOf<Type extends AccountEffect['type']> = Extract<AccountEffect, { readonly type: Type }>;

/**
 * Applies one effect of population's changes. Applied again, or after a later one, it changes nothing: a relation
 * remembers the cursor of the change that made it as it is. Cursors grow, a longer one being the later; instants would
 * not do, since a transaction that began earlier may be told of later. What others must follow is recorded with it.
 *
 * @returns false when the database contradicts the change (a new number that another account holds already)
 */
export async function applyEffect(sql: Sql, effect: AccountEffect, tellOwner: TellOwner): Promise<boolean> {
  switch (effect.type) {
    case 'relate':
      await relate(sql, effect);
      return true;
    case 'unrelate':
      await unrelate(sql, effect);
      return true;
    case 'close':
      await closeAccount(sql, effect);
      return true;
    case 'lock':
    case 'unlock':
      await changeCause(sql, effect, tellOwner);
      return true;
    case 'renumber':
      return renumber(sql, effect, tellOwner);
  }
}

/** A relation that had ended starts anew: its old end and the consent given in it are gone. */
async function relate(sql: Sql, effect: EffectOf<'relate' | 'unrelate'>): Promise<void> {
  const { guardianNumber, wardNumber, relation, at, cursor } = effect;
  // By chance, not from the numbers: a row keeps its id when a number in it is replaced.
  const id = randomBytes(16).toString('base64url');
  await sql.$executeRaw`
    INSERT INTO relations AS r (id, guardian_number, ward_number, relation, changed_at, change_cursor)
    VALUES (${id}, ${guardianNumber}, ${wardNumber}, ${relation}::ward_relation, ${at}, ${cursor})
    ON CONFLICT (guardian_number, ward_number, relation) DO UPDATE SET
      ends_on = CASE WHEN r.ended_at IS NULL THEN r.ends_on END,
      confirmed_at = CASE WHEN r.ended_at IS NULL THEN r.confirmed_at END,
      end_told_at = CASE WHEN r.ended_at IS NULL THEN r.end_told_at END,
      ended_at = NULL, changed_at = EXCLUDED.changed_at, change_cursor = EXCLUDED.change_cursor
    WHERE r.change_cursor IS NULL OR (length(r.change_cursor), r.change_cursor COLLATE "C")
      <= (length(EXCLUDED.change_cursor), EXCLUDED.change_cursor COLLATE "C")`;
}

async function unrelate(sql: Sql, effect: EffectOf<'relate' | 'unrelate'>): Promise<void> {
  const { guardianNumber, wardNumber, relation, at, cursor } = effect;
  const ended = await sql.$queryRaw<{ id: string }[]>`
    UPDATE relations SET ended_at = ${at}, changed_at = ${at}, change_cursor = ${cursor}
    WHERE guardian_number = ${guardianNumber} AND ward_number = ${wardNumber}
      AND relation = ${relation}::ward_relation
      AND (change_cursor IS NULL OR (length(change_cursor), change_cursor COLLATE "C")
        <= (length(${cursor}), ${cursor} COLLATE "C"))
    RETURNING id`;
  await tellEnds(sql, idsOf(ended), at);
}

/** Death closes the account, its sessions and every relation of the person (Decree 69/2024, art. 15). */
async function closeAccount(sql: Sql, { personalNumber, at, cursor }: EffectOf<'close'>): Promise<void> {
  const closed = await sql.$queryRaw<{ subject: string }[]>`
    UPDATE accounts SET status = 'CLOSED', lock_reason = 'DEATH', lock_causes = '{}', locked_at = ${at}
    WHERE personal_number = ${personalNumber} AND status <> 'CLOSED' RETURNING subject`;
  for (const { subject } of closed) await recordChange(sql, accountChange('CLOSED', subject));
  await sql.$executeRaw`
    UPDATE sessions s SET revoked_at = ${at} FROM accounts a
    WHERE a.personal_number = ${personalNumber} AND s.subject = a.subject AND s.revoked_at IS NULL`;
  const ended = await sql.$queryRaw<{ id: string }[]>`
    UPDATE relations SET ended_at = ${at}, changed_at = ${at}, change_cursor = ${cursor}
    WHERE (guardian_number = ${personalNumber} OR ward_number = ${personalNumber}) AND ended_at IS NULL
    RETURNING id`;
  await tellEnds(sql, idsOf(ended), at);
}

function idsOf(rows: readonly { readonly id: string }[]): string[] {
  return rows.map(({ id }) => id);
}

/** A card that is in force no more locks its holder's account, one that is again ends that (Decree 69/2024, art. 15). */
async function changeCause(
  sql: Sql,
  { type, personalNumber, reason, at }: EffectOf<'lock' | 'unlock'>,
  tellOwner: TellOwner,
): Promise<void> {
  const [holder] = await sql.$queryRaw<{ subject: string }[]>`
    SELECT subject FROM accounts WHERE personal_number = ${personalNumber}`;
  if (holder === undefined) return;
  const cause = { subject: holder.subject, reason, at };
  await (type === 'lock' ? addLockCause(sql, cause, tellOwner) : endLockCause(sql, cause, tellOwner));
}

/** A new personal number in place of a cancelled one, which stays known (Decree 70/2024, art. 11). */
async function renumber(
  sql: Sql,
  { from, to, at }: EffectOf<'renumber'>,
  tellOwner: TellOwner,
): Promise<boolean> {
  const [taken] = await sql.$queryRaw<{ both: boolean }[]>`
    SELECT count(*) = 2 AS both FROM accounts WHERE personal_number IN (${from}, ${to})`;
  if (taken?.both === true) return false;
  const renumbered = await sql.$queryRaw<{ subject: string; status: string }[]>`
    UPDATE accounts SET personal_number = ${to}, cancelled_numbers = array_append(cancelled_numbers, ${from})
    WHERE personal_number = ${from} RETURNING subject, status::text AS status`;
  for (const { subject, status } of renumbered) {
    if (status === 'ACTIVE' || status === 'LOCKED')
      await tellOwner(sql, subject, { kind: 'NUMBER_REPLACED', inputs: {} }, at);
  }
  await sql.$executeRaw`UPDATE credentials SET username = ${to} WHERE username = ${from}`;
  await sql.$executeRaw`
    UPDATE relations r SET guardian_number = ${to} WHERE guardian_number = ${from} AND NOT EXISTS (
      SELECT 1 FROM relations o WHERE o.guardian_number = ${to} AND o.ward_number = r.ward_number AND o.relation = r.relation)`;
  await sql.$executeRaw`
    UPDATE relations r SET ward_number = ${to} WHERE ward_number = ${from} AND NOT EXISTS (
      SELECT 1 FROM relations o WHERE o.ward_number = ${to} AND o.guardian_number = r.guardian_number AND o.relation = r.relation)`;
  // What is left under the old number stands under the new one already.
  await sql.$executeRaw`DELETE FROM relations WHERE guardian_number = ${from} OR ward_number = ${from}`;
  return true;
}
