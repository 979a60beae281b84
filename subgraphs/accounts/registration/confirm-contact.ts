import { AppError } from '@dinhdanh/kit';
import type { CodeRequest } from './ports.ts';
import { changeStep } from './own-registration.ts';
import { stepDone, stepFailed } from './machine.ts';
import type { ContactChannel, Registration } from './registration.ts';
import type { RegistrationCall, RegistrationRoom } from './registration-room.ts';

type Room = Pick<RegistrationRoom, 'registrations' | 'ports' | 'pause'>;

/**
 * Sends a code to the declared phone or e-mail address: the code and its message are one transaction with the
 * registration.
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
    const request = requestOf(registration, channel, call);
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
    const request = requestOf(registration, channel, call);
    const { outcome, pauseMs } = await room.ports.codes.check(sql, request, code, call.now);
    wait = pauseMs;
    if (outcome !== 'RIGHT') {
      const reason = outcome === 'OVER' ? 'CODE_OVER' : 'CODE_WRONG';
      const field = channel === 'PHONE' ? 'phone' : 'email';
      const { problems = [] } = stepFailed(registration, 'CODE', [{ code: reason, field }]);
      return { patch: { problems } };
    }
    return channel === 'PHONE'
      ? { patch: { ...stepDone(registration, 'CODE', call.now), phoneConfirmedAt: call.now } }
      : { patch: { emailConfirmedAt: call.now } };
  });
  await room.pause(wait);
  return changed;
}

function confirmedAt(
  { phoneConfirmedAt, emailConfirmedAt }: Registration,
  channel: ContactChannel,
): Date | null {
  return channel === 'PHONE' ? phoneConfirmedAt : emailConfirmedAt;
}

function requestOf(
  registration: Registration,
  channel: ContactChannel,
  { caller }: RegistrationCall,
): CodeRequest {
  const { id, phone, email, personalNumber, passport } = registration;
  const address = channel === 'PHONE' ? phone : email;
  if (address === null) throw new AppError('BAD_USER_INPUT', { field: 'channel' });
  return {
    registrationId: id,
    channel,
    address,
    account: personalNumber ?? passport ?? '',
    source: caller.client?.address ?? null,
  };
}
