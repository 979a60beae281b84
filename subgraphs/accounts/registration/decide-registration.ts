import { randomInt } from 'node:crypto';
import { AppError, isDuplicate, legalDateOf } from '@dinhdanh/kit';
import type { RejectReason } from '../messages/message.ts';
import type { Sql } from '../sql.ts';
import { decide } from './decide.ts';
import type { Verdict } from './decide.ts';
import { nextStep, stepDone } from './machine.ts';
import { mustBeNow, ownRegistration } from './own-registration.ts';
import { reasonOf } from './reasons.ts';
import type { ReasonRow, Registration, RegistrationPatch } from './registration.ts';
import type { RegistrationCall, RegistrationRoom } from './registration-room.ts';
import { activateBy, deadlineFacts, dueAt, stateNow } from './registration-times.ts';
import { approveChange, tellRejected } from './restoring/approve-change.ts';
import { carryOut, isDue } from './restoring/carry-out.ts';
import { findHeld } from './restoring/held-account.ts';
import { standingOf } from './standing.ts';
import type { RegistrationChange } from './writes/store.ts';

type Room = Pick<RegistrationRoom, 'registrations' | 'ports' | 'settings'>;

/**
 * Sends a registration in. Its deadline runs from here; then it is decided at once where the evidence is complete. Sent in
 * again it answers as it stands.
 *
 * @throws AppError `BAD_USER_INPUT` with the reason `REGISTRATION_STEP` and the missing step as field
 */
export async function submitRegistration(call: RegistrationCall, room: Room): Promise<Registration> {
  const before = await ownRegistration(call, room);
  if (before.state !== 'OPEN' && before.receivedAt !== null) return before;
  const missing = nextStep(before, before.done);
  if (missing !== null) mustBeNow(before, missing, call.now);
  if (missing !== null && missing !== 'SUBMIT')
    throw new AppError('BAD_USER_INPUT', { reason: 'REGISTRATION_STEP', field: missing.toLowerCase() });
  const submitted = await room.registrations.change(before.id, call.now, (registration) => {
    // Sent in twice at once: the other one was received.
    if (registration.state !== 'OPEN' && registration.receivedAt !== null) return null;
    mustBeNow(registration, 'SUBMIT', call.now);
    const due = dueAt(deadlineFacts(registration), call.now);
    return {
      patch: { ...stepDone(registration, 'SUBMIT', call.now), receivedAt: call.now, dueAt: due },
      move: { event: 'SUBMIT', reason: 'SENT_IN' },
      also: async (sql) => {
        if (registration.purpose !== 'ACCOUNT') return;
        await room.ports.putMessage(
          sql,
          { kind: 'REGISTRATION_RECEIVED', inputs: { dueOn: lastDay(due ?? call.now) } },
          registration.phone,
          call.now,
        );
      },
    };
  });
  return (await decideSubmitted(before.id, call, room)) ?? submitted ?? before;
}

/**
 * Decides what was sent in and waits: by whoever submitted it, or by the background where they did not come to it. A change
 * that does not wait is carried out.
 */
export async function decideSubmitted(
  id: string,
  call: Pick<RegistrationCall, 'now' | 'log'>,
  room: Room,
): Promise<Registration | null> {
  try {
    return await carriedOut(await settle(id, call, room, null), call, room);
  } catch (error) {
    if (!isDuplicate(error)) throw error;
    // Another registration of the same number was approved in this very moment.
    return settle(id, call, room, { event: 'REJECT', reasons: [reasonOf('ACCOUNT_EXISTS', 'CONTACT')] });
  }
}

async function carriedOut(
  decided: Registration | null,
  call: Pick<RegistrationCall, 'now' | 'log'>,
  room: Room,
): Promise<Registration | null> {
  return decided !== null && isDue(decided, call.now) ? carryOut(decided.id, call, room) : decided;
}

