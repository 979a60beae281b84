import type { AuditCountsFragment } from '../../generated/audit-operations.ts';
import type { DayRange } from './route.ts';
import { nextDay } from './search-filter.ts';

/** How many readings a day, or a week, has. */
export interface Span {
  /** The first and the last day of it. */
  readonly from: string;
  readonly to: string;
  readonly count: number;
}

/** More days than this are shown by weeks: thinner bars could not be told apart on a small screen. */
const mostDays = 124;

/** Every day of a range with its readings, days without any included; by weeks where there are too many. */
export function spansOf(counts: readonly AuditCountsFragment[], { from, to }: DayRange): readonly Span[] {
  const known = new Map(counts.map(({ label, count }) => [label, count ?? 0]));
  const days: Span[] = [];
  for (let day = from; day <= to; day = nextDay(day, 1)) {
    days.push({ from: day, to: day, count: known.get(day) ?? 0 });
  }
  if (days.length <= mostDays) return days;
  return Array.from({ length: Math.ceil(days.length / 7) }, (_, week) => {
    const part = days.slice(week * 7, week * 7 + 7);
    return {
      from: part[0]?.from ?? from,
      to: part.at(-1)?.to ?? to,
      count: part.reduce((sum, { count }) => sum + count, 0),
    };
  });
}

/** The last so many days up to a day, that day included. */
export function lastDays(today: string, days: number): DayRange {
  return { from: nextDay(today, 1 - days), to: today };
}

/** Round numbers for the lines behind a chart: at most four, the last not below the largest. */
export function gridOf(largest: number): readonly number[] {
  if (largest <= 0) return [1];
  const power = 10 ** Math.floor(Math.log10(largest / 3));
  const step = Math.max(
    1,
    [1, 2, 5, 10].map((one) => one * power).find((one) => largest / one <= 4) ?? 10 * power,
  );
  return Array.from({ length: Math.ceil(largest / step) }, (_, line) => (line + 1) * step);
}
