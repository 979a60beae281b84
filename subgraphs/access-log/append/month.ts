/** Months in UTC as numbers that can be counted on: twelve times the year, plus the month from 0. */

/** The month of an instant, given in milliseconds since the epoch. */
export function monthOf(instantMs: number): number {
  const instant = new Date(instantMs);
  return instant.getUTCFullYear() * 12 + instant.getUTCMonth();
}

/** `2026_11`, as partitions are called. */
export function monthLabel(month: number): string {
  return `${Math.floor(month / 12)}_${String((month % 12) + 1).padStart(2, '0')}`;
}

/** The first instant of a month, RFC 3339. */
export function monthBegin(month: number): string {
  return new Date(Date.UTC(Math.floor(month / 12), month % 12)).toISOString();
}