function settle(
  id: string,
  { now, log }: Pick<RegistrationCall, 'now' | 'log'>,
  room: Room,
  forced: Verdict | null,
): Promise<Registration | null> {
  return room.registrations.change(id, now, async (registration, sql) => {
    if (registration.state !== 'SUBMITTED') return null;
    await lockHolder(sql, registration);
    const receivedAt = registration.receivedAt ?? now;
    const standing = await standingOf(sql, registration, legalDateOf(now));
    const verdict = forced ?? decide(registration, standing, receivedAt);
    log.info('ACCOUNTS_REGISTRATION_DECIDED', { reason: verdict.event });
    return outcomeOf(sql, registration, { verdict, by: 'AUTOMATIC', now }, room);
  });
}

/**
 * Decides what an officer has looked at; the queue keeps who it was. No operation leads here yet: the officers' desk will,
 * which brings the officer from their session.
 *
 * @throws AppError `NOT_FOUND` for a registration that is not in review
 */
export async function decideReviewed(
  { id, officer }: { readonly id: string; readonly officer: string },
  verdict: Exclude<Verdict, { event: 'REVIEW' }>,
  call: Pick<RegistrationCall, 'now' | 'log'>,
  room: Room,
): Promise<Registration> {
  const decided = await room.registrations.change(id, call.now, async (registration, sql) => {
    if (registration.state !== 'IN_REVIEW') throw new AppError('NOT_FOUND', { internal: 'not in review' });
    await lockHolder(sql, registration);
    const decided = { verdict, by: 'OFFICER', now: call.now } as const;
    const { move, ...outcome } = await outcomeOf(sql, registration, decided, room);
    return move === undefined ? outcome : { ...outcome, move: { ...move, by: officer } };
  });
  if (decided === null) throw new AppError('NOT_FOUND', { internal: 'no registration' });
  call.log.info('ACCOUNTS_REGISTRATION_DECIDED', { reason: verdict.event });
  if (decided.purpose !== 'ACCOUNT') return (await carriedOut(decided, call, room)) ?? decided;
  return decided.kind === 'ORGANISATION' && decided.state === 'APPROVED'
    ? openOrganisation(decided, call.now, room)
    : decided;
}

/** Takes a registration back that is not decided, or a change that waits; one that is over stays as it is. */
export async function withdrawRegistration(call: RegistrationCall, room: Room): Promise<Registration> {
  const { id } = await ownRegistration(call, room);
  const changed = await room.registrations.change(id, call.now, (registration) => {
    const state = stateNow(registration, call.now);
    const isWaiting = state === 'APPROVED' && registration.purpose !== 'ACCOUNT';
    if (!isWaiting && !['OPEN', 'SUBMITTED', 'IN_REVIEW'].includes(state)) {
      if (state === 'WITHDRAWN') return null;
      throw new AppError('BAD_USER_INPUT', { reason: 'REGISTRATION_DECIDED' });
    }
    return { patch: {}, move: { event: 'WITHDRAW', reason: 'BY_APPLICANT' } };
  });
  if (changed === null) throw new AppError('NOT_FOUND', { internal: 'registration gone' });
  return changed;
}

/** Two decisions about one number or one phone wait for each other. */
async function lockHolder(sql: Sql, { personalNumber, passport, phone }: Registration): Promise<void> {
  const keys = [`phone ${phone ?? ''}`, `number ${personalNumber ?? passport ?? ''}`].toSorted();
  for (const key of keys) await sql.$executeRaw`SELECT pg_advisory_xact_lock(hashtextextended(${key}, 6))`;
}

interface Decided {
  readonly verdict: Verdict;
  readonly by: 'AUTOMATIC' | 'OFFICER';
  readonly now: Date;
}

