import { randomBytes } from 'node:crypto';
import { AppError } from '@dinhdanh/kit';
import type { CallContext, Log } from '@dinhdanh/kit';
import type { LockReason, StaffRole } from '../../account.ts';
import type { AccountsStore } from '../../store.ts';
import { decideBy, forwardBy, mayBeRequested } from './lock-machine.ts';
import { addLockCause, endLockCause } from './lock-rows.ts';
import { requestsHolding } from './store.ts';
import type { LockRequestRow, LockStore } from './store.ts';
import type { TellOwner } from '../tell-owner.ts';

/** What locking on request works with. */
export interface LockRoom {
  readonly locks: LockStore;
  readonly store: Pick<AccountsStore, 'findStaff'>;
  readonly tellOwner: TellOwner;
}

/** The call it is done in. */
export type LockCall = Pick<CallContext, 'caller' | 'now'> & { readonly log: Log };

/** The form by which an authority has an account locked. */
export interface LockForm {
  readonly personalNumber: string;
  readonly reason: LockReason;
  /** The authority that asks. */
  readonly authority: string;
  /** Number and date of its document. */
  readonly document: string;
  /** What it gives as its ground. */
  readonly ground: string;
}

const WORKING: ReadonlySet<StaffRole> = new Set(['OFFICER', 'REVIEWER']);
const LONGEST_TEXT = 500;

/**
 * Takes an authority's form in: its clock runs from here. The same document again is the same request.
 *
 * @throws AppError `NOT_PERMITTED` to who is no officer or reviewer · `BAD_USER_INPUT` with the field · `NOT_FOUND` where
 * nobody of that number has an account that can be locked
 */
export async function requestLock(form: LockForm, call: LockCall, room: LockRoom): Promise<LockRequestRow> {
  const requestedBy = await staffOf(call, room);
  if (!mayBeRequested(form.reason)) throw new AppError('BAD_USER_INPUT', { field: 'reason' });
  const [authority, document, ground] = (['authority', 'document', 'ground'] as const).map((field) =>
    readText(form[field], field),
  ) as [string, string, string];
  const subject = /^\d{12}$/.test(form.personalNumber)
    ? await room.locks.findLockable(form.personalNumber)
    : null;
  if (subject === null) throw new AppError('NOT_FOUND');
  const { now: receivedAt } = call;
  const id = randomBytes(16).toString('base64url');
  const { reason } = form;
  return room.locks.receive({
    ...{ id, subject, reason, authority, document, ground, requestedBy, receivedAt },
    forwardBy: forwardBy(receivedAt),
  });
}

/** Forwards a request to who decides, by any member of staff who may. @throws AppError as {@link decideLock} */
export async function forwardLock(id: string, call: LockCall, room: LockRoom): Promise<LockRequestRow> {
  const forwardedBy = await staffOf(call, room);
  const patch = { forwardedAt: call.now, forwardedBy, decideBy: decideBy(call.now) };
  return moved(await room.locks.move(id, 'FORWARD', patch, nothing), id, 'FORWARDED', room);
}

/** What is decided: a refusal names its reason, which goes to the authority in writing. */
export interface LockDecision {
  readonly id: string;
  readonly approved: boolean;
  readonly refusal: string | null;
}

/**
 * Decides a request that was forwarded. Approved it is carried out in the same write, and the owner told at once. Who asked
 * for it never decides it.
 *
 * @throws AppError `NOT_PERMITTED` to who is no officer or reviewer, with the reason `LOCK_FOUR_EYES` to who asked for it ·
 * `NOT_FOUND` · `BAD_USER_INPUT` with the reason `LOCK_STATE`, or with the field refusal where it is missing or out of place
 */
export async function decideLock(
  decision: LockDecision,
  call: LockCall,
  room: LockRoom,
): Promise<LockRequestRow> {
  const decidedBy = await staffOf(call, room);
  const { id, approved } = decision;
  const refusal = approved ? null : readText(decision.refusal ?? '', 'refusal');
  if (approved && decision.refusal !== null) throw new AppError('BAD_USER_INPUT', { field: 'refusal' });
  const before = await room.locks.find(id);
  if (before?.requestedBy === decidedBy) throw new AppError('NOT_PERMITTED', { reason: 'LOCK_FOUR_EYES' });
  const at = call.now;
  const decided = { decidedAt: at, decidedBy };
  if (!approved)
    return moved(await room.locks.move(id, 'REFUSE', { ...decided, refusal }, nothing), id, 'REFUSED', room);
  const patch = { ...decided, carriedOutAt: at };
  const done = await room.locks.move(id, 'APPROVE', patch, async (sql, { subject, reason }) => {
    const outcome = await addLockCause(sql, { subject, reason, at }, room.tellOwner);
    if (outcome === 'LOCKED') call.log.info('ACCOUNTS_LOCKED', { reason });
  });
  return moved(done, id, 'CARRIED_OUT', room);
}

/**
 * Ends what was asked for, since its cause has ended; the account is unlocked unless something else holds it.
 *
 * @throws AppError as {@link decideLock}
 */
export async function endLock(id: string, call: LockCall, room: LockRoom): Promise<LockRequestRow> {
  await staffOf(call, room);
  const at = call.now;
  const ended = await room.locks.move(id, 'END', { endedAt: at }, async (sql, { subject, reason }) => {
    if ((await requestsHolding(sql, subject, reason)) > 0) return;
    const outcome = await endLockCause(sql, { subject, reason, at }, room.tellOwner);
    if (outcome === 'UNLOCKED') call.log.info('ACCOUNTS_UNLOCKED');
  });
  return moved(ended, id, 'ENDED', room);
}

async function nothing(): Promise<void> {
  // A move that means nothing to the account itself.
}

/** A request that was in another state: done already, it is answered as it stands. */
async function moved(
  request: LockRequestRow | null,
  id: string,
  wanted: LockRequestRow['state'],
  { locks }: LockRoom,
): Promise<LockRequestRow> {
  if (request !== null) return request;
  const found = await locks.find(id);
  if (found === null) throw new AppError('NOT_FOUND');
  if (found.state === wanted) return found;
  throw new AppError('BAD_USER_INPUT', { reason: 'LOCK_STATE' });
}

async function staffOf({ caller }: LockCall, { store }: LockRoom): Promise<string> {
  const staff = caller.act.kind === 'officer' ? await store.findStaff(caller.act.id) : null;
  if (staff === null || staff.status !== 'ACTIVE' || !WORKING.has(staff.role))
    throw new AppError('NOT_PERMITTED');
  return staff.id;
}

function readText(text: string, field: string): string {
  const read = text.replaceAll('\0', '').trim();
  if (read === '' || read.length > LONGEST_TEXT) throw new AppError('BAD_USER_INPUT', { field });
  return read;
}
