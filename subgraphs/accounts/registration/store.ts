import type { PrismaClient } from '../generated/prisma/client.ts';
import { writeAlarms } from './alarm-rows.ts';
import type { AlarmRow } from './alarm-rows.ts';
import { changeRegistration, toRegistration } from './writes/store.ts';
import type { RegistrationChange, RegistrationPlan } from './writes/store.ts';
import type { VelocityKind } from './policy/thresholds.ts';
import { RegistrationNumbers } from './numbers.ts';
import { readReviews } from './review-rows.ts';
import type { ReviewRow } from './review-rows.ts';
import type { Registration, RegistrationState } from './registration.ts';
import { mustBeConfirmed } from './restoring/confirmed-owner.ts';
import type { NamedPerson } from './restoring/held-account.ts';
import { changesOf } from './restoring/store.ts';
import type { Sql } from '../sql.ts';

/** A registration about to be kept. */
export type NewRegistration = Pick<
  Registration,
  | 'id'
  | 'code'
  | 'purpose'
  | 'kind'
  | 'channel'
  | 'level'
  | 'openedBy'
  | 'personalNumber'
  | 'passport'
  | 'passportCountry'
  | 'phone'
  | 'email'
  | 'done'
  | 'signs'
  | 'deviceName'
  | 'device'
  | 'source'
  | 'startedAt'
  | 'expiresAt'
>;

/** A change of state as it is kept. */
export interface TransitionRow {
  readonly from: RegistrationState | null;
  readonly to: RegistrationState;
  readonly at: Date;
  readonly reason: string;
}

/** Whose session belongs to a registration. */
export interface ApplicantSession {
  readonly id: string;
  readonly device: string | null;
  readonly createdAt: Date;
  readonly expiresAt: Date;
}

/** By which counts beginnings are looked at, and since when each. */
export type VelocityAsked = Readonly<
  Record<VelocityKind, { readonly value: string | null; readonly since: Date }>
>;

/**
 * Registrations: the only place that writes them. Every write is one transaction with its conditional statement, so that
 * of any number of tries at once one succeeds, and its row of history. Whoever could write here past it could have an
 * account in another's name.
 */
export class RegistrationStore {
  readonly #prisma: PrismaClient;
  readonly numbers = new RegistrationNumbers();

  constructor(prisma: PrismaClient) {
    this.#prisma = prisma;
  }

