import { createHash } from 'node:crypto';
import type pg from 'pg';
import { AppError } from '@dinhdanh/kit';
import type { Place } from './place.ts';
import { routeOf } from './search.ts';
import type { Search, SearchPage } from './search.ts';
import { entriesStatement, searchStatement } from './search-statement.ts';
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
  if (search.facets.undelivered.length > 0) await timeUndelivered(ground.pool);
  const recent = recentOf(search, page);
  const lately = recent === null ? [] : await findPlaces(ground, recent, page);
  const found = lately.length > page.first ? lately : await findPlaces(ground, search, page);
  return {
    entries: await readEntries(ground.pool, found.slice(0, page.first)),
    hasNextPage: found.length > page.first,
  };
}

/** Most pages are full within three months. */
const RECENT_MS = 92 * 86_400_000;

/**
 * The same search of the last months before where the page begins, where that would save anything: a walk by many facets
 * looks once into each month for each of them. A page that is full from there is the page; otherwise all is searched.
 */
function recentOf(search: Search, { now, after }: SearchPage): Search | null {
  const route = routeOf(search);
  if (route !== 'actor' && route !== 'facets') return null;
  const end = Math.min(...[now, after?.at, search.to].map((at) => at?.getTime() ?? Number.POSITIVE_INFINITY));
  const from = new Date(end - RECENT_MS);
  return search.from !== undefined && search.from >= from ? null : { ...search, from };
}

/** The places of a page, and one more where there is one. */
async function findPlaces(ground: SearchGround, search: Search, page: SearchPage): Promise<Place[]> {
  const route = routeOf(search);
  const facets = route === 'actor' || route === 'facets' ? await facetsToWalk(ground, search, route) : [];
  const statement = searchStatement(search, page, facets);
  const rows = statement === null ? [] : await runNamed<PlaceRow>(ground.pool, statement);
  return rows.map((row) => ({ ...row, index: Number(row.index) }));
}

async function readEntries(pool: pg.Pool, places: readonly Place[]): Promise<FoundEntry[]> {
  if (places.length === 0) return [];
  const rows = await runNamed<EntryRow>(pool, entriesStatement(places));
  return rows.map((row) => ({ ...row, index: Number(row.index) }));
}

interface PlaceRow {
  readonly at: Date;
  readonly shard: number;
  readonly index: string;
}

interface EntryRow extends PlaceRow {
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

/** Fewer facets than an actor has as a rule. */
const WALKED_AT_ONCE = 16;

/** The facets that a walk goes by: those of the search, and where it names an actor, those of its entries only. */
async function facetsToWalk(
  ground: SearchGround,
  search: Search,
  route: 'actor' | 'facets',
): Promise<number[]> {
  const { plain, delivered } = search.facets;
  const wanted = plain === null ? null : new Set([...plain, ...delivered]);
  if (wanted?.size === 0) return [];
  if (route === 'facets') return wanted === null ? [...(await ground.facets.all()).keys()] : [...wanted];
  // So few are walked as fast as an actor's own could be told.
  if (wanted !== null && wanted.size <= WALKED_AT_ONCE) return [...wanted];
  const facets = await facetsOf(ground.pool, search);
  return facets.filter((facet) => wanted === null || wanted.has(facet));
}

/** Leaps from one facet of an actor to the next: as many looks at the index as there are facets and months. */
async function facetsOf(pool: pg.Pool, { actor, from, to }: Search): Promise<number[]> {
  const values: unknown[] = [actor];
  const bounds = [
    ...(from === undefined ? [] : [`e.at >= $${values.push(from)}::timestamptz`]),
    ...(to === undefined ? [] : [`e.at < $${values.push(to)}::timestamptz`]),
  ];
  const least = (conditions: readonly string[]): string =>
    `(SELECT e.facet FROM entries e WHERE ${['e.actor = $1', ...bounds, ...conditions].join(' AND ')}
      ORDER BY e.facet LIMIT 1)`;
  const rows = await runNamed<{ facet: number }>(pool, {
    text: `WITH RECURSIVE leap (facet) AS (
        SELECT ${least([])} UNION ALL SELECT ${least(['e.facet > leap.facet'])} FROM leap WHERE leap.facet IS NOT NULL
      ) SELECT facet FROM leap WHERE facet IS NOT NULL`,
    values,
  });
  return rows.map(({ facet }) => facet);
}

/** Completes what the writer leaves open: when the intents were that could not be delivered. */
export async function timeUndelivered(pool: pg.Pool | pg.PoolClient): Promise<void> {
  await pool.query(`UPDATE undelivered u SET at = e.at FROM entries e
    WHERE u.at IS NULL AND e.shard = u.shard AND e.index = u.index`);
}
