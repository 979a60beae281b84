const DAY_MS = 86_400_000;

/**
 * The day so many working days after a day, which is not counted itself (Civil Code 2015, art. 147). Saturdays and
 * Sundays are none (Labour Code 2019, art. 111), nor are the holidays that are given.
 */
export function workingDaysAfter(day: string, count: number, holidays: readonly string[]): string {
  let at = Date.parse(`${day}T00:00:00Z`);
  for (let left = count; left > 0; ) {
    at += DAY_MS;
    const weekday = new Date(at).getUTCDay();
    if (weekday !== 0 && weekday !== 6 && !holidays.includes(isoDay(at))) left -= 1;
  }
  return isoDay(at);
}

function isoDay(at: number): string {
  return new Date(at).toISOString().slice(0, 10);
}
