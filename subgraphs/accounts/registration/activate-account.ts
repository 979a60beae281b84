import { randomBytes } from 'node:crypto';
import { AppError, isDuplicate, lockChanges, matchName, sessionIdOf, unreachable } from '@dinhdanh/kit';
import { chargeAttempt, tellFailure } from '../charge-attempt.ts';
import { confirm } from '../confirmation.ts';
import { NOBODYS_HASH } from '../passwords.ts';
import { isPasscodeAllowed } from '../rules.ts';
import { newSessionToken } from '../session-token.ts';
import { signIn } from '../sign-in.ts';
import type { OpenedSession } from '../sign-in.ts';
import { attemptKeys, forgiveAttempt } from '../throttle.ts';
import { openAccount } from './account-rows.ts';
import type { OpenedWith } from './account-rows.ts';
import { isRepresented } from './decide.ts';
import { signedInSubject } from './own-registration.ts';
import { wrongPassword } from './resume-registration.ts';
import { deviceOf } from './start-registration.ts';
import type { Registration } from './registration.ts';
import type { RegistrationChange } from './writes/store.ts';
import type { RegistrationCall, RegistrationRoom } from './registration-room.ts';
import { stateNow } from './registration-times.ts';
import { bindDevice, isWaiting } from './restoring/bind-device.ts';

/** What activating takes. */
export interface ActivateInput {
  readonly username: string;
  readonly password: string;
  readonly passcode: string;
  readonly device: string;
}

/** A session that was opened; the token is null where a guardian has activated a ward’s account. */
export type ActivatedSession = Omit<OpenedSession, 'token'> & { readonly token: string | null };

/**
 * Activates an approved account, or binds it to another device once that counts: account, credential, device, session and
 * the message about it are one transaction. A number without an approved registration and a wrong password are one case: the
 * same statements, one hash computation. Who did not hear that it is done signs in by doing it again.
 *
 * @throws AppError `UNAUTHENTICATED` without a reason · `RATE_LIMITED` · `BAD_USER_INPUT` field passcode for a trivial one ·
 * `NOT_PERMITTED` with the reason `REGISTRATION_LAPSED` after its time, `CHANGE_WAITS` before it · `GUARDIAN_REQUIRED` for a
 * child's or ward's
 */
export async function activateAccount(
  input: ActivateInput,
  call: RegistrationCall,
  room: RegistrationRoom,
): Promise<ActivatedSession> {
  const { username, password, passcode } = input;
  if (!/^\d{12}$/.test(username)) throw new AppError('BAD_USER_INPUT', { field: 'username' });
  if (password.length > 128) throw new AppError('BAD_USER_INPUT', { field: 'password' });
  const registration = await room.registrations.findToActivate(username);
  const keys = guessKeys(username, registration, call);
  const counted = await chargeAttempt(keys, call, room);
  const right = await room.verify(registration?.passwordHash ?? NOBODYS_HASH, password);
  if (!right || registration?.passwordHash === null || registration === null) {
    await room.sessions.record(wrongPassword(registration?.subject ?? null, call));
    tellFailure(counted, 'activation', call.log);
    throw new AppError('UNAUTHENTICATED');
  }
  // The account may have another password by now: only a sign-in tells whether this attempt was right.
  const isDone = registration.state === 'ACTIVATED';
  const again = isDone ? await signIn({ username, password, passcode }, call, room) : null;
  await room.store.forgive(keys, call.now, forgiveAttempt);
  if (again !== null) return again;
  if (stateNow(registration, call.now) === 'LAPSED')
    throw new AppError('NOT_PERMITTED', { reason: 'REGISTRATION_LAPSED' });
  if (isWaiting(registration, call.now)) throw new AppError('NOT_PERMITTED', { reason: 'CHANGE_WAITS' });
  const guardian = guardianOf(registration, call);
  if (!isPasscodeAllowed(passcode, registration.identity?.dateOfBirth ?? ''))
    throw new AppError('BAD_USER_INPUT', { field: 'passcode' });
  const passcodeHash = await room.hash(passcode);
  return open(registration, { input, passcodeHash, guardian }, call, room);
}

/**
 * The counters of a sign-in: it is the same password. The device that the registration was made on counts as known, so that
 * no stranger keeps its owner from the account.
 */
function guessKeys(username: string, registration: Registration | null, call: RegistrationCall): string[] {
  const device = deviceOf(call);
  const knownDevice = device !== null && registration?.device === device;
  return attemptKeys({ username, source: call.caller.client?.address ?? null, device, knownDevice });
}

