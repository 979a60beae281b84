import type pg from 'pg';
import { Facets } from './facets.ts';
import { readReadingSettings } from './config.ts';
import type { ReadingSettings } from './config.ts';
import { ShardNames } from './shard-names.ts';

/** What reading works with. */
export interface ReadingRoom {
  readonly pool: pg.Pool;
  readonly facets: Facets;
  readonly shards: ShardNames;
  readonly settings: ReadingSettings;
  /** Master of the pseudonyms. */
  readonly pseudonymKey: Buffer;
}

/** Opens the part of the service that reads. Nothing is asked of the database yet. */
export function openReading(
  pool: pg.Pool,
  { pseudonymKey, reading }: { readonly pseudonymKey: Buffer; readonly reading?: unknown },
): ReadingRoom {
  return {
    pool,
    facets: new Facets(pool),
    shards: new ShardNames(pool),
    settings: readReadingSettings(reading),
    pseudonymKey,
  };
}
