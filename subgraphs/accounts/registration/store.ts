import { Prisma } from '../generated/prisma/client.ts';
import type { PrismaClient, Registration as Row } from '../generated/prisma/client.ts';
import type { Sql } from '../sql.ts';
import { nextState } from './machine.ts';
import { RegistrationNumbers } from './numbers.ts';
import type { RegistrationEvent } from './machine.ts';
import { writeAlarms } from './alarm-rows.ts';
import type { AlarmRow } from './alarm-rows.ts';
import type { VelocityKind } from './policy/thresholds.ts';
import { queueReview, readReviews, settleReview } from './review-rows.ts';
import type { ReviewRow } from './review-rows.ts';
import type { Registration, RegistrationPatch, RegistrationState } from './registration.ts';

/** What one write does to a registration. */
export interface RegistrationChange {
  readonly patch: RegistrationPatch;
  /** Moves it on; the code of the reason stands in its history, and in the review queue which member of staff decided. */
  readonly move?: { readonly event: RegistrationEvent; readonly reason: string; readonly by?: string };
  /** What happens with it or not at all. */
  readonly also?: (sql: Sql) => Promise<void>;
}

/** A registration about to be kept. */
export type NewRegistration = Pick<
  Registration,
  | 'id'
  | 'code'
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

const JSON_COLUMNS = ['identity', 'organisation', 'match', 'chip', 'face', 'biometrics', 'form'] as const;
const HAS_IMAGES: ReadonlySet<RegistrationState> = new Set(['OPEN', 'SUBMITTED', 'IN_REVIEW']);

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
      where: { personalNumber, state: { in: ['APPROVED', 'ACTIVATED'] } },
      orderBy: [{ decidedAt: 'desc' }],
    });
    return row === null ? null : toRegistration(row);
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

  /**
   * Changes a registration under its lock. `plan` sees it as it is and says what to write, or null for nothing; it may use
   * the transaction. The write names state and version, and is refused by the table of transitions where the state does
   * not allow the move.
   *
   * @returns the registration as it is afterwards; null where there is none of that id
   */
  async change(
    id: string,
    at: Date,
    plan: (
      registration: Registration,
      sql: Sql,
    ) => Promise<RegistrationChange | null> | RegistrationChange | null,
  ): Promise<Registration | null> {
    const written = await this.#prisma.$transaction(async (transaction) => {
      await transaction.$queryRaw`SELECT id FROM registrations WHERE id = ${id} FOR UPDATE`;
      const row = await transaction.registration.findUnique({ where: { id } });
      if (row === null) return { after: null };
      const registration = toRegistration(row);
      const change = await plan(registration, transaction);
      if (change === null) return { after: registration };
      const { patch, move } = change;
      const to = move === undefined ? registration.state : nextState(registration.state, move.event);
      if (to === null) return { after: registration };
      const { count } = await transaction.registration.updateMany({
        where: { id, state: registration.state, version: registration.version },
        data: { ...toColumns(patch), state: to, version: { increment: 1 } },
      });
      if (count === 0) return { after: registration };
      if (move !== undefined) await moved(transaction, registration, { ...change, to, at });
      await change.also?.(transaction);
      const after = { ...registration, ...patch, state: to, version: registration.version + 1 };
      return { after, before: registration, change };
    });
    // What was rolled back is counted by nobody.
    if (written.change !== undefined) this.#count(written.before, written.change, written.after.state);
    return written.after;
  }

  #count(before: Registration, { patch, move }: RegistrationChange, to: RegistrationState): void {
    this.numbers.tried(before, patch);
    if (move !== undefined) this.numbers.moved(to, move.reason);
  }

  /** Registrations that time has overtaken, or that wait for their decision: ids, the oldest first. */
  async findTimed(
    now: Date,
    waitedSince: Date,
    take: number,
  ): Promise<{ id: string; due: 'EXPIRE' | 'LAPSE' | 'DECIDE' | 'LATE' }[]> {
    return this.#prisma.$queryRaw`
      (SELECT id, 'EXPIRE' AS due FROM registrations WHERE state = 'OPEN' AND expires_at <= ${now} LIMIT ${take})
      UNION ALL (SELECT id, 'LAPSE' FROM registrations WHERE state = 'APPROVED' AND activate_by <= ${now} LIMIT ${take})
      UNION ALL (SELECT id, 'DECIDE' FROM registrations WHERE state = 'SUBMITTED' AND received_at <= ${waitedSince} LIMIT ${take})
      UNION ALL (SELECT id, 'LATE' FROM registrations WHERE state IN ('SUBMITTED', 'IN_REVIEW') AND due_at <= ${now}
        AND late_told_at IS NULL LIMIT ${take})`;
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

/** What goes with every change of state: its history, the review queue, the end of images. */
async function moved(
  transaction: Prisma.TransactionClient,
  { id: registrationId, state: from, dueAt }: Registration,
  { move, patch, to, at }: RegistrationChange & { readonly to: RegistrationState; readonly at: Date },
): Promise<void> {
  const reason = move?.reason ?? '';
  await transaction.registrationTransition.create({ data: { registrationId, at, from, to, reason } });
  if (to === 'IN_REVIEW') {
    const reasons = (patch.reasons ?? []).map(({ code }) => code);
    await queueReview(transaction, { registrationId, reasons, dueAt: dueAt ?? at, createdAt: at });
  }
  if (from === 'IN_REVIEW') await settleReview(transaction, registrationId, { at, by: move?.by ?? null });
  if (HAS_IMAGES.has(to)) return;
  await transaction.registrationImage.deleteMany({ where: { registrationId } });
  await transaction.chipChallenge.deleteMany({ where: { registrationId } });
}

function toColumns(patch: RegistrationPatch): Prisma.RegistrationUpdateManyMutationInput {
  const columns: Record<string, unknown> = { ...patch };
  for (const name of JSON_COLUMNS) if (columns[name] === null) columns[name] = Prisma.DbNull;
  return columns;
}

/** JSON columns hold what this room wrote there and nothing else. */
function toRegistration(row: Row): Registration {
  return row as unknown as Registration;
}
