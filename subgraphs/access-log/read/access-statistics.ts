import { AppError, legalDateOf, PAGE_LIMIT } from '@dinhdanh/kit';
import type {
  AccessCount,
  AccessStatistics,
  AccessStatisticsActorsArgs,
  ActorOrder,
  ActorStatistics,
  QueryAccessStatisticsArgs,
} from '../generated/resolvers.ts';
import type { AccessActorKind } from '../tlog/index.ts';
import { daysOf, partsOf } from './day-span.ts';
import type { DaySpan } from './day-span.ts';
import { actorNames, describeActor } from './describe-entries.ts';
import { pageSize } from './find-entries.ts';
import { auditorReader } from './reader.ts';
import type { Dimension } from './tally-entries.ts';
import type { ReadingContext } from './reading-room.ts';

const DAY_MS = 86_400_000;

/** Counts are of so many days where none are named. */
const USUAL_DAYS = 30;
/** The longest time that is counted at once: what the law keeps, and more. */
const MOST_DAYS = 3660;

/**
 * Counts over some days, from the roll-ups alone: it costs what the months and the days beside them cost, however much
 * was logged in them.
 */
export async function accessStatistics(
  _: unknown,
  { from, to }: Partial<QueryAccessStatisticsArgs>,
  context: ReadingContext,
): Promise<AccessStatistics & DaySpan> {
  auditorReader(context);
  const span = readSpan(from, to, legalDateOf(context.now));
  const { before, months, after } = partsOf(span);
  const { rows } = await context.room.reading.pool.query<CountRow>({
    name: 'access-counts',
    text: `SELECT dimension, label, NULL AS day, sum(count) AS count FROM (
        SELECT dimension, label, count FROM access_counts WHERE day BETWEEN $1 AND $2 AND dimension <> 'all'
        UNION ALL SELECT dimension, label, count FROM access_counts WHERE day BETWEEN $3 AND $4 AND dimension <> 'all'
        UNION ALL SELECT dimension, label, count FROM access_count_months
          WHERE month BETWEEN $5 AND $6 AND dimension <> 'all') counts GROUP BY dimension, label
      UNION ALL SELECT dimension, label, day::text, count FROM access_counts
      WHERE day BETWEEN $7 AND $8 AND dimension = 'all'`,
    values: boundsOf([before, after, months, span]),
  });
  const byDay = new Map(rows.flatMap(({ day, count }) => (day === null ? [] : [[day, Number(count)]])));
  return {
    ...span,
    total: sumOf(rows.filter(({ dimension }) => dimension === 'all')),
    byDay: daysOf(span).map((day) => ({ label: day, count: byDay.get(day) ?? 0 })),
    byHour: Array.from({ length: 24 }, (_hour, hour) => ({
      label: String(hour),
      count: sumOf(rows.filter((row) => row.dimension === 'hour' && row.label === String(hour))),
    })),
    byActorKind: countsOf(rows, 'kind', (label) => label.toUpperCase()),
    byClaim: countsOf(rows, 'claim'),
    byOutcome: countsOf(rows, 'outcome', (label) => label.toUpperCase()),
    delayedDisclosures: sumOf(rows.filter(({ dimension }) => dimension === 'delayed')),
    // Answered by a resolver of its own, which is given its arguments.
    actors: null,
  };
}

interface CountRow {
  readonly dimension: Dimension;
  readonly label: string;
  readonly day: string | null;
  readonly count: string;
}

const sumOf = (rows: readonly CountRow[]): number => rows.reduce((sum, { count }) => sum + Number(count), 0);

function countsOf(
  rows: readonly CountRow[],
  dimension: Dimension,
  labelled: (label: string) => string = (label) => label,
): AccessCount[] {
  return rows
    .filter((row) => row.dimension === dimension && Number(row.count) > 0)
    .map(({ label, count }) => ({ label: labelled(label), count: Number(count) }))
    .toSorted((one, other) => other.count - one.count || (one.label < other.label ? -1 : 1));
}

