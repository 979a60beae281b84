import { existsSync } from 'node:fs';
import { legalDateOf, systemClock } from '@dinhdanh/kit';
import { seedDayOn } from '@dinhdanh/people';
import { builtWeb, serviceNames } from '@dinhdanh/start';
import type { SystemOptions } from '@dinhdanh/start';

/** How tests start a system; a data folder of its own comes with each. Only the access log waits for the disk there, as it does anywhere. */
export const SYSTEM_OPTIONS: Omit<SystemOptions, 'dataFolder'> & { readonly today: string } = {
  roles: new Set(['gateway', ...serviceNames, 'witness', 'desk', 'reader']),
  host: '127.0.0.1',
  port: 0,
  people: 200,
  seed: 'dinhdanh',
  // Services go by the clock of the machine: what people hold has to be in force on it, this year and any other.
  today: seedDayOn(legalDateOf(systemClock())),
  reset: false,
  logLevel: 'silent',
  serviceUrls: {},
  databaseUrls: {},
  databaseSettings: ['synchronous_commit=off'],
  // What is served is compared soon, so that no test waits for a minute.
  accessLog: { reconcileSeconds: 0.5, graceSeconds: 4 },
  // The few of the cast are asked by many tests at once.
  sharing: { claimsPerHour: 100_000, openPerParty: 1_000, declinesPerDay: 1_000 },
  webRoot: existsSync(builtWeb) ? builtWeb : null,
  // A busy machine must not fail a test that is not about time; those about deadlines set their own.
  gateway: { deadlineMs: 15_000, requestsPerMinute: 1_000_000, refusedSeconds: 1 },
};
