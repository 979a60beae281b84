import pg from 'pg';

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

/**
 * Runs a seed unless the database has been seeded before, and tells how it was. A seed that died half-way has left
 * nothing behind (its loads commit at their end), so it simply runs again.
 */
export async function seedOnce(options: SeedOptions, seed: Seed): Promise<SeedState> {
  const client = new pg.Client({ connectionString: options.databaseUrl });
  await client.connect();
  try {
    await client.query(TABLE);
    const { rows } = await client.query<{ seed: string; people: number; today: string }>(
      'SELECT seed, people, today FROM _seed',
    );
    const [done] = rows;
    if (done !== undefined) return { seed: done.seed, people: done.people, today: done.today };
    await seed(options);
    await client.query('INSERT INTO _seed (seed, people, today) VALUES ($1, $2, $3)', [
      options.seed,
      options.people,
      options.today,
    ]);
    return { seed: options.seed, people: options.people, today: options.today };
  } finally {
    await client.end();
  }
}
