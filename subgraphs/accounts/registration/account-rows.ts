import { recordChange } from '@dinhdanh/kit';
import type { SubjectIdentifiers } from '@dinhdanh/kit';
import { accountChange } from '../changes/account-change.ts';
import type { Confirmation } from '../confirmation.ts';
import { becomesKnown, recordSignIn } from '../life/sessions/store.ts';
import type { Sql } from '../sql.ts';

/** An account about to be opened, or to rise to another level. */
export interface NewAccount extends Omit<SubjectIdentifiers, 'cancelledNumbers'> {
  readonly subject: string;
  readonly level: 1 | 2;
  readonly phone: string;
  readonly email: string | null;
  readonly deviceModel: string;
  readonly approvedAt: Date | null;
  readonly passwordHash: string;
  readonly passcodeHash: string;
  /** The subject of who activated it for a child or ward. */
  readonly guardian: string | null;
  readonly at: Date;
}

/** What is opened with an account: the device as the gateway recognised it, the session, and where it comes from. */
export interface OpenedWith {
  readonly registrationId: string;
  readonly device: string | null;
  /** The keyed hash of the network address. */
  readonly source: string | null;
  readonly session: {
    readonly id: string;
    readonly expiresAt: Date;
    readonly confirmation: Confirmation;
  } | null;
}

/** Numbers with an unassigned prefix belong to nobody: people who were made up. */
const SYNTHETIC = /^09[789]/;

/**
 * Writes an account that did not exist, or raises the level of the one there is, with its credential, device and session,
 * and ends the sessions of the registration. A second account for a number is refused by the table itself.
 */
export async function openAccount(sql: Sql, account: NewAccount, opened: OpenedWith): Promise<void> {
  const { personalNumber, at } = account;
  const subject = (await raiseLevel(sql, account)) ?? (await insertAccount(sql, account));
  await sql.$executeRaw`INSERT INTO credentials (username, subject, password_hash, passcode_hash, changed_at)
    VALUES (${personalNumber}, ${subject}, ${account.passwordHash}, ${account.passcodeHash}, ${at})
    ON CONFLICT (username) DO NOTHING`;
  await sql.$executeRaw`UPDATE registrations SET subject = ${subject} WHERE id = ${opened.registrationId}`;
  await sql.$executeRaw`UPDATE sessions SET revoked_at = ${at}
    WHERE registration_id = ${opened.registrationId} AND revoked_at IS NULL`;
  if (account.guardian !== null) {
    await sql.$executeRaw`UPDATE relations r SET confirmed_at = COALESCE(r.confirmed_at, ${at}) FROM accounts g
      WHERE g.subject = ${account.guardian} AND r.guardian_number = g.personal_number
        AND r.ward_number = ${personalNumber} AND r.ended_at IS NULL`;
  }
  await openFirstSession(
    sql,
    { subject, username: personalNumber, deviceModel: account.deviceModel, at },
    opened,
  );
}

/** Opens the session with which an owner begins, and keeps it as the sign-in that it is, from a device now known. */
export async function openFirstSession(
  sql: Sql,
  owner: {
    readonly subject: string;
    readonly username: string;
    readonly deviceModel: string;
    readonly at: Date;
  },
  { session, device, source }: OpenedWith,
): Promise<void> {
  if (session === null) return;
  const { subject, username, deviceModel, at } = owner;
  const { confirmation } = session;
  await sql.$executeRaw`INSERT INTO sessions (id, subject, device, source, created_at, expires_at, passcode_until,
      confirmation_id, confirmed_at, confirmation_method)
    VALUES (${session.id}, ${subject}, ${deviceModel}, ${source}, ${at}, ${session.expiresAt}, ${confirmation.until},
      ${confirmation.id}, ${confirmation.at}, 'PASSCODE')`;
  const newDevice = device === null || (await becomesKnown(sql, username, device, at));
  await recordSignIn(sql, {
    ...{ owner: subject, at, outcome: 'SIGNED_IN', device: deviceModel },
    ...{ newDevice, source },
  });
}

/** Raises an account in use to the level it was registered for; null where there is none below it. */
async function raiseLevel(sql: Sql, { personalNumber, level }: NewAccount): Promise<string | null> {
  const [raised] = await sql.$queryRaw<{ subject: string }[]>`
    UPDATE accounts SET level = ${level} WHERE personal_number = ${personalNumber} AND level < ${level}
      AND status = 'ACTIVE' RETURNING subject`;
  if (raised === undefined) return null;
  await recordChange(sql, accountChange('LEVEL_CHANGED', raised.subject));
  return raised.subject;
}

async function insertAccount(sql: Sql, account: NewAccount): Promise<string> {
  const { subject, kind, level, personalNumber, oldIdNumber, matchName, dateOfBirth, passports } = account;
  const { phone, email, deviceModel, approvedAt, at } = account;
  await sql.$executeRaw`INSERT INTO accounts (subject, kind, level, status, personal_number, old_id_number, match_name,
      date_of_birth, passports, phone, email, device_model, device_bound_at, approved_at, activated_at, synthetic)
    VALUES (${subject}, ${kind}::subject_kind, ${level}, 'ACTIVE', ${personalNumber}, ${oldIdNumber}, ${matchName},
      ${dateOfBirth}, ${[...passports]}::text[], ${phone}, ${email}, ${deviceModel}, ${at}, ${approvedAt}, ${at},
      ${SYNTHETIC.test(personalNumber)})`;
  return subject;
}