/** Reads the days asked for: the last thirty where none are. @throws AppError `BAD_USER_INPUT` */
export function readSpan(
  from: string | null | undefined,
  to: string | null | undefined,
  today: string,
): DaySpan {
  const toDay = to ?? today;
  const end = millisecondsOf(toDay, 'to');
  const fromDay = from ?? new Date(end - (USUAL_DAYS - 1) * DAY_MS).toISOString().slice(0, 10);
  const begin = millisecondsOf(fromDay, 'from');
  if (begin > end || end - begin >= MOST_DAYS * DAY_MS)
    throw new AppError('BAD_USER_INPUT', { field: 'from' });
  return { fromDay, toDay };
}

function millisecondsOf(day: string, field: string): number {
  const at = /^\d{4}-\d{2}-\d{2}$/.test(day) ? Date.parse(`${day}T00:00:00Z`) : Number.NaN;
  if (Number.isNaN(at) || new Date(at).toISOString().slice(0, 10) !== day)
    throw new AppError('BAD_USER_INPUT', { field });
  return at;
}

/** Both ends of each span, in order: the values of `BETWEEN`s. */
function boundsOf(spans: readonly DaySpan[]): string[] {
  return spans.flatMap(({ fromDay, toDay }) => [fromDay, toDay]);
}

const orders = {
  READS: 'reads',
  PEOPLE: 'people',
  AT_NIGHT: 'at_night',
  WITHOUT_CONSENT: 'without_consent',
  REFUSED: 'refused',
} as const satisfies Record<ActorOrder, string>;

const SUMMED = 'reads, people, without_consent, without_case, at_night, refused, hours';
const HOURS = Array.from({ length: 24 }, (_, hour) => `sum(hours[${hour + 1}])::int`).join(', ');

/** Who read, the most remarkable first: organisations, offices, staff and systems. */
export async function accessActors(
  statistics: AccessStatistics,
  { order, first }: AccessStatisticsActorsArgs,
  context: ReadingContext,
): Promise<ActorStatistics[]> {
  const reader = auditorReader(context);
  const { before, months, after } = partsOf(statistics as AccessStatistics & DaySpan);
  const by = orders[order ?? 'READS'];
  const { rows } = await context.room.reading.pool.query<ActorRow>({
    name: `access-actors-${by}`,
    text: `WITH spans AS NOT MATERIALIZED (
        SELECT kind, actor, people AS most_people, ${SUMMED} FROM actor_days WHERE day BETWEEN $1 AND $2
        UNION ALL SELECT kind, actor, people, ${SUMMED} FROM actor_days WHERE day BETWEEN $3 AND $4
        UNION ALL SELECT kind, actor, most_people, ${SUMMED} FROM actor_months WHERE month BETWEEN $5 AND $6)
      SELECT kind, actor, sum(reads)::int AS reads, sum(people)::int AS people, max(most_people) AS people_in_a_day,
        sum(without_consent)::int AS without_consent, sum(without_case)::int AS without_case,
        sum(at_night)::int AS at_night, sum(refused)::int AS refused, ARRAY[${HOURS}] AS hours
      FROM (SELECT kind, actor, sum(${by}) AS rank FROM spans
        GROUP BY kind, actor ORDER BY rank DESC, kind, actor LIMIT $7) first
      JOIN spans USING (kind, actor) GROUP BY kind, actor ORDER BY sum(${by}) DESC, kind, actor`,
    values: [...boundsOf([before, after, months]), pageSize(first, 20, PAGE_LIMIT)],
  });
  const actors = rows.map(({ kind, actor }) => ({ kind, id: actor }));
  const names = await actorNames(context.room.reading.pool, actors);
  return rows.map((row) => ({
    actor: describeActor({ kind: row.kind, id: row.actor }, names, reader),
    reads: row.reads,
    people: row.people,
    peopleInADay: row.people_in_a_day,
    withoutConsent: row.without_consent,
    withoutCase: row.without_case,
    atNight: row.at_night,
    refused: row.refused,
    byHour: row.hours,
  }));
}

interface ActorRow {
  readonly kind: AccessActorKind;
  readonly actor: string;
  readonly reads: number;
  readonly people: number;
  readonly people_in_a_day: number;
  readonly without_consent: number;
  readonly without_case: number;
  readonly at_night: number;
  readonly refused: number;
  readonly hours: readonly number[];
}
