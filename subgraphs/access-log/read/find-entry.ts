import type { FoundEntry } from './find-entries.ts';
import type { PersonReader } from './reader.ts';
import type { ReadingRoom } from './reading-room.ts';
import { disclosedBefore } from './access-history.ts';

/** An entry by its place in the log; null where there is none. */
export async function findEntry(
  room: ReadingRoom,
  { origin, index }: { readonly origin: string; readonly index: number },
): Promise<FoundEntry | null> {
  const shard = index < 0 ? null : await room.shards.shardOf(origin);
  if (shard === null) return null;
  const { rows } = await room.pool.query<Omit<FoundEntry, 'index'>>({
    name: 'entry-at',
    text: `SELECT e.at, e.shard, e.facet, e.bytes,
        EXISTS (SELECT FROM undelivered u WHERE u.shard = e.shard AND u.index = e.index) AS undelivered
      FROM entries e WHERE e.shard = $1 AND e.index = $2`,
    values: [shard, index],
  });
  const [row] = rows;
  return row === undefined ? null : { ...row, index };
}

/** The pseudonym under which an entry is about a person who may know of it by now; null where it is not, or not yet. */
export async function ownPseudonymIn(
  room: ReadingRoom,
  { at, facet, bytes }: FoundEntry,
  reader: PersonReader,
  now: Date,
): Promise<Buffer | null> {
  const { subjects } = JSON.parse(bytes.toString('utf8')) as { subjects: readonly string[] };
  const own = subjects.find((subject) => reader.names.has(subject));
  if (own === undefined) return null;
  const delayed = (await room.facets.all()).get(facet)?.delayedDisclosure ?? true;
  return delayed && at >= disclosedBefore(room, now) ? null : Buffer.from(own, 'base64url');
}
