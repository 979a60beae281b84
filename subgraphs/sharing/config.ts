import { AppError } from '@dinhdanh/kit';
import type { SharingSettings } from './settings.ts';

const defaults = {
  gatewayUrl: () => null,
  publicUrl: () => null,
  systemKey: null,
  keyPeriodSeconds: 30 * 24 * 3600,
  allowLoopback: false,
  claimsPerHour: 30,
  openPerParty: 3,
  declinesPerDay: 3,
  pollSeconds: 5,
  demoParties: [],
};

/** What can be set from outside, by the name of its variable. Each is a positive number. */
const variables = {
  keyPeriodSeconds: { name: 'SHARING_KEY_DAYS', unit: 86_400 },
  claimsPerHour: { name: 'SHARING_CLAIMS_PER_HOUR', unit: 1 },
  openPerParty: { name: 'SHARING_OPEN_PER_PARTY', unit: 1 },
  declinesPerDay: { name: 'SHARING_DECLINES_PER_DAY', unit: 1 },
  pollSeconds: { name: 'SHARING_POLL_SECONDS', unit: 1 },
} as const;

const names = Object.keys(variables) as (keyof typeof variables)[];

/**
 * Reads the settings: what is handed over wins over the environment (`SHARING_KEY_DAYS`, `SHARING_CLAIMS_PER_HOUR`,
 * `SHARING_OPEN_PER_PARTY`, `SHARING_DECLINES_PER_DAY`, `SHARING_POLL_SECONDS`), which wins over the defaults. Keys have no
 * default.
 *
 * @throws AppError `BAD_USER_INPUT` with the name of the setting that is no positive number
 */
export function readSettings(
  given: unknown,
  environment: Readonly<Record<string, string | undefined>> = process.env,
): SharingSettings {
  const set = names.flatMap((name) => {
    const value = environment[variables[name].name] ?? '';
    return value === '' ? [] : [[name, Number(value) * variables[name].unit] as const];
  });
  const settings: SharingSettings = {
    ...defaults,
    ...Object.fromEntries(set),
    ...(given as SharingSettings),
  };
  for (const name of names) {
    if (!(settings[name] > 0))
      throw new AppError('BAD_USER_INPUT', { field: name, internal: `sharing: ${variables[name].name}` });
  }
  return Object.freeze(settings);
}
