import { holidays } from './holidays.ts';
import type { CalendarDay } from './holidays.ts';

/** A term of law: so many days, of work or of the calendar. */
export interface Term {
  readonly days: number;
  readonly workingDays: boolean;
}

const DAY_MS = 86_400_000;
/** Midnight in Viet Nam, which keeps UTC+7 all year. */
const MIDNIGHT = 'T00:00:00+07:00';

const marked = markDays(holidays);

function markDays(days: readonly CalendarDay[]): ReadonlyMap<string, CalendarDay['kind']> {
  return new Map(days.map(({ day, kind }) => [day, kind]));
}

/** The day after a legal day, `YYYY-MM-DD`. */
export function dayAfter(day: string): string {
  return new Date(Date.parse(`${day}T00:00:00Z`) + DAY_MS).toISOString().slice(0, 10);
}

/** Whether offices work on a legal day: not on weekends and holidays, but on a Saturday given in exchange. */
export function isWorkingDay(day: string): boolean {
  const kind = marked.get(day);
  if (kind !== undefined) return kind === 'WORKED';
  const weekday = new Date(`${day}T00:00:00Z`).getUTCDay();
  return weekday !== 0 && weekday !== 6;
}

/**
 * The last day of a term that begins on a legal day. The day it begins on does not count (Civil Code 2015, art. 147); a
 * term of calendar days that would end on a day off ends with the next working day (art. 148).
 */
export function lastDayOf(begins: string, { days, workingDays }: Term): string {
  let day = begins;
  for (let counted = 0; counted < days; ) {
    day = dayAfter(day);
    if (!workingDays || isWorkingDay(day)) counted += 1;
  }
  while (!isWorkingDay(day)) day = dayAfter(day);
  return day;
}

/** The instant at which a legal day is over. */
export function endOfDay(day: string): Date {
  return new Date(`${dayAfter(day)}${MIDNIGHT}`);
}
