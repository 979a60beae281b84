import { AppError } from '@dinhdanh/kit';
import { chargeAttempt } from '../charge-attempt.ts';
import { NOBODYS_HASH } from '../passwords.ts';
import { forgiveAttempt, throttleKey } from '../throttle.ts';
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
  await chargeAttempt(keys, call, room);
  const right = await room.verify(registration?.passwordHash ?? NOBODYS_HASH, password);
  if (!right || registration === null || registration.passwordHash === null)
    throw new AppError('UNAUTHENTICATED');
  await room.store.forgive(keys, call.now, forgiveAttempt);
  // Who is signed in goes on in their own session.
  if (registration.openedBy !== null)
    throw new AppError('UNAUTHENTICATED', { internal: 'a representative’s' });
  const { token, row } = newSession({ device: registration.deviceName }, call);
  await room.registrations.openSession(registration.id, row);
  return { token, expiresAt: row.expiresAt, registration };
}

/** The counters that guesses at a name are held against, sorted. */
export function guessKeys(name: string, call: RegistrationCall): string[] {
  const device = deviceOf(call);
  const source = call.caller.client?.address ?? null;
  const prefix = /^\d{6}/.exec(name)?.[0];
  return [
    throttleKey('account', 'registration', name),
    ...(device === null ? [] : [throttleKey('device', device)]),
    ...(source === null ? [] : [throttleKey('source', source)]),
    ...(prefix === undefined ? [] : [throttleKey('prefix', prefix)]),
  ].toSorted();
}
