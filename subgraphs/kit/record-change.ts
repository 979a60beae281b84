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
 * Makes the changes of a registry run one after another, until the transaction ends. To be called before anything is
 * read that the change depends on: nothing read after it can be overtaken. Readers are not held up.
 */
export async function lockChanges(transaction: ChangeTransaction): Promise<void> {
  await transaction.$executeRawUnsafe('LOCK TABLE "changes" IN EXCLUSIVE MODE');
}

/**
 * Appends a change in the transaction of the change itself. The lock makes ids grow in the order of the commits: a
 * reader that resumes after the highest id it saw would otherwise never learn of a transaction that took a lower one
 * and committed later.
 */
export async function recordChange(transaction: ChangeTransaction, change: NewChange): Promise<void> {
  await lockChanges(transaction);
  await transaction.$executeRawUnsafe(
    'INSERT INTO "changes" ("kind", "keys") VALUES ($1, $2::text::jsonb)',
    change.kind,
    JSON.stringify(change.keys),
  );
}
