import { lockChanges } from '@dinhdanh/kit';
import type { Log } from '@dinhdanh/kit';
import { endLockCause } from '../../life/locks/lock-rows.ts';
import type { TellOwner } from '../../life/tell-owner.ts';
import type { Sql } from '../../sql.ts';
import type { RegistrationPorts } from '../ports.ts';
import type { Registration } from '../registration.ts';
import type { RegistrationRoom } from '../registration-room.ts';
import type { RegistrationChange } from '../writes/store.ts';
import { findHeld } from './held-account.ts';

/** What carrying out works with. */
export type CarryingRoom = Pick<RegistrationRoom, 'registrations' | 'ports'>;

/** Whether an approved change takes effect by itself now; a new device is completed on the device. */
export function isDue({ state, purpose, effectiveAt }: Registration, now: Date): boolean {
  return state === 'APPROVED' && purpose !== 'DEVICE' && effectiveAt !== null && effectiveAt <= now;
}

/**
 * Carries out an approved change whose time has come, once: by whoever decided it, or by the background. Where it cannot be
 * done any more, since the account was closed or the number taken by another meanwhile, it lapses.
 *
 * @returns the registration as it is afterwards; null where there is none
 */
export function carryOut(
  id: string,
  { now, log }: { readonly now: Date; readonly log: Log },
  { registrations, ports }: CarryingRoom,
): Promise<Registration | null> {
  return registrations.change(
    id,
    now,
    async (registration, sql) => {
      if (!isDue(registration, now)) return null;
      const hindrance = await hindranceOf(sql, registration);
      if (hindrance !== null) return lapse(registration, hindrance, now, ports);
      log.info('ACCOUNTS_CHANGE_CARRIED_OUT', { reason: registration.purpose });
      return {
        patch: { activatedAt: now },
        move: { event: 'ACTIVATE', reason: 'CARRIED_OUT' },
        also: (transaction) =>
          registration.purpose === 'PASSWORD'
            ? changePassword(transaction, registration, now, ports)
            : changePhone(transaction, registration, now, ports),
      };
    },
    lockChanges,
  );
}

/** What stands against a change that was approved. */
async function hindranceOf(sql: Sql, registration: Registration): Promise<string | null> {
  if ((await findHeld(sql, registration)) === null) return 'ACCOUNT_CLOSED';
  const { purpose, phone, subject } = registration;
  if (purpose !== 'PHONE') return null;
  const [other] = await sql.$queryRaw<{ subject: string }[]>`
    SELECT a.subject FROM accounts a JOIN accounts own ON own.subject = ${subject}
    WHERE a.phone = ${phone} AND a.subject <> ${subject} AND a.status <> 'CLOSED' AND NOT EXISTS (
      SELECT 1 FROM relations r WHERE r.guardian_number = own.personal_number AND r.ward_number = a.personal_number)
    LIMIT 1`;
  return other === undefined ? null : 'PHONE_IN_USE';
}

function lapse(
  { subject }: Registration,
  reason: string,
  now: Date,
  ports: RegistrationPorts,
): RegistrationChange {
  return {
    patch: {},
    move: { event: 'LAPSE', reason },
    also: (sql) => ports.tellOwner(sql, subject ?? '', { kind: 'CHANGE_LAPSED', inputs: {} }, now),
  };
}

/** A new password ends every session, and the locks by which the owner feared for the account. */
async function changePassword(
  sql: Sql,
  { subject, passwordHash }: Registration,
  at: Date,
  { tellOwner }: RegistrationPorts,
): Promise<void> {
  await sql.$executeRaw`UPDATE credentials SET password_hash = ${passwordHash}, changed_at = ${at}
    WHERE subject = ${subject}`;
  await sql.$executeRaw`UPDATE sessions SET revoked_at = ${at} WHERE subject = ${subject} AND revoked_at IS NULL`;
  await endOwnersFears(sql, subject ?? '', at, tellOwner);
  await tellOwner(sql, subject ?? '', { kind: 'PASSWORD_CHANGED', inputs: { at } }, at);
}

/** The old number is told before it is the owner's no more. */
async function changePhone(
  sql: Sql,
  { subject, phone }: Registration,
  at: Date,
  { tellOwner, putMessage }: RegistrationPorts,
): Promise<void> {
  const message = { kind: 'PHONE_CHANGED', inputs: {} } as const;
  await tellOwner(sql, subject ?? '', message, at);
  await putMessage(sql, message, phone, at);
  await sql.$executeRaw`UPDATE accounts SET phone = ${phone} WHERE subject = ${subject}`;
}

/**
 * Ends the locks that an owner had put on for a lost device or suspected misuse: whoever has shown card and face is that
 * owner. What holds the account otherwise holds it still. The transaction has to hold the lock on changes.
 */
export async function endOwnersFears(
  sql: Sql,
  subject: string,
  at: Date,
  tellOwner: TellOwner,
): Promise<void> {
  for (const reason of ['LOST_DEVICE', 'SUSPECTED_MISUSE'] as const)
    await endLockCause(sql, { subject, reason, at }, tellOwner);
}
