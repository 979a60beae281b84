import { AppError } from '@dinhdanh/kit';
import type { Sql } from '../../sql.ts';
import { isOver } from '../machine.ts';
import { signedInSubject } from '../own-registration.ts';
import type { Registration } from '../registration.ts';
import type { RegistrationCall, RegistrationRoom } from '../registration-room.ts';
import type { RegistrationChange } from '../writes/store.ts';
import { activateBy, stateNow } from '../registration-times.ts';
import { carryOut } from './carry-out.ts';
import { mustBeConfirmed } from './confirmed-owner.ts';
import type { OwnersSession } from './confirmed-owner.ts';
import { findHeld } from './held-account.ts';
import { refused } from './store.ts';
import type { NamedPerson } from './held-account.ts';

type Room = Pick<RegistrationRoom, 'registrations' | 'ports'>;

/** What is asked for somebody's account and not over, as its owner is told. */
export async function askedChanges(
  ids: NamedPerson,
  now: Date,
  { registrations }: Pick<Room, 'registrations'>,
): Promise<Registration[]> {
  return (await registrations.changesOf(ids)).filter((one) => !isOver(stateNow(one, now)));
}

/**
 * Refuses a change of the caller's own account; one that was refused already stays so. It takes the passcode: whoever holds
 * a lost device could keep its owner out for ever by refusing.
 *
 * @throws AppError `UNAUTHENTICATED` · `PASSCODE_REQUIRED` · `NOT_FOUND` · `BAD_USER_INPUT` with the reason `CHANGE_OVER`
 */
export async function refuseChange(id: string, call: RegistrationCall, room: Room): Promise<void> {
  await decideOwn(id, call, room, { inUse: false }, (registration) => {
    if (registration.state === 'REFUSED') return null;
    if (isOver(stateNow(registration, call.now)))
      throw new AppError('BAD_USER_INPUT', { reason: 'CHANGE_OVER' });
    return refused('BY_OWNER');
  });
  call.log.info('ACCOUNTS_CHANGE_REFUSED');
}

/**
 * Has an approved change of the caller's own account take effect now and not at its time.
 *
 * @throws AppError as {@link refuseChange}, of an account in use alone (`ACCOUNT_LOCKED`) · `BAD_USER_INPUT` with the reason
 * `CHANGE_NOT_APPROVED` while it is not
 */
export async function confirmChange(id: string, call: RegistrationCall, room: Room): Promise<void> {
  const { now } = call;
  const confirmed = await decideOwn(id, call, room, { inUse: true }, (registration) => {
    const state = stateNow(registration, now);
    if (state === 'ACTIVATED') return null;
    if (isOver(state)) throw new AppError('BAD_USER_INPUT', { reason: 'CHANGE_OVER' });
    if (state !== 'APPROVED') throw new AppError('BAD_USER_INPUT', { reason: 'CHANGE_NOT_APPROVED' });
    if (registration.effectiveAt !== null && registration.effectiveAt <= now) return null;
    const until = registration.purpose === 'DEVICE' ? { activateBy: activateBy(now) } : {};
    return { patch: { effectiveAt: now, ...until } };
  });
  await carryOut(confirmed.id, call, room);
}

/** Changes something that is asked for the caller's own account, with their confirmation, under its lock. */
async function decideOwn(
  id: string,
  call: RegistrationCall,
  { registrations }: Room,
  asked: { readonly inUse: boolean },
  plan: (registration: Registration) => RegistrationChange | null,
): Promise<Registration> {
  const session = ownersSession(call);
  const changed = await registrations.change(id, call.now, async (registration, sql) => {
    await mustBeConfirmed(sql, session, asked);
    if (!(await isOf(sql, registration, session.subject)))
      throw new AppError('NOT_FOUND', { internal: 'another’s change' });
    return plan(registration);
  });
  if (changed === null) throw new AppError('NOT_FOUND', { internal: 'no such change' });
  return changed;
}

function ownersSession(call: RegistrationCall): OwnersSession {
  const subject = signedInSubject(call);
  const sessionId = call.caller.sid;
  if (subject === null || sessionId === undefined || call.caller.act.kind !== 'person')
    throw new AppError('UNAUTHENTICATED');
  return { sessionId, subject, now: call.now };
}

async function isOf(sql: Sql, registration: Registration, subject: string): Promise<boolean> {
  if (registration.purpose === 'ACCOUNT') return false;
  return (await findHeld(sql, registration))?.subject === subject;
}
