import type { PasswordOwner } from '@dinhdanh/schema/check-password';
import { changeStep, mustBeNow, ownRegistration } from './own-registration.ts';
import { stepDone, stepFailed } from './machine.ts';
import type { Registration } from './registration.ts';
import type { RegistrationCall, RegistrationRoom } from './registration-room.ts';

/**
 * Sets the password of the account to be, or the one that a changed account is to have. One hash computation, and none for a password that
 * may not be used: what is wrong with it is told as problems of the step.
 */
export async function setPassword(
  password: string,
  call: RegistrationCall,
  room: RegistrationRoom,
): Promise<Registration> {
  const before = await ownRegistration(call, room);
  mustBeNow(before, 'PASSWORD', call.now);
  const codes = room.ports.checkPassword(password, ownerOf(before));
  const passwordHash = codes.length > 0 ? null : await room.hash(password);
  return changeStep('PASSWORD', call, room, (registration) => {
    if (passwordHash !== null)
      return { patch: { ...stepDone(registration, 'PASSWORD', call.now), passwordHash } };
    const failed = stepFailed(
      registration,
      'PASSWORD',
      codes.map((code) => ({ code, field: 'password' })),
    );
    return { patch: { ...failed, passwordHash: null } };
  });
}

/** What the password must not be made of. */
function ownerOf({ personalNumber, phone, identity }: Registration): PasswordOwner {
  return {
    ...(phone === null ? {} : { phone }),
    ...(personalNumber === null ? {} : { personalNumber }),
    ...(identity === null ? {} : { fullName: identity.fullName, dateOfBirth: identity.dateOfBirth }),
  };
}
