import { AppError } from '@dinhdanh/kit';
import { chargeAttempt, tellFailure } from '../charge-attempt.ts';
import { NOBODYS_HASH } from '../passwords.ts';
import { forgiveAttempt, throttleKey } from '../throttle.ts';
import type { SignInAttempt } from '../life/sessions/session-list.ts';
import { deviceOf, newSession } from './start-registration.ts';
import type { BegunRegistration } from './start-registration.ts';
import type { RegistrationCall, RegistrationRoom } from './registration-room.ts';

/**
 * Goes on with a registration on another device, or after its session: by the file code and the password. A code that
 * does not exist and a wrong password are one case: the same statements, one hash computation, the same answer.
 *
 * @throws AppError `UNAUTHENTICATED` without a reason · `RATE_LIMITED` with seconds
 */
export async function resumeRegistration(
  { code, password }: { readonly code: string; readonly password: string },
  call: RegistrationCall,
  room: RegistrationRoom,
): Promise<BegunRegistration> {
  const name = code.trim().toUpperCase();
  if (!/^[0-9A-Z]{10}$/.test(name) || password.length > 128)
    throw new AppError('BAD_USER_INPUT', { field: password.length > 128 ? 'password' : 'code' });
  const registration = await room.registrations.findByCode(name);
  const keys = guessKeys(name, call);
  const counted = await chargeAttempt(keys, call, room);
  const right = await room.verify(registration?.passwordHash ?? NOBODYS_HASH, password);
  if (!right || registration === null || registration.passwordHash === null) {
    await room.sessions.record(wrongPassword(registration?.subject ?? null, call));
    tellFailure(counted, 'registration', call.log);
    throw new AppError('UNAUTHENTICATED');
  }
  await room.store.forgive(keys, call.now, forgiveAttempt);
  // Who is signed in goes on in their own session.
  if (registration.openedBy !== null)
    throw new AppError('UNAUTHENTICATED', { internal: 'a representative’s' });
  const { token, row } = newSession({ device: registration.deviceName }, call);
  await room.registrations.openSession(registration.id, row);
  return { token, expiresAt: row.expiresAt, registration };
}

/** The counters that guesses at a file code's password are held against, sorted. */
function guessKeys(code: string, call: RegistrationCall): string[] {
  const device = deviceOf(call);
  const source = call.caller.client?.address ?? null;
  return [
    throttleKey('account', 'registration', code),
    ...(device === null ? [] : [throttleKey('device', device)]),
    ...(source === null ? [] : [throttleKey('source', source)]),
  ].toSorted();
}

/** An attempt at a password that is kept whether there is such an account or not. */
export function wrongPassword(
  owner: string | null,
  { caller, now }: Pick<RegistrationCall, 'caller' | 'now'>,
): SignInAttempt {
  const source = caller.client?.address ?? null;
  return { owner, at: now, outcome: 'PASSWORD_WRONG', device: null, newDevice: true, source };
}
