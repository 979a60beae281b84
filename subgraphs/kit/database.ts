import { createHash, randomUUID } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { PrismaPg } from '@prisma/adapter-pg';
import pg from 'pg';
import { AppError } from './errors.ts';
import { traced } from './trace-statement.ts';

/** Somewhere a statement can be read from: a Prisma client or a transaction of one. Values are always bound, never spliced. */
export interface RawReader {
  $queryRaw<Row>(strings: TemplateStringsArray, ...values: readonly unknown[]): PromiseLike<Row>;
}

/** How many connections one service keeps to its database. */
const POOL_SIZE = 8;

/** A statement that takes longer than this is cancelled by the server, in milliseconds: nothing waits for ever. */
const STATEMENT_TIMEOUT_MS = 10_000;

/**
 * How long a transaction of Prisma's waits for a connection, and how long it may last, in milliseconds. Who asked is gone
 * long before; Prisma's own two and five seconds end what a busy machine would still have done.
 */
export const TRANSACTION_TIMES = {
  maxWait: STATEMENT_TIMEOUT_MS,
  timeout: 2 * STATEMENT_TIMEOUT_MS,
} as const;

/**
 * The driver adapter every service's store hands to its Prisma client. Statements are named by their text, so that the
 * server plans each of them once per connection.
 */
export function databaseAdapter(databaseUrl: string): PrismaPg {
  return new TracedPg(connectionOf(databaseUrl), { statementNameGenerator: ({ sql }) => statementName(sql) });
}

/** Tells of each statement where the work it belongs to is traced, those of transactions too. */
class TracedPg extends PrismaPg {
  override async connect(): Promise<Connected> {
    const adapter = await super.connect();
    const startTransaction = adapter.startTransaction.bind(adapter);
    adapter.startTransaction = async (level) => traceStatements(await startTransaction(level));
    return traceStatements(adapter);
  }
}

type Connected = Awaited<ReturnType<PrismaPg['connect']>>;

function traceStatements<Queryable extends Pick<Connected, 'queryRaw' | 'executeRaw'>>(
  adapter: Queryable,
): Queryable {
  const query = adapter.queryRaw.bind(adapter);
  const execute = adapter.executeRaw.bind(adapter);
  adapter.queryRaw = (statement) => traced(statement.sql, () => query(statement));
  adapter.executeRaw = (statement) => traced(statement.sql, () => execute(statement));
  return adapter;
}

/** How a service's pool of connections is opened. */
export function connectionOf(databaseUrl: string): pg.PoolConfig {
  return {
    connectionString: databaseUrl,
    max: POOL_SIZE,
    statement_timeout: STATEMENT_TIMEOUT_MS,
    connectionTimeoutMillis: 5_000,
  };
}

const names = new Map<string, string>();
/** More than there are statements; texts that are made for a moment would fill the memory. */
const NAMES_KEPT = 2_000;

/** The name of a statement: its text, shortened. Made once for each text. */
export function statementName(sql: string): string {
  const known = names.get(sql);
  if (known !== undefined) return known;
  const name = createHash('sha1').update(sql).digest('hex');
  if (names.size < NAMES_KEPT) names.set(sql, name);
  return name;
}

/**
 * The key of PostgreSQL's advisory lock under which Prisma's own engine migrates. Taking the same one lets this runner
 * and Prisma's tools work on one database without treading on each other.
 */
const MIGRATION_LOCK = 72_707_369;

const MIGRATIONS_TABLE = `CREATE TABLE IF NOT EXISTS _prisma_migrations (
  id varchar(36) PRIMARY KEY, checksum varchar(64) NOT NULL, finished_at timestamptz, migration_name varchar(255) NOT NULL,
  logs text, rolled_back_at timestamptz, started_at timestamptz NOT NULL DEFAULT now(), applied_steps_count integer NOT NULL DEFAULT 0)`;

/**
 * Applies the pending migrations of a folder (`<folder>/<name>/migration.sql`, Prisma's layout and bookkeeping), each in
 * a transaction of its own, under an advisory lock so that replicas may start at once.
 *
 * @returns how many were applied
 * @throws AppError `SOURCE_UNAVAILABLE` when an applied migration's file has been changed since
 */
export async function migrate(databaseUrl: string, folder: string): Promise<number> {
  const client = new pg.Client({ connectionString: databaseUrl });
  await client.connect();
  try {
    await client.query('SELECT pg_advisory_lock($1)', [MIGRATION_LOCK]);
    await client.query(MIGRATIONS_TABLE);
    const applied = await appliedChecksums(client);
    let count = 0;
    for (const migration of await readMigrations(folder)) {
      const known = applied.get(migration.name);
      if (known === undefined) {
        await applyMigration(client, migration);
        count += 1;
      } else if (known !== migration.checksum) {
        throw new AppError('SOURCE_UNAVAILABLE', {
          internal: `migration ${migration.name} was changed after it was applied`,
        });
      }
    }
    return count;
  } finally {
    await client.end();
  }
}

interface Migration {
  readonly name: string;
  readonly sql: string;
  readonly checksum: string;
}

async function readMigrations(folder: string): Promise<Migration[]> {
  const entries = await readdir(folder, { withFileTypes: true });
  const names = entries
    .filter((entry) => entry.isDirectory())
    .map((entry) => entry.name)
    .toSorted();
  return Promise.all(
    names.map(async (name) => {
      const sql = await readFile(join(folder, name, 'migration.sql'), 'utf8');
      return { name, sql, checksum: createHash('sha256').update(sql).digest('hex') };
    }),
  );
}

async function appliedChecksums(client: pg.Client): Promise<Map<string, string>> {
  const { rows } = await client.query<{ migration_name: string; checksum: string }>(
    'SELECT migration_name, checksum FROM _prisma_migrations WHERE finished_at IS NOT NULL AND rolled_back_at IS NULL',
  );
  return new Map(rows.map((row) => [row.migration_name, row.checksum]));
}

async function applyMigration(client: pg.Client, migration: Migration): Promise<void> {
  await client.query('BEGIN');
  try {
    await client.query(migration.sql);
    await client.query(
      'INSERT INTO _prisma_migrations (id, checksum, migration_name, finished_at, applied_steps_count) VALUES ($1, $2, $3, now(), 1)',
      [randomUUID(), migration.checksum, migration.name],
    );
    await client.query('COMMIT');
  } catch (error) {
    await client.query('ROLLBACK');
    throw error;
  }
}
