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
 * Does the writes of one change and appends the change itself, all in the transaction given.
 *
 * The changes of a registry run one after another: ids then grow in the order of the commits, and a reader that resumes
 * after the highest id it saw misses nothing (a transaction that took a lower id and committed later would be lost to
 * it). It also means that what `work` has read cannot be overtaken by another change. Readers are not held up.
 */
export async function recordChange<Transaction extends ChangeTransaction>(
  transaction: Transaction,
  work: (write: Transaction) => Promise<NewChange>,
): Promise<void> {
  await transaction.$executeRawUnsafe('LOCK TABLE "changes" IN EXCLUSIVE MODE');
  const { kind, keys } = await work(transaction);
  await transaction.$executeRawUnsafe(
    'INSERT INTO "changes" ("kind", "keys") VALUES ($1, $2::text::jsonb)',
    kind,
    JSON.stringify(keys),
  );
}
