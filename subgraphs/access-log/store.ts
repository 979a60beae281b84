import { openServed, traced } from '@dinhdanh/kit';
import type { OpenOptions, ServiceStore } from '@dinhdanh/kit';
import pg from 'pg';

/** The access log's database. Its statements are written by hand: partitions, bytes and one fenced writer. */
export interface AccessLogStore extends ServiceStore {
  readonly pool: pg.Pool;
}

const POOL_SIZE = 8;
const STATEMENT_TIMEOUT_MS = 10_000;

/** Opens the database of the access log. A connection is made with the first statement. */
export function openStore({ databaseUrl }: Pick<OpenOptions, 'databaseUrl'>): AccessLogStore {
  const pool = new pg.Pool({
    connectionString: databaseUrl,
    max: POOL_SIZE,
    statement_timeout: STATEMENT_TIMEOUT_MS,
    connectionTimeoutMillis: 5_000,
    // What this service writes, it keeps, whatever the server's default.
    options: '-c synchronous_commit=on',
  });
  // A connection that breaks while idle is replaced by the next statement.
  pool.on('error', () => undefined);
  // One that breaks while it is lent out fails the statement it is used for, and must not end the process besides.
  pool.on('connect', (client) => client.on('error', () => undefined));
  return {
    pool,
    served: openServed(
      async (sql, values) =>
        (await traced(sql, () => pool.query<Record<string, unknown>>(sql, [...values]))).rows,
    ),
    ping: async () => {
      await pool.query('SELECT 1');
    },
    close: () => pool.end(),
  };
}
