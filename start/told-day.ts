import { legalDateOf, seededAs } from '@dinhdanh/kit';
import type { Clock } from '@dinhdanh/kit';
import { seedDayOn } from '@dinhdanh/people';
import type { ServiceName } from './service-names.ts';

/**
 * The day people are told as of where nobody says one: that of the databases that were filled before, so that one which
 * comes later holds the same people; for a first start the last 21 November, so that what they hold is in force.
 */
export async function toldDay(databaseUrls: ReadonlyMap<ServiceName, string>, clock: Clock): Promise<string> {
  for (const databaseUrl of databaseUrls.values()) {
    // Which database cannot be used is told by those that bring them up to date.
    const state = await seededAs(databaseUrl).catch(() => null);
    if (state !== null) return state.today;
  }
  return seedDayOn(legalDateOf(clock()));
}