/** Accounts of those under 14 and of wards are activated by who registered them, in their own session (art. 14). */
function guardianOf(registration: Registration, call: RegistrationCall): string | null {
  if (!isRepresented(registration)) return null;
  const subject = signedInSubject(call);
  if (subject === null || subject !== registration.openedBy) throw new AppError('GUARDIAN_REQUIRED');
  return subject;
}

async function open(
  { id, purpose }: Registration,
  given: { readonly input: ActivateInput; readonly passcodeHash: string; readonly guardian: string | null },
  call: RegistrationCall,
  room: RegistrationRoom,
): Promise<ActivatedSession> {
  const { now, log } = call;
  const token = given.guardian === null ? newSessionToken() : null;
  const expiresAt = new Date(now.getTime() + room.settings.sessionHours * 3_600_000);
  const confirmation = confirm('passcode', now);
  const session = token === null ? null : { id: sessionIdOf(token), expiresAt, confirmation };
  const source = call.caller.client?.address ?? null;
  const opened = { registrationId: id, device: deviceOf(call), source, session };
  // A new device ends locks, which takes the lock on changes before any row; a new account waits for nobody.
  const first = purpose === 'DEVICE' ? lockChanges : undefined;
  let isDone = false;
  try {
    const change = (registration: Registration): RegistrationChange | null => {
      isDone = registration.state === 'ACTIVATED';
      if (isDone) return null;
      if (stateNow(registration, now) !== 'APPROVED' || isWaiting(registration, now))
        throw new AppError('UNAUTHENTICATED', { internal: 'not approved' });
      return registration.purpose === 'DEVICE'
        ? bindDevice(registration, { ...given, deviceModel: deviceModel(given.input), opened, now }, room)
        : openNew(registration, given, opened, { now, room });
    };
    const activated = await room.registrations.change(id, now, change, first);
    if (activated === null) return unreachable('a registration that was just found');
    // Two at once: the other one has activated it.
    if (isDone) return await signIn(given.input, call, room);
  } catch (error) {
    if (isDuplicate(error)) throw new AppError('NOT_PERMITTED', { reason: 'REGISTRATION_ACCOUNT_EXISTS' });
    throw error;
  }
  log.info('ACCOUNTS_REGISTRATION_ACTIVATED');
  return { token, expiresAt, passcodeUntil: token === null ? null : confirmation.until };
}

function openNew(
  registration: Registration,
  given: Parameters<typeof open>[1],
  opened: OpenedWith,
  { now, room }: { readonly now: Date; readonly room: Pick<RegistrationRoom, 'ports'> },
): RegistrationChange {
  const fresh = randomBytes(16).toString('base64url');
  const account = accountOf(registration, fresh, given, now);
  return {
    patch: { activatedAt: now, subject: fresh },
    move: { event: 'ACTIVATE', reason: given.guardian === null ? 'BY_OWNER' : 'BY_GUARDIAN' },
    also: async (sql) => {
      await openAccount(sql, account, opened);
      await room.ports.putMessage(sql, { kind: 'ACCOUNT_ACTIVATED', inputs: {} }, registration.phone, now);
    },
  };
}

function deviceModel({ device }: ActivateInput): string {
  return device.slice(0, 100).replaceAll('\0', '');
}

function accountOf(
  registration: Registration,
  subject: string,
  { input, passcodeHash, guardian }: Parameters<typeof open>[1],
  now: Date,
) {
  const { identity, personalNumber, passwordHash, level, phone, email, emailConfirmedAt, passport } =
    registration;
  if (identity === null || personalNumber === null || passwordHash === null || phone === null)
    return unreachable('an approved registration without its declaration');
  return {
    subject,
    kind: identity.nationality === 'VNM' ? ('CITIZEN' as const) : ('FOREIGN_RESIDENT' as const),
    level: level ?? 1,
    personalNumber,
    oldIdNumber: identity.oldIdNumber,
    matchName: matchName(identity.fullName),
    dateOfBirth: identity.dateOfBirth,
    passports: passport === null ? [] : [passport],
    phone,
    // An address that nobody confirmed is nobody's.
    email: emailConfirmedAt === null ? null : email,
    deviceModel: deviceModel(input),
    approvedAt: registration.decidedAt,
    passwordHash,
    passcodeHash,
    guardian,
    at: now,
  };
}
