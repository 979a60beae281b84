import { AppError } from '@dinhdanh/kit';
import type { Sql } from '../sql.ts';
import type { CodeRequest } from './ports.ts';
import { changeStep } from './own-registration.ts';
import { codeChannels, stepDone, stepFailed } from './machine.ts';
import type { ContactChannel, Registration, RegistrationPatch } from './registration.ts';
import type { RegistrationCall, RegistrationRoom } from './registration-room.ts';
import { findHeld } from './restoring/held-account.ts';

type Room = Pick<RegistrationRoom, 'registrations' | 'ports' | 'pause'>;

/**
 * Sends a code to the declared phone or e-mail address, or to the number that the account has: the code and its message are
 * one transaction with the registration. Whether there is an account changes nothing but that no message leaves.
 *
 * @throws AppError `RATE_LIMITED` with seconds · `BAD_USER_INPUT` field channel where no such address was declared
 */
export async function sendCode(
  channel: ContactChannel,
  call: RegistrationCall,
  room: Room,
): Promise<Registration> {
  let wait = 0;
  const changed = await changeStep('CODE', call, room, async (registration, sql) => {
    if (confirmedAt(registration, channel) !== null) return null;
    const request = await requestOf(sql, registration, channel, call);
    const { until, nextAt, pauseMs } = await room.ports.codes.issue(sql, request, call.now);
    wait = pauseMs;
    const sent = { until: until.toISOString(), nextAt: nextAt.toISOString() };
    return { patch: { codes: { ...registration.codes, [channel]: sent } } };
  });
  await room.pause(wait);
  return changed;
}

/** Confirms the phone or e-mail address. A wrong code is a problem of the step, so that its try stays counted. */
export async function confirmCode(
  { channel, code }: { readonly channel: ContactChannel; readonly code: string },
  call: RegistrationCall,
  room: Room,
): Promise<Registration> {
  let wait = 0;
  const changed = await changeStep('CODE', call, room, async (registration, sql) => {
    if (confirmedAt(registration, channel) !== null) return null;
    const request = await requestOf(sql, registration, channel, call);
    const { outcome, pauseMs } = await room.ports.codes.check(sql, request, code, call.now);
    wait = pauseMs;
    if (outcome !== 'RIGHT') {
      const reason = outcome === 'OVER' ? 'CODE_OVER' : 'CODE_WRONG';
      const { problems = [] } = stepFailed(registration, 'CODE', [{ code: reason, field: fields[channel] }]);
      return { patch: { problems } };
    }
    const patch: RegistrationPatch = { [columns[channel]]: call.now };
    const confirmed = { ...registration, ...patch };
    const isDone = codeChannels(registration).every((one) => confirmedAt(confirmed, one) !== null);
    // An e-mail address is confirmed besides: the step is the telephone's.
    return channel === 'EMAIL' || !isDone
      ? { patch }
      : { patch: { ...stepDone(registration, 'CODE', call.now), ...patch } };
  });
  await room.pause(wait);
  return changed;
}

const columns = {
  PHONE: 'phoneConfirmedAt',
  EMAIL: 'emailConfirmedAt',
  ACCOUNT_PHONE: 'heldConfirmedAt',
} as const satisfies Record<ContactChannel, keyof Registration>;

const fields: Readonly<Record<ContactChannel, string>> = {
  PHONE: 'phone',
  EMAIL: 'email',
  ACCOUNT_PHONE: 'accountPhone',
};

/** When a way was confirmed by the code sent there; null while it is not. */
export function confirmedAt(registration: Registration, channel: ContactChannel): Date | null {
  return registration[columns[channel]];
}

/** The ways by which codes can be sent for a registration. */
export function channelsOf(registration: Registration): readonly ContactChannel[] {
  const needed = codeChannels(registration);
  return registration.email === null ? needed : [...needed, 'EMAIL'];
}

async function requestOf(
  sql: Sql,
  registration: Registration,
  channel: ContactChannel,
  { caller }: RegistrationCall,
): Promise<CodeRequest> {
  const { id, purpose, phone, email, personalNumber, passport } = registration;
  if (!channelsOf(registration).includes(channel)) throw new AppError('BAD_USER_INPUT', { field: 'channel' });
  const held = channel === 'ACCOUNT_PHONE' ? await findHeld(sql, registration) : null;
  const declared = channel === 'PHONE' ? phone : email;
  const address = channel === 'ACCOUNT_PHONE' ? (held?.phone ?? null) : declared;
  return {
    registrationId: id,
    purpose,
    channel,
    address,
    account: personalNumber ?? passport ?? '',
    source: caller.client?.address ?? null,
  };
}
