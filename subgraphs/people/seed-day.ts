import { ageOn, addYears, dayOf, iso } from './calendar.ts';

/** The day that counts as today unless told otherwise: fixed, so that the same seed gives the same bytes. */
export const SEED_TODAY = '2026-11-21';

const FIRST_DAY = dayOf(SEED_TODAY);

/** How many whole years later than {@link SEED_TODAY} people are told who are told as of a day (an ISO date); never earlier. */
export function yearsLater(today: string): number {
  return Math.max(0, ageOn(FIRST_DAY, dayOf(today)));
}

/**
 * The day as of which people are told who are looked at on another: the last anniversary of {@link SEED_TODAY}, so that
 * they change once a year and not each day. Both are ISO dates.
 */
export function seedDayOn(day: string): string {
  return iso(addYears(FIRST_DAY, yearsLater(day)));
}
