import { type Language, localeOf } from './language.ts';

/** How much of a date a record knows. */
export type DatePrecision = 'year' | 'month' | 'day';

/** The zone every date rule and every shown time uses. */
const zone = 'Asia/Ho_Chi_Minh';

/** How much a PartialDate (`1950`, `1950-03`, `1950-03-02`) knows; null for text that is none. */
export function precisionOf(date: string): DatePrecision | null {
  const parts = /^\d{4}(-\d{2})?(-\d{2})?$/.exec(date);
  if (parts === null) return null;
  if (parts[2] !== undefined) return 'day';
  return parts[1] === undefined ? 'year' : 'month';
}

/** A Date or PartialDate as people write it: `02/03/1950`, `03/1950`, `1950`; in English the month is a word. */
export function formatDate(date: string, language: Language): string {
  const precision = precisionOf(date);
  if (precision === null) return date;
  const [year = '', month = '', day = ''] = date.split('-');
  if (precision === 'year') return year;
  if (language === 'vi') return precision === 'month' ? `${month}/${year}` : `${day}/${month}/${year}`;
  const at = new Date(Date.UTC(Number(year), Number(month) - 1, Number(day) || 1));
  return new Intl.DateTimeFormat(localeOf.en, {
    timeZone: 'UTC',
    year: 'numeric',
    month: 'long',
    ...(precision === 'day' ? { day: 'numeric' as const } : {}),
  }).format(at);
}

/** An instant (RFC 3339) as the clock in Viet Nam shows it: `10:05, 21/11/2026`. */
export function formatInstant(instant: string, language: Language): string {
  const at = new Date(instant);
  if (Number.isNaN(at.getTime())) return instant;
  const day = formatDate(legalDay(at), language);
  return language === 'vi' ? `${formatClock(instant)}, ${day}` : `${day}, ${formatClock(instant)}`;
}

/** The time of day of an instant by the clock of Viet Nam: `10:05`. */
export function formatClock(instant: string): string {
  const at = new Date(instant);
  if (Number.isNaN(at.getTime())) return instant;
  return new Intl.DateTimeFormat('en-GB', {
    timeZone: zone,
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
  }).format(at);
}

/** A day (`YYYY-MM-DD`) with its name: `Thứ Bảy, 21/11/2026`. */
export function formatWeekday(day: string, language: Language): string {
  const at = new Date(`${day}T00:00:00Z`);
  if (Number.isNaN(at.getTime())) return day;
  const name = new Intl.DateTimeFormat(localeOf[language], { timeZone: 'UTC', weekday: 'long' }).format(at);
  return `${name}, ${formatDate(day, language)}`;
}

/** The day before one (`YYYY-MM-DD`). */
export function dayBefore(day: string): string {
  return new Date(Date.parse(`${day}T00:00:00Z`) - 86_400_000).toISOString().slice(0, 10);
}

/** The day it is in Viet Nam at an instant, `YYYY-MM-DD`. */
export function legalDay(now: Date): string {
  return new Intl.DateTimeFormat('en-CA', {
    timeZone: zone,
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
  }).format(now);
}

/** Whether a Date lies before a day; null never does: where no end is set nothing ends. */
export function isPast(date: string | null, today: string): boolean {
  return date !== null && date < today;
}
