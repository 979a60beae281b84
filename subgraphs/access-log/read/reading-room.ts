import type { CallContext } from '@dinhdanh/kit';
import pg from 'pg';
import { Facets } from './facets.ts';
import type { Pseudonyms } from '../append/pseudonyms.ts';
import type { ReadingSettings } from './config.ts';
import { ShardNames } from './shard-names.ts';

/** What reading works with. */
export interface ReadingRoom {
  readonly pool: pg.Pool;
  readonly facets: Facets;
  readonly shards: ShardNames;
  readonly settings: ReadingSettings;
  readonly pseudonyms: Pseudonyms;
}

/** What a resolver of reading is given. */
export interface ReadingContext extends CallContext {
  readonly room: { readonly reading: ReadingRoom };
}

/** How many searches run at once in one process; more wait. */
const POOL_SIZE = 4;
const STATEMENT_TIMEOUT_MS = 10_000;

/**
 * Connections of its own: a long search takes none from the rest of the log. Their statements are planned once: over
 * months in partitions planning takes longer than finding, and a plan that walks an index is good for all values.
 */
export function openReadingPool(databaseUrl: string): pg.Pool {
  const pool = new pg.Pool({
    connectionString: databaseUrl,
    max: POOL_SIZE,
    statement_timeout: STATEMENT_TIMEOUT_MS,
    connectionTimeoutMillis: 5_000,
    options: '-c plan_cache_mode=force_generic_plan',
  });
  // A connection that breaks is replaced by the next statement.
  pool.on('error', () => undefined);
  // One that breaks while it is lent out fails the statement it is used for, and must not end the process besides.
  pool.on('connect', (client) => client.on('error', () => undefined));
  return pool;
}

/** Opens the part of the service that reads. Nothing is asked of the database yet. */
export function openReading(pool: pg.Pool, settings: ReadingSettings, pseudonyms: Pseudonyms): ReadingRoom {
  return { pool, facets: new Facets(pool), shards: new ShardNames(pool), settings, pseudonyms };
}

/** The years whose pseudonyms are looked for: this one and those kept before it, by the clock of UTC. */
export function yearsKept({ settings }: Pick<ReadingRoom, 'settings'>, now: Date): number[] {
  return Array.from({ length: settings.yearsKept + 1 }, (_, back) => now.getUTCFullYear() - back);
}
