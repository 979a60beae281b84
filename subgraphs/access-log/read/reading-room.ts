import type pg from 'pg';
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

/** Opens the part of the service that reads. Nothing is asked of the database yet. */
export function openReading(pool: pg.Pool, settings: ReadingSettings, pseudonyms: Pseudonyms): ReadingRoom {
  return { pool, facets: new Facets(pool), shards: new ShardNames(pool), settings, pseudonyms };
}

/** The years whose pseudonyms are looked for: this one and those kept before it, by the clock of UTC. */
export function yearsKept({ settings }: Pick<ReadingRoom, 'settings'>, now: Date): number[] {
  return Array.from({ length: settings.yearsKept + 1 }, (_, back) => now.getUTCFullYear() - back);
}
