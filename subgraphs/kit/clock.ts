/** Time as an argument: a function that tells the present instant, so that tests and replays set it. */
export type Clock = () => Date;

/** The clock of the machine. */
export const systemClock: Clock = () => new Date();

/** Legal dates (ages, expiry, working days, "today") are those of Viet Nam, whatever zone the machine keeps. */
export const LEGAL_TIME_ZONE = 'Asia/Ho_Chi_Minh';

// en-CA prints ISO order (YYYY-MM-DD), which is all that is wanted of it.
const legalDate = new Intl.DateTimeFormat('en-CA', { timeZone: LEGAL_TIME_ZONE, dateStyle: 'short' });

/** The calendar date in Viet Nam at an instant, `YYYY-MM-DD`. */
export function legalDateOf(instant: Date): string {
  return legalDate.format(instant);
}
