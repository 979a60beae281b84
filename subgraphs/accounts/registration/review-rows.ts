import type { Sql } from '../sql.ts';

/** A registration that an officer has to look at: since when, by when, and codes of why. */
export interface ReviewRow {
  readonly registrationId: string;
  readonly reasons: readonly string[];
  readonly dueAt: Date;
  readonly createdAt: Date;
}

/** Puts a registration into the queue. */
export async function queueReview(sql: Sql, row: ReviewRow): Promise<void> {
  await sql.$executeRaw`INSERT INTO review_items (registration_id, reasons, due_at, created_at)
    VALUES (${row.registrationId}, ${[...row.reasons]}::text[], ${row.dueAt}, ${row.createdAt})`;
}

/** Takes a registration out of the queue: decided by a member of staff, or null where it ended otherwise. */
export async function settleReview(
  sql: Sql,
  registrationId: string,
  { at, by }: { readonly at: Date; readonly by: string | null },
): Promise<void> {
  await sql.$executeRaw`UPDATE review_items SET settled_at = ${at}, settled_by = ${by}
    WHERE registration_id = ${registrationId}`;
}

/** The queue, the first due first. One statement. */
export function readReviews(sql: Sql, take: number): PromiseLike<ReviewRow[]> {
  return sql.$queryRaw<ReviewRow[]>`
    SELECT registration_id AS "registrationId", reasons, due_at AS "dueAt", created_at AS "createdAt"
    FROM review_items WHERE settled_at IS NULL ORDER BY due_at, registration_id LIMIT ${take}`;
}
