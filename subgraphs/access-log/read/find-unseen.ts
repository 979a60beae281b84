import { findEntries } from './find-entries.ts';
import type { FoundEntry } from './find-entries.ts';
import type { PersonReader } from './reader.ts';
import type { ReadingRoom } from './reading-room.ts';
import type { Search } from './search.ts';

/** How far a person has been shown: the last entry appended by then, and when that was. */
export interface NoticeMark {
  readonly shard: number;
  /** -1 before a tree's first entry. */
  readonly index: number;
  readonly shownAt: Date;
}

/** What the person has not been shown. */
export interface Unseen {
  /** Newest first. */
  readonly entries: readonly FoundEntry[];
  readonly count: number;
}

/** What is looked for: a person's own search, narrowed to what they are told of. */
export interface UnseenSearch {
  readonly own: Search;
  /** Facets that a notice is made of. */
  readonly readings: readonly number[];
  /** Delayed readings of before this instant are shown by now. */
  readonly disclosedBefore: Date;
  readonly now: Date;
}

/** More than so many are not counted. */
export const COUNTED_AT_MOST = 1000;

/** An entry is appended within so many days of its time; what comes later gives no notice, and stands in the history. */
const LATE_DAYS = 31;
const DAY_MS = 86_400_000;

/** How far a person has been shown; null for nothing yet. */
export async function readMark(room: ReadingRoom, { pseudonyms }: PersonReader): Promise<NoticeMark | null> {
  const { rows } = await room.pool.query<{ shard: number; index: string; shown_at: Date }>({
    name: 'notice-mark',
    text: `SELECT shard, index, shown_at FROM notice_marks WHERE subject = ANY ($1::bytea[])
      ORDER BY shard DESC, index DESC, shown_at DESC LIMIT 1`,
    values: [pseudonyms.map(({ name }) => name)],
  });
  const [row] = rows;
  return row === undefined ? null : { shard: row.shard, index: Number(row.index), shownAt: row.shown_at };
}

/** The log's end: what is appended later stands beyond it. */
export async function readEnd({ pool }: ReadingRoom): Promise<Omit<NoticeMark, 'shownAt'>> {
  const { rows } = await pool.query<{ id: number; size: string }>({
    name: 'log-end',
    text: 'SELECT id, size FROM shards ORDER BY id DESC LIMIT 1',
  });
  const [row] = rows;
  return row === undefined ? { shard: 0, index: -1 } : { shard: row.id, index: Number(row.size) - 1 };
}

/**
 * What was appended beyond the mark, whatever its own time; and what was delayed and has been disclosed since. Both
 * walk the person's index over the time in question alone.
 */
export async function findUnseen(
  room: ReadingRoom,
  { own, readings, disclosedBefore, now }: UnseenSearch,
  mark: NoticeMark | null,
): Promise<Unseen> {
  const page = { first: COUNTED_AT_MOST, after: null, now };
  const plain = { ...own, facets: { plain: readings, delivered: [], undelivered: [] } };
  if (mark === null) {
    const { entries } = await findEntries(room, plain, page);
    return { entries, count: entries.length };
  }
  const since = new Date(mark.shownAt.getTime() - LATE_DAYS * DAY_MS);
  const appended = await findEntries(room, { ...plain, from: since, appendedAfter: mark }, page);
  const disclosed = await findDisclosed(room, { own, readings, disclosedBefore, now }, mark);
  const entries = [...appended.entries, ...disclosed].toSorted(
    (one, other) =>
      other.at.getTime() - one.at.getTime() || other.shard - one.shard || other.index - one.index,
  );
  return { entries, count: Math.min(entries.length, COUNTED_AT_MOST) };
}

async function findDisclosed(
  room: ReadingRoom,
  { own, readings, disclosedBefore }: UnseenSearch,
  mark: NoticeMark,
): Promise<readonly FoundEntry[]> {
  const delayed = readings.filter((facet) => own.hidden?.facets.includes(facet));
  if (delayed.length === 0) return [];
  const delayMs = room.settings.delayedDisclosureDays * DAY_MS;
  const facets = { plain: delayed, delivered: [], undelivered: [] };
  const from = new Date(mark.shownAt.getTime() - delayMs + 1);
  const { entries } = await findEntries(
    room,
    { ...own, facets, from, to: disclosedBefore },
    { first: COUNTED_AT_MOST, after: null, now: disclosedBefore },
  );
  // What was appended beyond the mark has been found already.
  return entries.filter(
    ({ shard, index }) => shard < mark.shard || (shard === mark.shard && index <= mark.index),
  );
}
