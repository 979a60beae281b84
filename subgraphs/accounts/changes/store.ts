import { legalDateOf, lockChanges, recordChange } from '@dinhdanh/kit';
import type { LockReason, WardRelation } from '../account.ts';
import { confirmationColumns } from '../confirmation-rows.ts';
import type { Change, PrismaClient } from '../generated/prisma/client.ts';
import type { TellOwner } from '../life/tell-owner.ts';
import { FULL_AGE, relationHolds } from '../rules.ts';
import { accountChange } from './account-change.ts';
import { tellEnds } from './tell-ends.ts';

/** A relation that may have ended by its day alone. */
interface TimedRelation {
  readonly id: string;
  readonly relation: WardRelation;
  readonly endsOn: string | null;
  readonly dateOfBirth: string | null;
}

/** What changed, and the changes that neither the owner nor population makes: each with its row of `changes`. */
export class ChangeStore {
  readonly #prisma: PrismaClient;

  constructor(prisma: PrismaClient) {
    this.#prisma = prisma;
  }

  /** Changes behind an id, oldest first. */
  readonly after = (id: bigint, take: number): Promise<Change[]> =>
    this.#prisma.change.findMany({ where: { id: { gt: id } }, orderBy: { id: 'asc' }, take });

  /**
   * Locks an account in use for an authority's reason, closes sensitive data and tells the owner; tells whether it was in
   * use.
   */
  lock(subject: string, lockReason: LockReason, now: Date, tellOwner: TellOwner): Promise<boolean> {
    return this.#change('LOCKED', subject, async (transaction) => {
      await transaction.session.updateMany({ where: { subject }, data: confirmationColumns(null) });
      const locked = await transaction.account.updateMany({
        where: { subject, status: 'ACTIVE' },
        data: { status: 'LOCKED', lockReason, lockedAt: now, lockCauses: [lockReason] },
      });
      if (locked.count === 1)
        await tellOwner(
          transaction,
          subject,
          { kind: 'ACCOUNT_LOCKED', inputs: { reason: lockReason } },
          now,
        );
      return locked;
    });
  }

  /** Unlocks a locked account whatever holds it, and tells the owner; tells whether it was one. */
  unlock(subject: string, now: Date, tellOwner: TellOwner): Promise<boolean> {
    return this.#change('UNLOCKED', subject, async (transaction) => {
      const unlocked = await transaction.account.updateMany({
        where: { subject, status: 'LOCKED' },
        data: { status: 'ACTIVE', lockReason: null, lockedAt: null, lockCauses: [] },
      });
      if (unlocked.count === 1)
        await tellOwner(transaction, subject, { kind: 'ACCOUNT_UNLOCKED', inputs: {} }, now);
      return unlocked;
    });
  }

  /** Sets the level of an account that has another, and tells the owner; tells whether there was one. */
  setLevel(subject: string, level: 1 | 2, now: Date, tellOwner: TellOwner): Promise<boolean> {
    return this.#change('LEVEL_CHANGED', subject, async (transaction) => {
      const changed = await transaction.account.updateMany({
        where: { subject, level: { not: level }, status: { not: 'CLOSED' } },
        data: { level },
      });
      if (changed.count === 1)
        await tellOwner(transaction, subject, { kind: 'LEVEL_CHANGED', inputs: { level } }, now);
      return changed;
    });
  }

  /**
   * Closes an account for good, with every session, and tells the owner; tells whether it was open. Guardianships stand:
   * they are not the account's.
   */
  closeAccount(subject: string, now: Date, tellOwner: TellOwner): Promise<boolean> {
    return this.#change('CLOSED', subject, async (transaction) => {
      const closed = await transaction.account.updateMany({
        where: { subject, status: { not: 'CLOSED' } },
        data: { status: 'CLOSED', lockReason: null, lockCauses: [], lockedAt: now },
      });
      if (closed.count === 0) return closed;
      await transaction.session.updateMany({
        where: { subject, revokedAt: null },
        data: { ...confirmationColumns(null), revokedAt: now },
      });
      await tellOwner(transaction, subject, { kind: 'ACCOUNT_CLOSED', inputs: {} }, now);
      return closed;
    });
  }

  /**
   * Tells of relations that a day has ended: nobody changes anything on that day, so they are looked for. Whoever asks
   * who may act for whom is answered by the day itself, told or not.
   */
  async tellTimedEnds(now: Date): Promise<number> {
    const today = legalDateOf(now);
    const bornBefore = Number(today.slice(0, 4)) - FULL_AGE;
    const found = await this.#prisma.$queryRaw<TimedRelation[]>`
      SELECT r.id, r.relation::text AS relation, r.ends_on::text AS "endsOn", w.date_of_birth AS "dateOfBirth"
      FROM relations r LEFT JOIN accounts w ON w.personal_number = r.ward_number
      WHERE r.ended_at IS NULL AND r.end_told_at IS NULL AND (r.ends_on <= ${today}::date
        OR (r.relation = 'CHILD' AND left(w.date_of_birth, 4)::int <= ${bornBefore}::int))
      ORDER BY r.id`;
    const ended = found.filter((term) => !stillHolds(term, today)).map(({ id }) => id);
    for (let start = 0; start < ended.length; start += AT_ONCE) {
      await this.#prisma.$transaction(
        async (transaction) => {
          await lockChanges(transaction);
          await tellEnds(transaction, ended.slice(start, start + AT_ONCE), now);
        },
        { timeout: 30_000 },
      );
    }
    return ended.length;
  }

  /** Runs one change of one account as a transaction, with its row where something changed. */
  #change(
    kind: Parameters<typeof accountChange>[0],
    subject: string,
    write: (
      transaction: Parameters<Parameters<PrismaClient['$transaction']>[0]>[0],
    ) => Promise<{ count: number }>,
  ): Promise<boolean> {
    return this.#prisma.$transaction(async (transaction) => {
      await lockChanges(transaction);
      const { count } = await write(transaction);
      if (count === 1) await recordChange(transaction, accountChange(kind, subject));
      return count === 1;
    });
  }
}

/** So many ends are told in one transaction. */
const AT_ONCE = 200;

function stillHolds({ relation, endsOn, dateOfBirth }: TimedRelation, today: string): boolean {
  if (dateOfBirth === null) return endsOn === null || today < endsOn;
  return relationHolds({ relation, endsOn }, dateOfBirth, today);
}
