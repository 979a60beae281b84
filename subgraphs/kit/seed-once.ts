import pg from 'pg';
import type { LastAct } from './seeding.ts';

/** What a service's seed is given. The same options make the same bytes. */
export interface SeedOptions {
  readonly databaseUrl: string;
  /** Any word; the people are drawn from it. */
  readonly seed: string;
  /** How many people besides the cast. */
  readonly people: number;
  /** The date the people are told as of, `YYYY-MM-DD`. */
  readonly today: string;
  readonly progress: (done: number) => void;
  /** What this service alone is told, such as keys; read by its own config.ts. */
  readonly settings?: unknown;
  /** To be done in the transaction of the load, as its last act: so the seed and the note of it are one. */
  readonly lastAct?: LastAct;
}

/** A service's seed. */
export type Seed = (options: SeedOptions) => Promise<void>;

/** How a database was seeded. */
export interface SeedState {
  readonly seed: string;
  readonly people: number;
  readonly today: string;
}

const TABLE = `CREATE TABLE IF NOT EXISTS _seed (
  one boolean PRIMARY KEY DEFAULT true CHECK (one), seed text NOT NULL, people integer NOT NULL, today text NOT NULL,
  finished_at timestamptz NOT NULL DEFAULT now())`;

/** How a database was seeded; null where it has not been. */
export async function seededAs(databaseUrl: string): Promise<SeedState | null> {
  const client = new pg.Client({ connectionString: databaseUrl });
  await client.connect();
  try {
    const { rows } = await client.query<{ known: boolean }>(
      `SELECT to_regclass('_seed') IS NOT NULL AS known`,
    );
    return rows[0]?.known === true ? await readState(client) : null;
  } finally {
    await client.end();
  }
}

async function readState(client: pg.Client): Promise<SeedState | null> {
  const { rows } = await client.query<SeedState>('SELECT seed, people, today FROM _seed');
  return rows[0] ?? null;
}

/** The key of the advisory lock under which a database is seeded, so that replicas may start at once. */
const SEED_LOCK = 72_707_370;

/**
 * Runs a seed unless the database has been seeded before, and tells how it was. That it was is noted in the transaction
 * of its load, so a seed that died, at whatever moment, simply runs again.
 */
export async function seedOnce(options: SeedOptions, seed: Seed): Promise<SeedState> {
  const client = new pg.Client({ connectionString: options.databaseUrl });
  await client.connect();
  try {
    await client.query('SELECT pg_advisory_lock($1)', [SEED_LOCK]);
    await client.query(TABLE);
    const done = await readState(client);
    if (done !== null) return done;
    const { seed: word, people, today } = options;
    const lastAct: LastAct = (loading) =>
      loading.query('INSERT INTO _seed (seed, people, today) VALUES ($1, $2, $3)', [word, people, today]);
    await seed({ ...options, lastAct });
    return { seed: word, people, today };
  } finally {
    await client.end();
  }
}
