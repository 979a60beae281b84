import { databaseAdapter, lockChanges, openServed, TRANSACTION_TIMES } from '@dinhdanh/kit';
import { PrismaClient } from './generated/prisma/client.ts';
import type { Account as AccountRow, LinkedDocument, Prisma } from './generated/prisma/client.ts';
import type { Account, Organisation, Staff, Ward } from './account.ts';
import { applyEffect } from './apply-effect.ts';
import { findConsenter, findSessions, wardsOf } from './callers/store.ts';
import { ChangeStore } from './changes/store.ts';
import { findApplicant } from './matching/find-applicant.ts';
import { confirmationColumns } from './confirmation-rows.ts';
import type { Confirmation } from './confirmation.ts';
import { LockStore } from './life/locks/store.ts';
import { becomesKnown, recordSignIn, SessionStore } from './life/sessions/store.ts';
import type { TellOwner } from './life/tell-owner.ts';
import { MessageStore } from './messages/store.ts';
import { OtpStore } from './otp/store.ts';
import { PasskeyStore } from './passkeys/store.ts';
import { RegistrationStore } from './registration/store.ts';
import type { AccountEffect } from './population-change.ts';
import type { ConsenterRow, CredentialRow, NewSession } from './session.ts';
import type { Sql } from './sql.ts';
import { lockThrottles, writeThrottles } from './throttle-rows.ts';
import type { ThrottleState, Verdict } from './throttle.ts';
import { Turnstile } from './turnstile.ts';

/** A document that stands in an account; what stands linked says by what. */
export type LinkedDocumentRow = Omit<LinkedDocument, 'subject'>;

/** The accounts database: the only place that speaks to it. */
export class AccountsStore {
  readonly #prisma: PrismaClient;
  /** Counters are locked on three connections at most; the rest of the pool stays free for look-ups. */
  readonly #counters = new Turnstile(3, 300);