  /** Keeps a new registration with the session of who began it, if they have none of their own. */
  begin(
    registration: NewRegistration,
    session: ApplicantSession | null,
    alarms: readonly AlarmRow[],
  ): Promise<Registration> {
    return this.#prisma.$transaction(async (transaction) => {
      const row = await transaction.registration.create({
        data: { ...registration, done: { ...registration.done }, signs: [...registration.signs] },
      });
      const { id: registrationId, startedAt: at } = registration;
      await transaction.registrationTransition.create({
        data: { registrationId, at, from: null, to: 'OPEN', reason: 'STARTED' },
      });
      await writeAlarms(transaction, alarms, at);
      if (session !== null) await transaction.session.create({ data: { ...session, registrationId } });
      return toRegistration(row);
    });
  }

  /** How many were begun since. */
  begunSince(since: Date): Promise<number> {
    return this.#prisma.registration.count({ where: { startedAt: { gt: since } } });
  }

  /** A registration. */
  async find(id: string): Promise<Registration | null> {
    const row = await this.#prisma.registration.findUnique({ where: { id } });
    return row === null ? null : toRegistration(row);
  }

  /** A registration by its file code: one statement, found or not. */
  async findByCode(code: string): Promise<Registration | null> {
    const row = await this.#prisma.registration.findUnique({ where: { code } });
    return row === null ? null : toRegistration(row);
  }

  /** Of what somebody signed in began: the one named, or the open or last one. */
  async findOpenedBy(openedBy: string, id: string | null): Promise<Registration | null> {
    const rows = await this.#prisma.registration.findMany({
      where: { openedBy, ...(id === null ? {} : { id }) },
      orderBy: [{ startedAt: 'desc' }, { id: 'asc' }],
      take: 50,
    });
    const [last] = rows;
    const open = rows.find(({ state }) => state === 'OPEN') ?? last;
    return open === undefined ? null : toRegistration(open);
  }

  /**
   * The registration that a user name and password could activate: approved, or activated a moment ago by somebody who
   * did not hear of it. One statement, found or not.
   */
  async findToActivate(personalNumber: string): Promise<Registration | null> {
    const row = await this.#prisma.registration.findFirst({
      where: {
        personalNumber,
        purpose: { in: ['ACCOUNT', 'DEVICE'] },
        state: { in: ['APPROVED', 'ACTIVATED'] },
      },
      orderBy: [{ decidedAt: 'desc' }],
    });
    return row === null ? null : toRegistration(row);
  }

  /** As {@link mustBeConfirmed}, of an account in use. */
  mustBeConfirmed(sessionId: string, subject: string, now: Date): Promise<void> {
    return mustBeConfirmed(this.#prisma, { sessionId, subject, now }, { inUse: true });
  }

  /** As {@link changesOf}. */
  changesOf(ids: NamedPerson): Promise<Registration[]> {
    return changesOf(this.#prisma, ids);
  }

  /** Opens a further session of a registration. */
  async openSession(registrationId: string, session: ApplicantSession): Promise<void> {
    await this.#prisma.session.create({ data: { ...session, registrationId } });
  }

  /** The history of a registration, oldest first. */
  transitionsOf(registrationId: string): Promise<TransitionRow[]> {
    return this.#prisma.registrationTransition.findMany({
      where: { registrationId },
      orderBy: { id: 'asc' },
      select: { from: true, to: true, at: true, reason: true },
    });
  }

  /** How many other representatives of an organisation have yet to agree. */
  consentsMissing(registrationId: string): Promise<number> {
    return this.#prisma.organisationConsent.count({ where: { registrationId, consentedAt: null } });
  }

  /** Counts earlier beginnings by device, phone, address, prefix and number in one statement. */
  async countBeginnings({
    device,
    phone,
    source,
    prefix,
    number,
  }: VelocityAsked): Promise<Record<VelocityKind, number>> {
    const earliest = new Date(
      Math.min(...[device, phone, source, prefix, number].map(({ since }) => since.getTime())),
    );
    const [row] = await this.#prisma.$queryRaw<Record<VelocityKind, number>[]>`
      SELECT (count(*) FILTER (WHERE device = ${device.value} AND started_at > ${device.since}))::int AS device,
        (count(*) FILTER (WHERE phone = ${phone.value} AND started_at > ${phone.since}))::int AS phone,
        (count(*) FILTER (WHERE source = ${source.value} AND started_at > ${source.since}))::int AS source,
        (count(*) FILTER (WHERE left(personal_number, 6) = ${prefix.value} AND started_at > ${prefix.since}))::int AS prefix,
        (count(*) FILTER (WHERE personal_number = ${number.value} AND started_at > ${number.since}))::int AS number
      FROM registrations WHERE started_at > ${earliest} AND (device = ${device.value} OR phone = ${phone.value}
        OR source = ${source.value} OR left(personal_number, 6) = ${prefix.value} OR personal_number = ${number.value})`;
    return row ?? { device: 0, phone: 0, source: 0, prefix: 0, number: 0 };
  }

  /** As {@link changeRegistration}, in a transaction of its own, and counts it; `first` is done before the registration is locked. */
  async change(
    id: string,
    at: Date,
    plan: RegistrationPlan,
    first: (sql: Sql) => Promise<void> = async () => undefined,
  ): Promise<Registration | null> {
    const seen: { before?: Registration; change?: RegistrationChange | null } = {};
    const after = await this.#prisma.$transaction(async (transaction) => {
      await first(transaction);
      return changeRegistration(transaction, id, at, async (registration, sql) => {
        seen.before = registration;
        seen.change = await plan(registration, sql);
        return seen.change;
      });
    });
    const { before, change } = seen;
    // What was rolled back, or overtaken by another, is counted by nobody.
    if (before === undefined || !change || after?.version !== before.version + 1) return after;
    this.numbers.tried(before, change.patch);
    if (change.move !== undefined) this.numbers.moved(after.state, change.move.reason);
    return after;
  }

  /** Registrations that time has overtaken, whose time has come, or that wait for their decision: ids with what is due. */
  async findTimed(
    now: Date,
    waitedSince: Date,
    take: number,
  ): Promise<{ id: string; due: 'EXPIRE' | 'LAPSE' | 'DECIDE' | 'LATE' | 'CARRY_OUT' | 'READY' }[]> {
    return this.#prisma.$queryRaw`
      (SELECT id, 'EXPIRE' AS due FROM registrations WHERE state = 'OPEN' AND expires_at <= ${now} LIMIT ${take})
      UNION ALL (SELECT id, 'LAPSE' FROM registrations WHERE state = 'APPROVED' AND activate_by <= ${now} LIMIT ${take})
      UNION ALL (SELECT id, 'DECIDE' FROM registrations WHERE state = 'SUBMITTED' AND received_at <= ${waitedSince} LIMIT ${take})
      UNION ALL (SELECT id, 'LATE' FROM registrations WHERE state IN ('SUBMITTED', 'IN_REVIEW') AND due_at <= ${now}
        AND late_told_at IS NULL LIMIT ${take})
      UNION ALL (SELECT id, 'CARRY_OUT' FROM registrations WHERE state = 'APPROVED' AND effective_at <= ${now}
        AND purpose <> 'DEVICE' LIMIT ${take})
      UNION ALL (SELECT id, 'READY' FROM registrations WHERE state = 'APPROVED' AND effective_at <= ${now}
        AND purpose = 'DEVICE' AND ready_told_at IS NULL LIMIT ${take})`;
  }

  /** What officers have to look at, the first due first. */
  async inReview(take: number): Promise<ReviewRow[]> {
    return readReviews(this.#prisma, take);
  }

  /** The faces that are kept of a registration until its decision. */
  async imagesOf(registrationId: string): Promise<ReadonlyMap<'CHIP_FACE' | 'PORTRAIT', Uint8Array>> {
    const rows = await this.#prisma.registrationImage.findMany({ where: { registrationId } });
    return new Map(rows.map(({ kind, bytes }) => [kind, bytes]));
  }

  /** Asks a chip anew; the challenge before counts no more. */
  async putChallenge(registrationId: string, challenge: Uint8Array, expiresAt: Date): Promise<void> {
    const bytes = Buffer.from(challenge);
    await this.#prisma.chipChallenge.upsert({
      where: { registrationId },
      create: { registrationId, challenge: bytes, expiresAt },
      update: { challenge: bytes, expiresAt },
    });
  }

  /** Takes the challenge of a registration away, so that it is answered once; null where none was asked. */
  async takeChallenge(registrationId: string): Promise<{ challenge: Uint8Array; expiresAt: Date } | null> {
    const [row] = await this.#prisma.$queryRaw<{ challenge: Uint8Array; expiresAt: Date }[]>`
      DELETE FROM chip_challenges WHERE registration_id = ${registrationId}
      RETURNING challenge, expires_at AS "expiresAt"`;
    return row ?? null;
  }
}
