/** The head of a tree as its writer takes and keeps it, and the statements by which writers take their turn. */
import type pg from 'pg';
import { Frontier } from '../tlog/index.ts';
import type { HalfYear } from './half-year.ts';
import { unavailable } from './database-failure.ts';

/** A tree that is appended to. */
export interface Head {
  readonly shard: number;
  readonly origin: string;
  /** The half-year it is for. */
  readonly half: HalfYear;
  readonly frontier: Frontier;
}

/** Which tree: the log's name and the half-year. */
export interface TreeOf {
  readonly name: string;
  readonly half: HalfYear;
}

/** What a writer holds once it has its post. */
export interface TakenPost {
  readonly epoch: number;
  readonly head: Head;
}

/**
 * The first of the two numbers of our advisory locks. The second is 0 while a writer takes its post or makes a shard, so
 * that one does it at a time; a writer's own epoch as long as its connection lives, so that another can see whether it
 * does.
 */
const LOCK_CLASS = 1_818_518_887;
const SIZE_BYTES = 8;

interface HeadRow {
  readonly id: number;
  readonly origin: string;
  readonly size: string;
  readonly frontier: Buffer;
  readonly epoch: string;
}

/** The epoch now in force and whether its writer lives; null where there is no tree yet. */
export async function standingWriter(client: pg.Client): Promise<{ epoch: number; alive: boolean } | null> {
  const { rows } = await client.query<{ epoch: string; alive: boolean }>(
    `SELECT max(epoch) AS epoch, EXISTS (
       SELECT FROM pg_locks WHERE locktype = 'advisory' AND classid = $1 AND objsubid = 2 AND granted
         AND objid = (SELECT max(epoch) FROM shards)::bigint::oid
         AND database = (SELECT oid FROM pg_database WHERE datname = current_database())) AS alive
     FROM shards HAVING count(*) > 0`,
    [LOCK_CLASS],
  );
  const [row] = rows;
  return row === undefined ? null : { epoch: Number(row.epoch), alive: row.alive };
}

/**
 * Takes the post: raises the epoch of every tree, after which no statement of an earlier writer matches. One message of
 * several statements, so that they are one transaction which cannot be left open, and each sees what was committed before
 * it. It waits for an append under way, whose row it needs. The lock of the new epoch is free, since it is new.
 *
 * @param expected take it only while this is the epoch; null takes it from whoever has it
 * @returns null where the epoch was another
 */
export async function takePost(
  client: pg.Client,
  tree: TreeOf,
  expected: number | null,
): Promise<TakenPost | null> {
  const origin = client.escapeLiteral(originOf(tree));
  const only = expected === null ? '' : `WHERE epoch = ${Math.trunc(expected)}`;
  const results = (await client.query(`
    SELECT pg_advisory_xact_lock(${LOCK_CLASS}, 0);
    INSERT INTO shards (origin, begins, epoch)
      SELECT ${origin}, '${beginOf(tree)}', coalesce(max(epoch), 0) FROM shards ON CONFLICT DO NOTHING;
    UPDATE shards SET epoch = epoch + 1 ${only};
    SELECT pg_try_advisory_lock(${LOCK_CLASS}, epoch::integer) FROM shards WHERE origin = ${origin};
    SELECT id, origin, size, frontier, epoch FROM shards WHERE origin = ${origin}`)) as unknown as pg.QueryResult[];
  const taken = (results[2]?.rowCount ?? 0) > 0;
  const row = results[4]?.rows[0] as HeadRow | undefined;
  return taken && row !== undefined ? { epoch: Number(row.epoch), head: readHead(row, tree) } : null;
}

/** The head of another half-year, made where it is not there yet. @returns null where the epoch is no longer ours */
export async function takeTree(client: pg.Client, tree: TreeOf, epoch: number): Promise<Head | null> {
  const origin = client.escapeLiteral(originOf(tree));
  const results = (await client.query(`
    SELECT pg_advisory_xact_lock(${LOCK_CLASS}, 0);
    INSERT INTO shards (origin, begins, epoch)
      SELECT ${origin}, '${beginOf(tree)}', max(epoch) FROM shards HAVING max(epoch) = ${Math.trunc(epoch)}
      ON CONFLICT DO NOTHING;
    SELECT id, origin, size, frontier, epoch FROM shards WHERE origin = ${origin}`)) as unknown as pg.QueryResult[];
  const row = results[2]?.rows[0] as HeadRow | undefined;
  return row !== undefined && Number(row.epoch) === epoch ? readHead(row, tree) : null;
}

/** The hashes that stand at a range of indices, in order. */
export async function leavesAt(
  client: pg.Client,
  { shard, from, count }: { shard: number; from: number; count: number },
): Promise<Buffer[]> {
  const { rows } = await client.query<{ leaf_hash: Buffer }>(
    'SELECT leaf_hash FROM entries WHERE shard = $1 AND index >= $2 AND index < $3 ORDER BY index',
    [shard, from, from + count],
  );
  return rows.map(({ leaf_hash }) => leaf_hash);
}

/** The edge as the head row keeps it: its size stands in a column of its own. */
export function frontierBytes(frontier: Frontier): Buffer {
  return frontier.serialise().subarray(SIZE_BYTES);
}

/** The origin of a tree. */
export function originOf({ name, half }: TreeOf): string {
  return `${name}/${half.label}`;
}

function beginOf({ half }: TreeOf): string {
  return new Date(half.beginsAtMs).toISOString();
}

function readHead(row: HeadRow, { half }: TreeOf): Head {
  const size = Buffer.alloc(SIZE_BYTES);
  size.writeBigUInt64BE(BigInt(row.size));
  const frontier = Frontier.parse(Buffer.concat([size, row.frontier]));
  // An edge that does not fit its size is no damage that waiting mends: somebody wrote to the row.
  if (!frontier.ok) throw unavailable('NOT_DURABLE', frontier.fault);
  return { shard: row.id, origin: row.origin, half, frontier: frontier.value };
}