  constructor(databaseUrl: string) {
    this.#prisma = new PrismaClient({
      adapter: databaseAdapter(databaseUrl),
      transactionOptions: TRANSACTION_TIMES,
    });
    this.passkeys = new PasskeyStore(this.#prisma);
    this.changes = new ChangeStore(this.#prisma);
    this.registrations = new RegistrationStore(this.#prisma);
    this.messages = new MessageStore(this.#prisma);
    this.codes = new OtpStore(this.#prisma);
    this.locks = new LockStore(this.#prisma);
    this.sessions = new SessionStore(this.#prisma);
  }

  /** Passkeys, on the same connections. */
  readonly passkeys: PasskeyStore;
  /** What changed, and the changes that neither the owner nor population makes. */
  readonly changes: ChangeStore;
  /** Registrations, on the same connections. */
  readonly registrations: RegistrationStore;
  /** The outbox's rows. */
  readonly messages: MessageStore;
  /** Locks and what authorities ask. */
  readonly locks: LockStore;
  /** Where accounts are signed in, and the attempts to. */
  readonly sessions: SessionStore;
  /** One-time codes, as far as they are not issued or checked. */
  readonly codes: OtpStore;

  readonly served = openServed((sql, values) => this.#prisma.$queryRawUnsafe<unknown[]>(sql, ...values));

  readonly ping = async (): Promise<void> => {
    await this.#prisma.$queryRaw`SELECT 1`;
  };

  readonly close = (): Promise<void> => this.#prisma.$disconnect();

  /** As {@link findSessions}. */
  findSessions(ids: readonly string[], now: Date): ReturnType<typeof findSessions> {
    return findSessions(this.#prisma, ids, now);
  }

  /** As {@link findConsenter}. */
  findConsenter(asked: Parameters<typeof findConsenter>[1]): Promise<ConsenterRow | null> {
    return findConsenter(this.#prisma, asked);
  }

  /** As {@link findApplicant}. */
  findApplicant(registrationId: string): ReturnType<typeof findApplicant> {
    return findApplicant(this.#prisma, registrationId);
  }

  /** A person's account. */
  async findAccount(subject: string): Promise<Account | null> {
    const row = await this.#prisma.account.findUnique({ where: { subject } });
    return row === null ? null : toAccount(row);
  }

  /** A member of staff. */
  findStaff(id: string): Promise<Staff | null> {
    return this.#prisma.staff.findUnique({ where: { id } });
  }

  /** Everybody the owner was ever told to act for and has not been told to cease; {@link livingWards} says who is left today. */
  wardsOf(subject: string): Promise<Ward[]> {
    return wardsOf(this.#prisma, subject);
  }

  /** The organisations a person represents, by name. */
  organisationsOf(subject: string): Promise<Organisation[]> {
    return this.#prisma.organisation.findMany({
      where: { representative: subject, endedAt: null },
      orderBy: [{ legalName: 'asc' }, { id: 'asc' }],
      select: { id: true, legalName: true, taxCode: true, sector: true },
    });
  }

  /** The documents in an account, oldest first. */
  documentsOf(subject: string): Promise<LinkedDocumentRow[]> {
    return this.#prisma.linkedDocument.findMany({
      where: { subject, status: { not: 'REMOVED' } },
      orderBy: [{ linkedAt: 'asc' }, { id: 'asc' }],
      select: { id: true, kind: true, ref: true, status: true, linkedAt: true, evidence: true },
    });
  }

  /** What a user name signs in with, and whether it has done so from this device: one statement, found or not. */
  async findCredential(username: string, device: string | null): Promise<CredentialRow | null> {
    const [row] = await this.#prisma.$queryRaw<CredentialRow[]>`
      SELECT c.username, c.subject, c.staff_id AS "staffId", COALESCE(a.status, o.status)::text AS status,
        c.password_hash AS "passwordHash", c.passcode_hash AS "passcodeHash", k.device IS NOT NULL AS "knownDevice"
      FROM credentials c LEFT JOIN accounts a ON a.subject = c.subject LEFT JOIN staff o ON o.id = c.staff_id
        LEFT JOIN known_devices k ON k.username = c.username AND k.device = ${device}
      WHERE c.username = ${username}`;
    return row ?? null;
  }

  /** What the passcode of a living session is held against. */
  async findSessionCredential(
    id: string,
    now: Date,
  ): Promise<{ username: string; passcodeHash: string; expiresAt: Date } | null> {
    const [row] = await this.#prisma.$queryRaw<{ username: string; passcodeHash: string; expiresAt: Date }[]>`
      SELECT c.username, c.passcode_hash AS "passcodeHash", s.expires_at AS "expiresAt"
      FROM sessions s JOIN credentials c ON c.subject = s.subject OR c.staff_id = s.staff_id
      WHERE s.id = ${id} AND s.revoked_at IS NULL AND s.expires_at > ${now}`;
    return row ?? null;
  }

  /**
   * Holds an attempt against its counters, all of them locked meanwhile, and stores what the judge makes of them: no
   * two processes judge the same counter at once. Keys must come sorted, or two attempts could wait for each other.
   */
  chargeAttempt(
    keys: readonly string[],
    now: Date,
    judge: (states: readonly ThrottleState[]) => Verdict,
  ): Promise<Verdict> {
    return this.#counting(async (transaction) => {
      const verdict = judge(await lockThrottles(transaction, keys, now));
      if (verdict.admitted) await writeThrottles(transaction, verdict.next);
      return verdict;
    });
  }

  /**
   * Opens a session: with it the attempt is taken back from the counters, the device becomes known and the sign-in is kept.
   * `ofNewDevice` is done with it where the device was not known; one that nothing recognises never is.
   */
  openSession(
    session: NewSession,
    attempt: { username: string; device: string | null; keys: readonly string[] },
    forgive: (states: readonly ThrottleState[]) => ThrottleState[],
    ofNewDevice: (sql: Sql) => Promise<void>,
  ): Promise<void> {
    return this.#counting(async (transaction) => {
      const states = await lockThrottles(transaction, attempt.keys, session.createdAt);
      await writeThrottles(transaction, forgive(states));
      const { confirmation, ...columns } = session;
      await transaction.session.create({ data: { ...columns, ...confirmationColumns(confirmation) } });
      const { subject, staffId, createdAt: at, device, source } = session;
      const newDevice =
        attempt.device === null || (await becomesKnown(transaction, attempt.username, attempt.device, at));
      const owner = subject ?? staffId;
      await recordSignIn(transaction, { owner, at, outcome: 'SIGNED_IN', device, newDevice, source });
      if (newDevice) await ofNewDevice(transaction);
    });
  }

  /** Opens sensitive data to a living session; the passcode's own counter starts anew. Tells whether there was one. */
  openSensitive(id: string, confirmation: Confirmation, passcodeKey: string): Promise<boolean> {
    return this.#prisma.$transaction(async (transaction) => {
      const { count } = await transaction.session.updateMany({
        where: { id, revokedAt: null, expiresAt: { gt: confirmation.at } },
        data: confirmationColumns(confirmation),
      });
      await transaction.throttle.deleteMany({ where: { key: passcodeKey } });
      return count === 1;
    });
  }

  /** Takes an attempt back from its counters. */
  forgive(
    keys: readonly string[],
    now: Date,
    forgive: (states: readonly ThrottleState[]) => ThrottleState[],
  ): Promise<void> {
    return this.#counting(async (transaction) =>
      writeThrottles(transaction, forgive(await lockThrottles(transaction, keys, now))),
    );
  }

  /** Runs work as one transaction. */
  transact<Result>(work: (sql: Sql) => Promise<Result>): Promise<Result> {
    return this.#prisma.$transaction(work);
  }

  /** As {@link transact}, for what strangers can do in floods and locks what others wait for: a few at a time. */
  transactInTurn<Result>(work: (sql: Sql) => Promise<Result>): Promise<Result> {
    return this.#counting(work);
  }

  #counting<Result>(work: (transaction: Prisma.TransactionClient) => Promise<Result>): Promise<Result> {
    return this.#counters.pass(() => this.#prisma.$transaction(work));
  }

  /** Ends a session, at once and for every process. */
  async revokeSession(id: string, now: Date): Promise<void> {
    await this.#prisma.session.updateMany({ where: { id, revokedAt: null }, data: { revokedAt: now } });
  }

  /** How far population's changes have been applied; null at the beginning. */
  async readCursor(): Promise<string | null> {
    return (await this.#prisma.changeCursor.findUnique({ where: { one: true } }))?.cursor ?? null;
  }

  /**
   * Applies changes and moves the cursor in one transaction. Nothing is done when another process has moved the cursor
   * since it was read. `contradicted` counts changes that the database would not have.
   */
  applyChanges(
    from: string | null,
    to: string,
    effects: readonly AccountEffect[],
    tellOwner: TellOwner,
  ): Promise<{ applied: boolean; contradicted: number }> {
    return this.#prisma.$transaction(
      async (transaction) => {
        const moved = await transaction.changeCursor.updateMany({
          where: { one: true, cursor: from },
          data: { cursor: to },
        });
        if (moved.count === 0) return { applied: false, contradicted: 0 };
        await lockChanges(transaction);
        let contradicted = 0;
        for (const effect of effects)
          if (!(await applyEffect(transaction, effect, tellOwner))) contradicted += 1;
        return { applied: true, contradicted };
      },
      { timeout: 30_000 },
    );
  }

  /** Drops sessions and counters that have meant nothing since `before`. */
  async sweep(before: Date): Promise<void> {
    await this.#prisma.session.deleteMany({ where: { expiresAt: { lt: before } } });
    await this.#prisma.throttle.deleteMany({ where: { lastAt: { lt: before } } });
  }
}

function toAccount(row: AccountRow): Account {
  return {
    subject: row.subject,
    level: row.level === 2 ? 2 : row.level === 1 ? 1 : 0,
    status: row.status,
    lockReason: row.lockReason,
    lockedAt: row.lockedAt,
    lockReasons: row.lockCauses.length > 0 || row.lockReason === null ? row.lockCauses : [row.lockReason],
    approvedAt: row.approvedAt,
    activatedAt: row.activatedAt,
    phone: row.phone,
    email: row.email,
    boundDevice:
      row.deviceModel === null || row.deviceBoundAt === null
        ? null
        : { model: row.deviceModel, boundAt: row.deviceBoundAt },
    synthetic: row.synthetic,
    ids: {
      kind: row.kind,
      personalNumber: row.personalNumber,
      cancelledNumbers: row.cancelledNumbers,
      oldIdNumber: row.oldIdNumber,
      matchName: row.matchName,
      dateOfBirth: row.dateOfBirth,
      passports: row.passports,
    },
  };
}
