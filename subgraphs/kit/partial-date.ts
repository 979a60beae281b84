/**
 * The day a date of birth completes `years`, `YYYY-MM-DD`. Of an incomplete date (`1950`, `1950-03`) the earliest or the
 * latest day it allows. Born on 29 February: 1 March in other years, since a term ends with the last day of a month that
 * lacks the day (Civil Code 2015, art. 148).
 */
export function birthday(dateOfBirth: string, years: number, take: 'earliest' | 'latest'): string {
  const [year = 0, month, day] = dateOfBirth.split('-').map(Number);
  const latest = take === 'latest';
  const ofMonth = month ?? (latest ? 12 : 1);
  const ofDay = day ?? (latest ? new Date(Date.UTC(year, ofMonth, 0)).getUTCDate() : 1);
  // Date.UTC carries 29 February of a common year over to 1 March.
  return new Date(Date.UTC(year + years, ofMonth - 1, ofDay)).toISOString().slice(0, 10);
}

/** Whether `years` are certainly completed on a legal day: of an incomplete date of birth the latest possible day counts. */
export function hasCompleted(dateOfBirth: string, years: number, today: string): boolean {
  return birthday(dateOfBirth, years, 'latest') <= today;
}
