import { Prisma } from '../../generated/prisma/client.ts';
import type { PrismaClient } from '../../generated/prisma/client.ts';
import type { ConsentEffect } from '../account-change.ts';

/** From where to where a list of changes was read. */
export interface Span {
  /** The root field of the list. */
  readonly root: string;
  readonly from: string | null;
  readonly to: string;
}

type Stop = Extract<ConsentEffect, { readonly type: 'stop' }>;

/** What changes elsewhere have made of consents, with how far they were read. */
export class FollowedStore {
  readonly #prisma: PrismaClient;

  constructor(prisma: PrismaClient) {
    this.#prisma = prisma;
  }

  /** How far a list of changes has been applied; null at the beginning. */
  async readCursor(root: string): Promise<string | null> {
    return (await this.#prisma.changeCursor.findUnique({ where: { root } }))?.cursor ?? null;
  }

  /**
   * Applies changes and moves the cursor in one transaction; tells how many consents changed. Null, and nothing is done, where
   * another process has moved the cursor since it was read.
   */
  apply({ root, from, to }: Span, effects: readonly ConsentEffect[], now: Date): Promise<number | null> {
    return this.#prisma.$transaction(
      async (transaction) => {
        const moved = await transaction.$executeRaw`
          INSERT INTO change_cursors (root, cursor) VALUES (${root}, ${to}) ON CONFLICT (root) DO UPDATE SET cursor = excluded.cursor
          WHERE change_cursors.cursor = ${from}`;
        if (moved === 0) return null;
        let changed = 0;
        for (const effect of effects) {
          if (effect.type === 'stop') {
            await cancelRequests(transaction, effect, now);
            changed += await stop(transaction, effect, now);
          } else changed += await lift(transaction, effect.key, now);
        }
        return changed;
      },
      { timeout: 30_000 },
    );
  }
}

/** What was taken before the change is not granted after it. */
function cancelRequests(sql: Prisma.TransactionClient, { whose, key, at }: Stop, now: Date): Promise<number> {
  const theirs = {
    grantor: Prisma.sql`claimed_by = ${key}`,
    relation: Prisma.sql`decision ->> 'relationId' = ${key}`,
    anybody: Prisma.sql`(claimed_by = ${key} OR decision ->> 'subject' = ${key})`,
  }[whose];
  return sql.$executeRaw`
    UPDATE share_requests SET state = 'CANCELLED', ended_at = ${now}, number = NULL, return_hash = NULL
    WHERE state IN ('CLAIMED', 'APPROVED') AND claimed_at <= ${at} AND ${theirs}`;
}

/** What was given after a change stands, however late the change is told; a lock that is told late has its unlock behind it. */
function stop(sql: Prisma.TransactionClient, { whose, key, reason, at }: Stop, now: Date): Promise<number> {
  const theirs = {
    grantor: Prisma.sql`grantor = ${key}`,
    relation: Prisma.sql`relation_id = ${key}`,
    anybody: Prisma.sql`(grantor = ${key} OR subject = ${key})`,
  }[whose];
  return sql.$executeRaw`
    WITH changed AS (
      UPDATE consents SET stop_reasons = array_append(stop_reasons, ${reason}), changed_at = ${now},
        stopped_from = CASE WHEN state = 'STOPPED' THEN stopped_from ELSE state END, state = 'STOPPED'
      WHERE ${theirs} AND state IN ('ACTIVE', 'PAUSED', 'STOPPED') AND ends_at > ${now} AND NOT ${reason} = ANY(stop_reasons)
        AND granted_at <= ${at}
      RETURNING id)
    INSERT INTO consent_changes (consent_id, at, state, by, reason) SELECT id, ${now}, 'STOPPED', 'system', ${reason} FROM changed`;
}

/** An unlock takes LOCKED away from what the lock stopped; where no other reason is left, it stands as it stood before. */
function lift(sql: Prisma.TransactionClient, grantor: string, now: Date): Promise<number> {
  return sql.$executeRaw`
    WITH changed AS (
      UPDATE consents SET stop_reasons = array_remove(stop_reasons, 'LOCKED'), changed_at = ${now},
        state = CASE WHEN cardinality(stop_reasons) > 1 THEN state ELSE stopped_from END,
        stopped_from = CASE WHEN cardinality(stop_reasons) > 1 THEN stopped_from END
      WHERE grantor = ${grantor} AND state = 'STOPPED' AND 'LOCKED' = ANY(stop_reasons) AND ends_at > ${now}
      RETURNING id, state)
    INSERT INTO consent_changes (consent_id, at, state, by, reason) SELECT id, ${now}, state, 'system', 'UNLOCKED' FROM changed`;
}
