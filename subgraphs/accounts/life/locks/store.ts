import { lockChanges } from '@dinhdanh/kit';
import type { LockReason } from '../../account.ts';
import type { LockRequest as Row, Prisma, PrismaClient } from '../../generated/prisma/client.ts';
import type { Sql } from '../../sql.ts';
import { nextLockState, stateBefore } from './lock-machine.ts';
import type { LockRequestEvent } from './lock-machine.ts';
import { addLockCause, endLockCause } from './lock-rows.ts';
import type { LockCause } from './lock-rows.ts';
import type { TellOwner } from '../tell-owner.ts';

/** A request to lock an account as it is kept. */
export type LockRequestRow = Row;

/** What a move writes beside the state. */
export type LockRequestPatch = Partial<
  Pick<
    Row,
    | 'forwardedAt'
    | 'forwardedBy'
    | 'decideBy'
    | 'decidedAt'
    | 'decidedBy'
    | 'refusal'
    | 'carriedOutAt'
    | 'endedAt'
  >
>;

/** Locks of accounts and what authorities ask: every write is one transaction with its state condition. */
export class LockStore {
  readonly #prisma: PrismaClient;

  constructor(prisma: PrismaClient) {
    this.#prisma = prisma;
  }

  /** The subject of a personal number in force or cancelled whose account can be locked, or null. */
  async findLockable(personalNumber: string): Promise<string | null> {
    const row = await this.#prisma.account.findFirst({
      where: {
        OR: [{ personalNumber }, { cancelledNumbers: { has: personalNumber } }],
        status: { in: ['ACTIVE', 'LOCKED'] },
      },
      select: { subject: true },
    });
    return row?.subject ?? null;
  }

  /** Keeps a request that was received. The same document of the same authority about the same account is one request. */
  async receive(
    request: Pick<
      Row,
      | 'id'
      | 'subject'
      | 'reason'
      | 'authority'
      | 'document'
      | 'ground'
      | 'requestedBy'
      | 'receivedAt'
      | 'forwardBy'
    >,
  ): Promise<LockRequestRow> {
    const { subject, authority, document } = request;
    await this.#prisma.lockRequest.createMany({ data: request, skipDuplicates: true });
    return this.#prisma.lockRequest.findUniqueOrThrow({
      where: { subject_authority_document: { subject, authority, document } },
    });
  }

  /** A request. */
  find(id: string): Promise<LockRequestRow | null> {
    return this.#prisma.lockRequest.findUnique({ where: { id } });
  }

  /**
   * Moves a request on, from the one state the event starts from; who asked for the lock never decides it. What is to happen
   * with it happens in the same transaction. Null where it was not in that state, or for want of a second pair of eyes.
   */
  move(
    id: string,
    event: LockRequestEvent,
    patch: LockRequestPatch,
    also: (sql: Sql, request: LockRequestRow) => Promise<void>,
  ): Promise<LockRequestRow | null> {
    const from = stateBefore(event);
    const to = nextLockState(from, event);
    if (to === null) return Promise.resolve(null);
    const decider = patch.decidedBy ?? null;
    return this.#locking(async (transaction) => {
      const { count } = await transaction.lockRequest.updateMany({
        where: { id, state: from, ...(decider === null ? {} : { requestedBy: { not: decider } }) },
        data: { ...patch, state: to },
      });
      if (count === 0) return null;
      const request = await transaction.lockRequest.findUniqueOrThrow({ where: { id } });
      await also(transaction, request);
      return request;
    });
  }

  /** Locks for the owner's own cause, in a transaction of its own; what is asked for the account ends with it. */
  addCause(
    cause: LockCause,
    tellOwner: TellOwner,
    endAsked: (transaction: Prisma.TransactionClient, subject: string, at: Date) => Promise<void>,
  ): ReturnType<typeof addLockCause> {
    return this.#locking(async (transaction) => {
      const outcome = await addLockCause(transaction, cause, tellOwner);
      if (outcome !== 'NONE') await endAsked(transaction, cause.subject, cause.at);
      return outcome;
    });
  }

  /** Ends a cause that the owner gave, where a confirmation stands open in their session. */
  endByOwner(
    sessionId: string,
    cause: LockCause,
    tellOwner: TellOwner,
  ): Promise<Awaited<ReturnType<typeof endLockCause>> | 'NOT_CONFIRMED'> {
    return this.#locking(async (transaction) => {
      const confirmed = await transaction.session.count({
        where: {
          id: sessionId,
          subject: cause.subject,
          revokedAt: null,
          passcodeUntil: { gt: cause.at },
        },
      });
      return confirmed === 0 ? 'NOT_CONFIRMED' : endLockCause(transaction, cause, tellOwner);
    });
  }

  /** Marks requests that are past the time for their next step, each once; tells how many there were. */
  async markLate(now: Date): Promise<number> {
    const { count } = await this.#prisma.lockRequest.updateMany({
      where: {
        lateToldAt: null,
        OR: [
          { state: 'RECEIVED', forwardBy: { lte: now } },
          { state: 'FORWARDED', decideBy: { lte: now } },
        ],
      },
      data: { lateToldAt: now },
    });
    return count;
  }

  #locking<Result>(work: (transaction: Prisma.TransactionClient) => Promise<Result>): Promise<Result> {
    return this.#prisma.$transaction(async (transaction) => {
      await lockChanges(transaction);
      return work(transaction);
    });
  }
}

/** How many carried-out requests still hold an account locked for a reason. */
export async function requestsHolding(sql: Sql, subject: string, reason: LockReason): Promise<number> {
  const [row] = await sql.$queryRaw<{ count: number }[]>`
    SELECT count(*)::int AS count FROM lock_requests
    WHERE subject = ${subject} AND reason = ${reason}::lock_reason AND state = 'CARRIED_OUT'`;
  return row?.count ?? 0;
}
