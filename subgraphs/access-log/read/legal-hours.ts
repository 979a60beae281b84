/** Viet Nam keeps UTC+7 all the year, and has since 1975: no entry is older. */
const OFFSET_MS = 7 * 3_600_000;
const DAY_MS = 86_400_000;

/** Night is from 22:00 up to 06:00. */
const NIGHT_BEGINS = 22;
const NIGHT_ENDS = 6;

/** The legal day of an instant, `YYYY-MM-DD`, as `legalDateOf` of the kit tells it, for millions of instants. */
export function legalDay(at: Date): string {
  return new Date(at.getTime() + OFFSET_MS).toISOString().slice(0, 10);
}

/** The hour of the day, 0 to 23. */
export function legalHour(at: Date): number {
  return new Date(at.getTime() + OFFSET_MS).getUTCHours();
}

/** Whether an instant is in the night. */
export function isNight(at: Date): boolean {
  const hour = legalHour(at);
  return hour >= NIGHT_BEGINS || hour < NIGHT_ENDS;
}

/** The night an instant belongs to, by the date of its evening. */
export function nightOf(at: Date): string {
  return legalDay(new Date(at.getTime() - NIGHT_ENDS * 3_600_000));
}

/** The first instant of a legal day and that of the next. */
export function dayBounds(day: string): { from: Date; to: Date } {
  const from = Date.parse(`${day}T00:00:00Z`) - OFFSET_MS;
  return { from: new Date(from), to: new Date(from + DAY_MS) };
}

/** The first instant of a night and the first after it. */
export function nightBounds(night: string): { from: Date; to: Date } {
  const from = dayBounds(night).from.getTime() + NIGHT_BEGINS * 3_600_000;
  return { from: new Date(from), to: new Date(from + (24 - NIGHT_BEGINS + NIGHT_ENDS) * 3_600_000) };
}

/** The same in SQL, word for word as the indexes of the nights have it. */
export function nightSql(column: string): string {
  return `extract(hour FROM (${column} AT TIME ZONE 'Asia/Ho_Chi_Minh') + interval '2 hours') < 8`;
}
