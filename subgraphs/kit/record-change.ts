import type { ChangeKey } from './changes.ts';

/** A change about to be stored. `kind` is one of the service's own enum in its schema. */
export interface NewChange<Kind extends string = string> {
  readonly kind: Kind;
  readonly keys: readonly ChangeKey[];
}

/** A transaction of any service's Prisma client, as far as recording a change needs it. */
export interface ChangeTransaction {
  $executeRawUnsafe(sql: string, ...values: unknown[]): PromiseLike<number>;
}

/**
 * Appends a change in the transaction of the change itself, as its last statement. The lock makes ids grow in the order
 * of the commits: a reader that resumes after the highest id it saw would otherwise never learn of a transaction that
 * took a lower one and committed later. Readers are not held up by it.
 */
export async function recordChange(transaction: ChangeTransaction, change: NewChange): Promise<void> {
  await transaction.$executeRawUnsafe('LOCK TABLE "changes" IN EXCLUSIVE MODE');
  await transaction.$executeRawUnsafe(
    'INSERT INTO "changes" ("kind", "keys") VALUES ($1, $2::text::jsonb)',
    change.kind,
    JSON.stringify(change.keys),
  );
}
