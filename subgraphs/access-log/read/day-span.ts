/** Legal days from one to another, both counted, `YYYY-MM-DD`. Empty where the first is after the last. */
export interface DaySpan {
  readonly fromDay: string;
  readonly toDay: string;
}

/** A span as it is read from the roll-ups: whole months from those by month, what is left of it from those by day. */
export interface SpanParts {
  /** The days before the first whole month; all of them where there is none. */
  readonly before: DaySpan;
  /** The first days of the first and of the last whole month. */
  readonly months: DaySpan;
  /** The days after the last whole month. */
  readonly after: DaySpan;
}

const DAY_MS = 86_400_000;
/** No day is in it. */
const NONE: DaySpan = { fromDay: '9999-12-31', toDay: '0001-01-01' };

/** Parts a span into months and the ragged ends. Each of its days is in one part. */
export function partsOf({ fromDay, toDay }: DaySpan): SpanParts {
  const first = fromDay.endsWith('-01') ? fromDay : monthAfter(fromDay);
  // The first day of the month that is no longer whole.
  const end = monthOf(dayBeside(toDay, 1));
  if (first >= end) return { before: { fromDay, toDay }, months: NONE, after: NONE };
  return {
    before: { fromDay, toDay: dayBeside(first, -1) },
    months: { fromDay: first, toDay: monthOf(dayBeside(end, -1)) },
    after: { fromDay: end, toDay },
  };
}

/** Every day of a span, in order. */
export function daysOf({ fromDay, toDay }: DaySpan): string[] {
  const begin = startOf(fromDay);
  const count = Math.round((startOf(toDay) - begin) / DAY_MS) + 1;
  return Array.from({ length: Math.max(0, count) }, (_, day) => dayAt(begin + day * DAY_MS));
}

const startOf = (day: string): number => Date.parse(`${day}T00:00:00Z`);
const dayAt = (at: number): string => new Date(at).toISOString().slice(0, 10);
const dayBeside = (day: string, days: number): string => dayAt(startOf(day) + days * DAY_MS);
const monthOf = (day: string): string => `${day.slice(0, 7)}-01`;

function monthAfter(day: string): string {
  const at = new Date(startOf(day));
  return dayAt(Date.UTC(at.getUTCFullYear(), at.getUTCMonth() + 1, 1));
}
