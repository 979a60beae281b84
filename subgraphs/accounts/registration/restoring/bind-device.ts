import { AppError } from '@dinhdanh/kit';
import type { Sql } from '../../sql.ts';
import { openFirstSession } from '../account-rows.ts';
import type { OpenedWith } from '../account-rows.ts';
import type { Registration } from '../registration.ts';
import type { RegistrationRoom } from '../registration-room.ts';
import type { RegistrationChange } from '../writes/store.ts';
import { endOwnersFears } from './carry-out.ts';

/** Whether an approved change of device does not count yet. */
export function isWaiting({ state, effectiveAt }: Registration, now: Date): boolean {
  return state === 'APPROVED' && effectiveAt !== null && effectiveAt > now;
}

/** What a new device is bound with. */
export interface Binding {
  readonly deviceModel: string;
  readonly passcodeHash: string;
  readonly opened: OpenedWith;
  readonly now: Date;
}

/**
 * Binds an account to another device: a new passcode, the password that was set, a session here and nowhere else. Whatever
 * confirmed on the old device, passkeys too, confirms no more.
 */
export function bindDevice(
  registration: Registration,
  binding: Binding,
  { ports }: Pick<RegistrationRoom, 'ports'>,
): RegistrationChange {
  const { subject, passwordHash } = registration;
  const { now } = binding;
  return {
    patch: { activatedAt: now },
    move: { event: 'ACTIVATE', reason: 'BY_OWNER' },
    also: async (sql) => {
      const owner = await moveAccount(sql, subject ?? '', binding);
      await renewSecrets(sql, owner, passwordHash, binding);
      await openFirstSession(sql, { ...owner, deviceModel: binding.deviceModel, at: now }, binding.opened);
      await endOwnersFears(sql, owner.subject, now, ports.tellOwner);
      await ports.tellOwner(sql, owner.subject, { kind: 'DEVICE_CHANGED', inputs: { at: now } }, now);
    },
  };
}

interface DeviceOwner {
  readonly subject: string;
  readonly username: string;
}

async function moveAccount(
  sql: Sql,
  subject: string,
  { deviceModel, now, opened }: Binding,
): Promise<DeviceOwner> {
  const [owner] = await sql.$queryRaw<DeviceOwner[]>`
    UPDATE accounts a SET device_model = ${deviceModel}, device_bound_at = ${now} FROM credentials c
    WHERE a.subject = ${subject} AND c.subject = a.subject AND a.status IN ('ACTIVE', 'LOCKED')
    RETURNING a.subject, c.username`;
  // Closed since: there is nothing to bind.
  if (owner === undefined) throw new AppError('NOT_PERMITTED', { reason: 'REGISTRATION_LAPSED' });
  await sql.$executeRaw`UPDATE sessions SET revoked_at = ${now}
    WHERE (subject = ${subject} OR registration_id = ${opened.registrationId}) AND revoked_at IS NULL`;
  return owner;
}

async function renewSecrets(
  sql: Sql,
  { subject, username }: DeviceOwner,
  passwordHash: string | null,
  { passcodeHash, now }: Binding,
): Promise<void> {
  await sql.$executeRaw`UPDATE credentials SET password_hash = ${passwordHash}, passcode_hash = ${passcodeHash},
    changed_at = ${now} WHERE subject = ${subject}`;
  await sql.$executeRaw`DELETE FROM known_devices WHERE username = ${username}`;
  await sql.$executeRaw`DELETE FROM passkeys WHERE subject = ${subject}`;
}
