import { createHash } from 'node:crypto';
import type pg from 'pg';
import { AppError } from '@dinhdanh/kit';
import type { Place } from './place.ts';
import { routeOf } from './search.ts';
import type { Search, SearchPage } from './search.ts';
import { searchStatement } from './search-statement.ts';
import type { Statement } from './search-statement.ts';
import type { Facets } from './facets.ts';

/** An entry as it was found. */
export interface FoundEntry extends Place {
  readonly facet: number;
  /** The canonical bytes: all that is told of the entry is read from them. */
  readonly bytes: Buffer;
  /** An `aborted` entry has completed it. */
  readonly undelivered: boolean;
}

/** A page of entries, newest first. */
export interface FoundPage {
  readonly entries: readonly FoundEntry[];
  readonly hasNextPage: boolean;
}

/** Where entries are looked for. */
export interface SearchGround {
  readonly pool: pg.Pool;
  readonly facets: Facets;
}

/** Checks `first`. @throws AppError `BAD_USER_INPUT` */
export function pageSize(first: number | null | undefined, usual: number, most: number): number {
  const size = first ?? usual;
  if (!Number.isInteger(size) || size < 1 || size > most)
    throw new AppError('BAD_USER_INPUT', { field: 'first' });
  return size;
}

/** Finds a page of what a search asks for. */
export async function findEntries(
  ground: SearchGround,
  search: Search,
  page: SearchPage,
): Promise<FoundPage> {
  const route = routeOf(search);
  if (search.facets.undelivered.length > 0) await timeUndelivered(ground.pool);
  const facets =
    route === 'actor' || route === 'facets' ? await facetsToWalk(ground, search, route === 'actor') : [];
  const statement = searchStatement(search, page, facets);
  const rows = statement === null ? [] : await runNamed<EntryRow>(ground.pool, statement);
  return {
    entries: rows.slice(0, page.first).map((row) => ({ ...row, index: Number(row.index) })),
    hasNextPage: rows.length > page.first,
  };
}

interface EntryRow {
  readonly at: Date;
  readonly shard: number;
  readonly index: string;
  readonly facet: number;
  readonly bytes: Buffer;
  readonly undelivered: boolean;
}

/** Statements are named by their text, so that the server parses each of them once a connection. */
export async function runNamed<Row extends pg.QueryResultRow>(
  pool: pg.Pool | pg.PoolClient,
  { text, values }: Statement,
): Promise<Row[]> {
  const name = createHash('sha1').update(text).digest('base64url');
  return (await pool.query<Row>({ name, text, values: [...values] })).rows;
}

/** The facets that a walk goes by: those of the search, of an actor's own only. */
async function facetsToWalk(ground: SearchGround, search: Search, ofActor: boolean): Promise<number[]> {
  const { plain, delivered } = search.facets;
  const wanted = plain === null ? null : new Set([...plain, ...delivered]);
  if (wanted?.size === 0) return [];
  if (!ofActor) return wanted === null ? [...(await ground.facets.all()).keys()] : [...wanted];
  const rows = await runNamed<{ facet: number }>(ground.pool, {
    // Leaps from one facet of the actor to the next: as many looks at the index as there are facets.
    text: `WITH RECURSIVE leap (facet) AS (
        SELECT (SELECT min(e.facet) FROM entries e WHERE e.actor = $1)
        UNION ALL
        SELECT (SELECT min(e.facet) FROM entries e WHERE e.actor = $1 AND e.facet > leap.facet)
        FROM leap WHERE leap.facet IS NOT NULL
      ) SELECT facet FROM leap WHERE facet IS NOT NULL`,
    values: [search.actor],
  });
  return rows.map(({ facet }) => facet).filter((facet) => wanted === null || wanted.has(facet));
}

/** Completes what the writer leaves open: when the intents were that could not be delivered. */
export async function timeUndelivered(pool: pg.Pool | pg.PoolClient): Promise<void> {
  await pool.query(`UPDATE undelivered u SET at = e.at FROM entries e
    WHERE u.at IS NULL AND e.shard = u.shard AND e.index = u.index`);
}