async function outcomeOf(
  sql: Sql,
  registration: Registration,
  decided: Decided,
  room: Room,
): Promise<RegistrationChange> {
  if (registration.purpose === 'ACCOUNT') return accountOutcome(registration, decided, room);
  const { verdict, by, now } = decided;
  const held = await findHeld(sql, registration);
  // An officer may have looked at it for days: the account can have been closed meanwhile.
  const gone: Verdict = { event: 'REJECT', reasons: [reasonOf('NO_ACCOUNT', 'CONTACT')] };
  const holds = verdict.event === 'APPROVE' && held === null ? gone : verdict;
  if (holds.event === 'APPROVE' && held !== null) return approveChange(registration, held, by, now, room);
  const outcome = accountOutcome(registration, { ...decided, verdict: holds }, room);
  if (holds.event !== 'REJECT') return outcome;
  const reason = messageReason(holds.reasons);
  return {
    ...outcome,
    also: (transaction) => tellRejected(transaction, registration, { held, reason, now }, room.ports),
  };
}

function accountOutcome(
  registration: Registration,
  { verdict, by, now }: Decided,
  { ports }: Room,
): RegistrationChange {
  const { phone } = registration;
  if (verdict.event === 'REVIEW')
    return {
      patch: { reasons: verdict.reasons },
      move: { event: 'REVIEW', reason: firstCode(verdict.reasons) },
    };
  if (verdict.event === 'REJECT') {
    const reason = messageReason(verdict.reasons);
    return {
      // The same columns as an approval writes: what is decided is told to nobody by what it costs.
      patch: { decidedAt: now, activateBy: null, reasons: verdict.reasons },
      move: { event: 'REJECT', reason: firstCode(verdict.reasons) },
      also: (sql) => ports.putMessage(sql, { kind: 'REGISTRATION_REJECTED', inputs: { reason } }, phone, now),
    };
  }
  const until = activateBy(now);
  const inputs = { level: registration.level ?? 1, activateBy: lastDay(until ?? now) };
  return {
    patch: { decidedAt: now, activateBy: until, reasons: [], ...givenNumber(registration) },
    move: { event: 'APPROVE', reason: by },
    also: (sql) => ports.putMessage(sql, { kind: 'REGISTRATION_APPROVED', inputs }, phone, now),
  };
}

/** A foreigner who has no identification number is given one with the approval (Decree 69/2024, art. 7). */
function givenNumber({ kind, personalNumber }: Registration): RegistrationPatch {
  if (kind === 'ORGANISATION' || personalNumber !== null) return {};
  return { personalNumber: `099${String(randomInt(1_000_000_000)).padStart(9, '0')}` };
}

/** An organisation's account has no secrets of its own: its representative's account opens it. */
async function openOrganisation(
  registration: Registration,
  now: Date,
  { registrations }: Room,
): Promise<Registration> {
  const opened = await registrations.change(registration.id, now, (current) => {
    if (current.state !== 'APPROVED') return null;
    const { organisation, openedBy, id } = current;
    return {
      patch: { activatedAt: now },
      move: { event: 'ACTIVATE', reason: 'REPRESENTATIVE' },
      also: async (sql) => {
        await sql.$executeRaw`INSERT INTO organisations (id, legal_name, tax_code, sector, representative, synthetic)
          VALUES (${id}, ${organisation?.legalName ?? ''}, ${organisation?.taxCode ?? ''}, ${organisation?.sector ?? ''},
            ${openedBy ?? ''}, true)`;
      },
    };
  });
  return opened ?? registration;
}

function firstCode(reasons: readonly ReasonRow[]): string {
  return reasons[0]?.code ?? 'EVIDENCE';
}

/** The reason a message gives; the registration itself gives all. */
function messageReason(reasons: readonly ReasonRow[]): RejectReason {
  const code = firstCode(reasons);
  return isRejectReason(code) ? code : 'NOT_ELIGIBLE';
}

const messageReasons: ReadonlySet<string> = new Set([
  'DATA_MISMATCH',
  'PHOTO_QUALITY',
  'FACE_MISMATCH',
  'CHIP_INVALID',
  'DOCUMENT_EXPIRED',
  'NOT_ELIGIBLE',
  'SUSPECTED_FRAUD',
]);

function isRejectReason(code: string): code is RejectReason {
  return messageReasons.has(code);
}

/** The last legal day before an instant that ends one. */
function lastDay(end: Date): string {
  return legalDateOf(new Date(end.getTime() - 1));
}
