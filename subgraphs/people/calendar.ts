/** Days since 1970-01-01; every date of the recipe is one of these until it is written out. */
export type Day = number;

const MILLISECONDS_PER_DAY = 86_400_000;
const FIRST_DAY = -25_567; // 1900-01-01
const texts: string[] = [];

/** The day of an ISO date, `2026-11-21`. */
export function dayOf(text: string): Day {
  return Math.floor(Date.parse(`${text}T00:00:00Z`) / MILLISECONDS_PER_DAY);
}

/** The day of a calendar date; a month or day beyond its range carries over. */
export function dayAt(year: number, month: number, dayOfMonth: number): Day {
  return Math.floor(Date.UTC(year, month - 1, dayOfMonth) / MILLISECONDS_PER_DAY);
}

/** The ISO date of a day; remembered, because a million people share some fifty thousand dates. */
export function iso(day: Day): string {
  const place = day - FIRST_DAY;
  const known = texts[place];
  if (known !== undefined) return known;
  const text = new Date(day * MILLISECONDS_PER_DAY).toISOString().slice(0, 10);
  if (place >= 0) texts[place] = text;
  return text;
}

/** The calendar year of a day. */
export function yearOf(day: Day): number {
  return Number(iso(day).slice(0, 4));
}

/** The same calendar day some years later; 29 February becomes 1 March in a common year. */
export function addYears(day: Day, years: number): Day {
  const text = iso(day);
  return dayAt(Number(text.slice(0, 4)) + years, Number(text.slice(5, 7)), Number(text.slice(8, 10)));
}

/** Whole years from a birth to a day. */
export function ageOn(birth: Day, day: Day): number {
  const years = yearOf(day) - yearOf(birth);
  return iso(day).slice(5) < iso(birth).slice(5) ? years - 1 : years;
}

/** An instant of the day in Vietnam (UTC+7), as ISO text in UTC. */
export function instant(day: Day, secondsOfDay: number): string {
  return new Date(day * MILLISECONDS_PER_DAY + (secondsOfDay - 7 * 3600) * 1000).toISOString();
}

/** An instant in office hours of a day (08:00 to 16:59 in Vietnam), as UTC text; cheaper than `instant`. */
export function officeInstant(day: Day, word: number): string {
  const minutes = (word >>> 4) % 60;
  return `${iso(day)}T0${1 + (word % 9)}:${minutes < 10 ? '0' : ''}${minutes}:00Z`;
}

/** The first whole month after some months, as `2019-03`. */
export function monthText(month: number): string {
  const inYear = (month % 12) + 1;
  return `${Math.floor(month / 12)}-${inYear < 10 ? '0' : ''}${inYear}`;
}

/** Months since year 0 of a day, for counting months of contribution. */
export function monthOf(day: Day): number {
  const text = iso(day);
  return Number(text.slice(0, 4)) * 12 + Number(text.slice(5, 7)) - 1;
}
