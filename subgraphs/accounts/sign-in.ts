import { createHash } from 'node:crypto';
import { AppError, sessionIdOf } from '@dinhdanh/kit';
import type { CallContext, Log } from '@dinhdanh/kit';
import { chargeAttempt, tellFailure } from './charge-attempt.ts';
import { confirm } from './confirmation.ts';
import { NOBODYS_HASH } from './passwords.ts';
import type { VerifySecret } from './passwords.ts';
import { maySignIn } from './rules.ts';
import { newSessionToken } from './session-token.ts';
import type { SignInOutcome } from './life/sessions/session-list.ts';
import type { SessionStore } from './life/sessions/store.ts';
import type { TellOwner } from './life/tell-owner.ts';
import type { CredentialRow } from './session.ts';
import type { AccountsStore } from './store.ts';
import { attemptKeys, forgiveAttempt, throttleKey } from './throttle.ts';

/** What signing in works with. */
export interface SignInRoom {
  readonly store: Pick<
    AccountsStore,
    'findCredential' | 'chargeAttempt' | 'openSession' | 'forgive' | 'findSessionCredential' | 'openSensitive'
  >;
  readonly sessions: Pick<SessionStore, 'record'>;
  readonly tellOwner: TellOwner;
  readonly verify: VerifySecret;
  readonly pause: (milliseconds: number) => Promise<unknown>;
  readonly settings: { readonly sessionHours: number };
}

/** The call it is done in. */
export type SignInCall = Pick<CallContext, 'caller' | 'now'> & { readonly log: Log };

/** What a person types in. */
export interface SignInInput {
  readonly username: string;
  readonly password: string;
  readonly passcode?: string | null | undefined;
  /** A name for the session list; the device itself is recognised by what the gateway says of it. */
  readonly device?: string | null | undefined;
}

/** A session that was just opened. The token exists nowhere else. */
export interface OpenedSession {
  readonly token: string;
  readonly expiresAt: Date;
  readonly passcodeUntil: Date | null;
}

const LONGEST_PASSWORD = 128;
const usernameForm = /^[\w.@-]{1,64}$/;

/**
 * Opens a session for a user name and a password. An unknown name and a wrong password are one case: the same
 * statements, one hash computation, the same answer.
 *
 * @throws AppError `UNAUTHENTICATED` without a reason · `RATE_LIMITED` with seconds · `PASSCODE_REQUIRED` with the reason
 * `ACCOUNTS_PASSCODE_WRONG`, told only to who knows the password · `BAD_USER_INPUT` for what can be no name or password
 */
export async function signIn(input: SignInInput, call: SignInCall, room: SignInRoom): Promise<OpenedSession> {
  checkForm(input);
  const device = deviceOf(call);
  const credential = await room.store.findCredential(input.username, device);
  const source = call.caller.client?.address ?? null;
  const knownDevice = credential?.knownDevice ?? false;
  const keys = attemptKeys({ username: input.username, source, device, knownDevice });
  const counted = await chargeAttempt(keys, call, room);

  const right = await room.verify(credential?.passwordHash ?? NOBODYS_HASH, input.password);
  const failed = (outcome: SignInOutcome) =>
    recordFailure(outcome, { credential, input, knownDevice }, call, room);
  if (!right || credential === null || !maySignIn(credential.status)) {
    await failed(right ? 'NOT_IN_USE' : 'PASSWORD_WRONG');
    tellFailure(counted, 'credentials', call.log);
    throw new AppError('UNAUTHENTICATED');
  }
  const withPasscode = input.passcode !== null && input.passcode !== undefined;
  if (withPasscode && !(await checkPasscode(credential, input.passcode, { keys, call, room }))) {
    await failed('PASSCODE_WRONG');
    throw wrongPasscode();
  }
  return openSession(credential, { input, device, keys, withPasscode }, call, room);
}

/**
 * Opens sensitive data to the caller's session for five minutes, by a new confirmation.
 *
 * @throws AppError `UNAUTHENTICATED` without a living session · `PASSCODE_REQUIRED` with the reason
 * `ACCOUNTS_PASSCODE_WRONG` · `RATE_LIMITED` with seconds
 */
