import { BulkLoad } from '@dinhdanh/kit';
import type { Seed } from '@dinhdanh/kit';

/** Nothing of people: consents are given, never seeded. The demonstration's relying parties come with the settings. */
export const seed: Seed = async ({ databaseUrl, people, progress, lastAct }) => {
  const load = await BulkLoad.open(databaseUrl, []);
  await load.finish(lastAct);
  progress(people);
};
