import { runSql } from '@dinhdanh/kit/testing';

/** A statement as the server counted it. */
export interface CountedStatement {
  readonly database: string;
  readonly query: string;
  readonly calls: number;
  /** In the server, planning included, in milliseconds. */
  readonly ms: number;
}

/** Makes a server count the statements of all its databases anew. */
export async function countAnew(databaseUrl: string): Promise<void> {
  await runSql(databaseUrl, 'CREATE EXTENSION IF NOT EXISTS pg_stat_statements');
  await runSql(databaseUrl, 'SELECT pg_stat_statements_reset()');
}

/** What it has counted since, the most frequent first. */
export async function readCounts(databaseUrl: string): Promise<readonly CountedStatement[]> {
  return runSql<CountedStatement>(
    databaseUrl,
    `SELECT datname AS database, query, calls::int, (total_exec_time + total_plan_time)::float8 AS ms
     FROM pg_stat_statements JOIN pg_database ON pg_database.oid = dbid
     WHERE query NOT LIKE '%pg_stat_statements%' ORDER BY calls DESC, query`,
  );
}

/** Statements of each database for one flow. */
export function countsEach(counts: readonly CountedStatement[], flows: number): Record<string, number> {
  const sums: Record<string, number> = {};
  for (const { database, calls } of counts) sums[database] = (sums[database] ?? 0) + calls;
  return Object.fromEntries(
    Object.entries(sums).map(([database, calls]) => [
      database,
      Number((calls / Math.max(1, flows)).toFixed(2)),
    ]),
  );
}