export async function confirmPasscode(
  passcode: string,
  call: SignInCall,
  room: SignInRoom,
): Promise<{ expiresAt: Date; passcodeUntil: Date }> {
  const session = call.caller.sid;
  const credential = session === undefined ? null : await room.store.findSessionCredential(session, call.now);
  if (session === undefined || credential === null) throw new AppError('UNAUTHENTICATED');
  const key = throttleKey('passcode', credential.username);
  await chargeAttempt([key], call, room);
  if (!(await verifyPasscode(credential.passcodeHash, passcode, room))) throw wrongPasscode();
  const confirmation = confirm('passcode', call.now);
  if (!(await room.store.openSensitive(session, confirmation, key))) throw new AppError('UNAUTHENTICATED');
  return { expiresAt: credential.expiresAt, passcodeUntil: confirmation.until };
}

/** Text that can be no credential is refused before it costs a hash; says nothing of who exists. */
function checkForm({ username, password }: SignInInput): void {
  if (!usernameForm.test(username)) throw new AppError('BAD_USER_INPUT', { field: 'username' });
  if (password.length > LONGEST_PASSWORD) throw new AppError('BAD_USER_INPUT', { field: 'password' });
}

/** What the device is kept by: the hash of what the gateway recognised it by, never the name a client gives itself. */
function deviceOf({ caller }: SignInCall): string | null {
  const device = caller.client?.device ?? null;
  return device === null ? null : createHash('sha256').update(device).digest('base64url');
}

/** The passcode has a counter of its own, touched only by who knows the password: a stranger cannot use it up. */
async function checkPasscode(
  credential: CredentialRow,
  passcode: string | null | undefined,
  { keys, call, room }: { keys: readonly string[]; call: SignInCall; room: SignInRoom },
): Promise<boolean> {
  const passcodeKeys = [throttleKey('passcode', credential.username)];
  // The password was right, whatever becomes of the passcode.
  await room.store.forgive(keys, call.now, forgiveAttempt);
  await chargeAttempt(passcodeKeys, call, room);
  if (!(await verifyPasscode(credential.passcodeHash, passcode ?? '', room))) return false;
  await room.store.forgive(passcodeKeys, call.now, forgiveAttempt);
  return true;
}

/** Keeps an attempt that failed, for the owner to see; one row, whether there is an owner or not. */
function recordFailure(
  outcome: SignInOutcome,
  of: { credential: CredentialRow | null; input: SignInInput; knownDevice: boolean },
  { caller, now }: SignInCall,
  { sessions }: SignInRoom,
): Promise<void> {
  return sessions.record({
    owner: of.credential?.subject ?? of.credential?.staffId ?? null,
    at: now,
    outcome,
    device: deviceName(of.input),
    newDevice: !of.knownDevice,
    source: caller.client?.address ?? null,
  });
}

function deviceName({ device }: SignInInput): string | null {
  return device?.slice(0, 100).replaceAll('\0', '') ?? null;
}

async function verifyPasscode(hash: string, passcode: string, room: SignInRoom): Promise<boolean> {
  return passcode.length <= LONGEST_PASSWORD && room.verify(hash, passcode);
}

function wrongPasscode(): AppError {
  return new AppError('PASSCODE_REQUIRED', { reason: 'ACCOUNTS_PASSCODE_WRONG' });
}

async function openSession(
  { username, subject, staffId }: CredentialRow,
  attempt: { input: SignInInput; device: string | null; keys: readonly string[]; withPasscode: boolean },
  { now, caller }: SignInCall,
  room: SignInRoom,
): Promise<OpenedSession> {
  const token = newSessionToken();
  const expiresAt = new Date(now.getTime() + room.settings.sessionHours * 3_600_000);
  const confirmation = attempt.withPasscode ? confirm('passcode', now) : null;
  const device = deviceName(attempt.input);
  const source = caller.client?.address ?? null;
  await room.store.openSession(
    { id: sessionIdOf(token), subject, staffId, device, source, createdAt: now, expiresAt, confirmation },
    // Where the passcode was checked the attempt has been taken back already.
    { username, device: attempt.device, keys: attempt.withPasscode ? [] : attempt.keys },
    forgiveAttempt,
    async (sql) => {
      if (subject !== null)
        await room.tellOwner(sql, subject, { kind: 'NEW_DEVICE_SIGN_IN', inputs: { at: now } }, now);
    },
  );
  return { token, expiresAt, passcodeUntil: confirmation?.until ?? null };
}
