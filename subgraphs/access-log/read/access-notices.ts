import type {
  AccessNotices,
  MutationAcknowledgeAccessArgs,
  QueryAccessNoticesArgs,
} from '../generated/resolvers.ts';
import { AppError, PAGE_LIMIT } from '@dinhdanh/kit';
import { disclosedBefore, idsOf, ownSearch } from './access-history.ts';
import { describeEntries } from './describe-entries.ts';
import { pageSize } from './find-entries.ts';
import { findUnseen, readEnd, readMark } from './find-unseen.ts';
import type { NoticeMark, Unseen } from './find-unseen.ts';
import { personReader } from './reader.ts';
import type { PersonReader } from './reader.ts';
import type { ReadingContext, ReadingRoom } from './reading-room.ts';

/** Readings by others that the person has not been shown yet. */
export async function accessNotices(
  _: unknown,
  { first }: QueryAccessNoticesArgs,
  context: ReadingContext,
): Promise<AccessNotices> {
  const room = context.room.reading;
  const reader = personReader(context, room);
  const size = pageSize(first, 20, PAGE_LIMIT);
  // The end first: what is appended while this looks stands beyond it, and is told the next time.
  const end = await readEnd(room);
  const { entries, count } = await unseenBy(reader, room, context.now);
  return {
    count,
    nodes: await describeEntries(room, entries.slice(0, size), reader),
    until: untilOf({ ...end, shownAt: context.now }),
  };
}

/** Keeps how far the person has been shown; tells how many are left. A mark never goes back. */
export async function acknowledgeAccess(
  _: unknown,
  { until }: MutationAcknowledgeAccessArgs,
  context: ReadingContext,
): Promise<number> {
  const room = context.room.reading;
  const reader = personReader(context, room);
  const mark = markOf(until, context.now);
  const end = await readEnd(room);
  // A mark ahead of the log would silence what is yet to come.
  if (mark.shard > end.shard || (mark.shard === end.shard && mark.index > end.index))
    throw new AppError('BAD_USER_INPUT', { field: 'until' });
  await keepMark(room, reader, mark);
  return (await unseenBy(reader, room, context.now)).count;
}

/** One row a person: rows under pseudonyms of other years or numbers go, so that none tells which belong together. */
async function keepMark({ pool }: ReadingRoom, reader: PersonReader, mark: NoticeMark): Promise<void> {
  await pool.query({
    name: 'keep-notice-mark',
    text: `WITH old AS (
        DELETE FROM notice_marks WHERE subject = ANY ($1::bytea[]) AND subject <> $2
        RETURNING shard, index, shown_at)
      INSERT INTO notice_marks AS mark (subject, shard, index, shown_at)
      SELECT $2, best.shard, best.index, best.shown_at FROM (
        SELECT shard, index, shown_at FROM old
        UNION ALL SELECT $3::smallint, $4::bigint, $5::timestamptz
        ORDER BY shard DESC, index DESC, shown_at DESC LIMIT 1) best
      ON CONFLICT (subject) DO UPDATE
      SET shard = EXCLUDED.shard, index = EXCLUDED.index, shown_at = EXCLUDED.shown_at
      WHERE (mark.shard, mark.index, mark.shown_at) < (EXCLUDED.shard, EXCLUDED.index, EXCLUDED.shown_at)`,
    values: [reader.pseudonyms.map(({ name }) => name), reader.current, mark.shard, mark.index, mark.shownAt],
  });
}

async function unseenBy(reader: PersonReader, room: ReadingRoom, now: Date): Promise<Unseen> {
  const facets = (await room.facets.all()).values();
  const own = await ownSearch(room, reader, { now, others: true });
  // What others did or tried; a change of a consent is no reading.
  const readings = idsOf(facets, ({ event }) => event !== 'aborted' && event !== 'consent-change');
  return findUnseen(
    room,
    { own, readings, disclosedBefore: disclosedBefore(room, now), now },
    await readMark(room, reader),
  );
}

/** A mark as the client holds it. */
function untilOf({ shard, index, shownAt }: NoticeMark): string {
  return Buffer.from(`n.${shownAt.getTime()}.${shard}.${index}`, 'latin1').toString('base64url');
}

/** Reads a mark. One of the future is none of ours. @throws AppError `BAD_USER_INPUT` */
function markOf(until: string, now: Date): NoticeMark {
  const [, shown, shard, index] =
    /^n\.(\d{1,15})\.(\d{1,5})\.(-1|\d{1,16})$/.exec(Buffer.from(until, 'base64url').toString('latin1')) ??
    [];
  const mark = { shard: Number(shard), index: Number(index), shownAt: new Date(Number(shown)) };
  const known = mark.shard < 2 ** 15 && Number.isSafeInteger(mark.index) && mark.shownAt <= now;
  if (!known || untilOf(mark) !== until) throw new AppError('BAD_USER_INPUT', { field: 'until' });
  return mark;
}
