import { AppError } from '@dinhdanh/kit';
import { mayDo } from './machine.ts';
import type { Registration, RegistrationStep } from './registration.ts';
import type { RegistrationCall, RegistrationRoom } from './registration-room.ts';
import { stateNow } from './registration-times.ts';
import type { RegistrationChange } from './writes/store.ts';
import type { Sql } from '../sql.ts';

/** The subject of who is signed in; null for an applicant, a stranger, a member of staff. */
export function signedInSubject({ caller }: RegistrationCall): string | null {
  if (caller.act.kind !== 'person' && caller.act.kind !== 'representative') return null;
  return caller.subjects.find(({ as }) => as === 'self')?.id ?? null;
}

/** The caller's own registration: of an applicant the session's, of a person the one named, or the open or last one. */
export async function findOwn(
  call: RegistrationCall,
  { registrations }: Pick<RegistrationRoom, 'registrations'>,
  id: string | null = null,
): Promise<Registration | null> {
  const { act } = call.caller;
  if (act.kind === 'applicant') return id === null || id === act.id ? registrations.find(act.id) : null;
  const subject = signedInSubject(call);
  if (subject === null) throw new AppError('UNAUTHENTICATED');
  return registrations.findOpenedBy(subject, id);
}

/** As {@link findOwn}; throws `NOT_FOUND` where there is none. */
export async function ownRegistration(
  call: RegistrationCall,
  room: Pick<RegistrationRoom, 'registrations'>,
): Promise<Registration> {
  const registration = await findOwn(call, room);
  if (registration === null) throw new AppError('NOT_FOUND', { internal: 'no registration' });
  return registration;
}

/**
 * Refuses a step that cannot be done now.
 *
 * @throws AppError `BAD_USER_INPUT` with the reason `REGISTRATION_NOT_OPEN`, or `REGISTRATION_STEP` and the step as field
 * where it does not belong to the registration or one before it is missing
 */
export function mustBeNow(registration: Registration, step: RegistrationStep, now: Date): void {
  if (stateNow(registration, now) !== 'OPEN')
    throw new AppError('BAD_USER_INPUT', { reason: 'REGISTRATION_NOT_OPEN' });
  if (!mayDo(registration, registration.done, step))
    throw new AppError('BAD_USER_INPUT', { reason: 'REGISTRATION_STEP', field: step.toLowerCase() });
}

/** Does one step of the caller's own registration under its lock; the plan sees it as it is then. */
export async function changeStep(
  step: RegistrationStep,
  call: RegistrationCall,
  room: Pick<RegistrationRoom, 'registrations'>,
  plan: (
    registration: Registration,
    sql: Sql,
  ) => Promise<RegistrationChange | null> | RegistrationChange | null,
): Promise<Registration> {
  const { id } = await ownRegistration(call, room);
  const changed = await room.registrations.change(id, call.now, (registration, sql) => {
    mustBeNow(registration, step, call.now);
    return plan(registration, sql);
  });
  if (changed === null) throw new AppError('NOT_FOUND', { internal: 'registration gone' });
  return changed;
}

/** What was worked out for content that has changed meanwhile counts for nothing. @throws AppError `BAD_USER_INPUT` */
export function mustBeUnchanged(before: Registration, now: Registration): void {
  if (before.done.IDENTITY !== now.done.IDENTITY || before.done.CHIP !== now.done.CHIP)
    throw new AppError('BAD_USER_INPUT', { reason: 'REGISTRATION_CHANGED' });
}
