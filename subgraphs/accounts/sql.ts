import type { ChangeTransaction } from '@dinhdanh/kit';

/** Somewhere SQL can be run: the database or a transaction of it. Values are always bound, never spliced. */
export interface Sql extends ChangeTransaction {
  $queryRaw<Row>(strings: TemplateStringsArray, ...values: readonly unknown[]): PromiseLike<Row>;
  $executeRaw(strings: TemplateStringsArray, ...values: readonly unknown[]): PromiseLike<number>;
}
