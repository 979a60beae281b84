import type pg from 'pg';
import { isReading } from './facets.ts';
import type { Facet, Facets } from './facets.ts';
import { timeUndelivered } from './find-entries.ts';
import { countNewPeople } from './new-people.ts';
import { raiseAlerts } from './raise-alerts.ts';
import type { AlertThresholds } from './raise-alerts.ts';
import { addCounts, addTally } from './roll-up-rows.ts';
import { isCountedActor, moveUndelivered, tallyEntries } from './tally-entries.ts';
import type { RolledEntry } from './rolled-entry.ts';

/** What the roll-ups are made with. */
export interface RollUpGround {
  readonly pool: pg.Pool;
  readonly facets: Facets;
  readonly settings: AlertThresholds;
}

/** So many entries are counted in one transaction. */
const BATCH = 2000;

/**
 * Counts the next entries of one tree, in one transaction with the cursor: whatever is broken off is done again, and
 * nothing is counted twice. Processes that do it at once wait for each other.
 *
 * @returns how many entries were counted
 */
export async function rollUp(ground: RollUpGround, shard: number, now: Date, batch = BATCH): Promise<number> {
  const client = await ground.pool.connect();
  try {
    await client.query('BEGIN');
    const counted = await countNext({ ...ground, client, shard, now, batch });
    await client.query('COMMIT');
    return counted;
  } catch (error) {
    await client.query('ROLLBACK');
    throw error;
  } finally {
    client.release();
  }
}

interface Counting extends RollUpGround {
  readonly client: pg.PoolClient;
  readonly shard: number;
  readonly now: Date;
  readonly batch: number;
}

async function countNext(counting: Counting): Promise<number> {
  const { client, shard, now, settings } = counting;
  await client.query('INSERT INTO roll_up_cursors (shard) VALUES ($1) ON CONFLICT DO NOTHING', [shard]);
  const cursor = await client.query<{ next: string }>(
    'SELECT next FROM roll_up_cursors WHERE shard = $1 FOR UPDATE',
    [shard],
  );
  const next = Number(cursor.rows[0]?.next);
  const entries = await readEntries(counting, next);
  if (entries.length > 0) {
    const counted = await countNewPeople(client, shard, entries, await readingFacets(counting));
    const tally = tallyEntries(counted);
    const totals = await addTally(client, tally);
    await raiseAlerts(client, { shard, entries, totals, thresholds: settings, now });
    await client.query('UPDATE roll_up_cursors SET next = $2 WHERE shard = $1', [
      shard,
      next + entries.length,
    ]);
  }
  await addCounts(client, moveUndelivered(await takeUndelivered(client, shard, next + entries.length)));
  return entries.length;
}

async function readingFacets({ facets }: Counting): Promise<number[]> {
  return [...(await facets.all()).values()].filter(isReading).map(({ id }) => id);
}

/** The next entries, up to the first gap: behind one there is nothing that was committed in order. */
async function readEntries({ client, shard, batch, facets }: Counting, next: number): Promise<RolledEntry[]> {
  const { rows } = await client.query<EntryRow>({
    name: 'roll-up-entries',
    text: `SELECT e.index, e.at, e.facet, e.actor, e.case_id IS NOT NULL AS has_case, e.request_id, e.bytes
      FROM entries e WHERE e.shard = $1 AND e.index >= $2 AND e.index < $3 ORDER BY e.index`,
    values: [shard, next, next + batch],
  });
  // Read after the entries: whatever facet they are of is known by now.
  const known = await facets.all();
  const entries: RolledEntry[] = [];
  for (const row of rows) {
    const facet = known.get(row.facet);
    if (facet === undefined || Number(row.index) !== next + entries.length) break;
    entries.push({
      index: Number(row.index),
      at: row.at,
      facet,
      actor: row.actor,
      hasCase: row.has_case,
      requestId: row.request_id,
      subjects: subjectsOf(facet, row.bytes),
    });
  }
  return entries;
}

interface EntryRow {
  readonly index: string;
  readonly at: Date;
  readonly facet: number;
  readonly actor: string;
  readonly has_case: boolean;
  readonly request_id: string;
  readonly bytes: Buffer;
}

function subjectsOf(facet: Facet, bytes: Buffer): readonly string[] {
  if (!isReading(facet) || !isCountedActor(facet)) return [];
  return (JSON.parse(bytes.toString('utf8')) as { subjects: readonly string[] }).subjects;
}

/** The intents that turned out to be undelivered and have been counted as released: each is given once. */
async function takeUndelivered(client: pg.PoolClient, shard: number, before: number): Promise<Date[]> {
  await timeUndelivered(client);
  const { rows } = await client.query<{ at: Date }>({
    name: 'take-undelivered',
    text: `UPDATE undelivered SET counted = true
      WHERE shard = $1 AND index < $2 AND NOT counted AND at IS NOT NULL RETURNING at`,
    values: [shard, before],
  });
  return rows.map(({ at }) => at);
}
