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

/**
 * Reads the settings: what is handed over wins over the environment (`SHARING_KEY_DAYS`), which wins over the defaults. Keys
 * have no default.
 *
 * @throws AppError `BAD_USER_INPUT` where a key would sign for no time
 */
export function readSettings(
  given: unknown,
  environment: Readonly<Record<string, string | undefined>> = process.env,
): SharingSettings {
  const days = environment['SHARING_KEY_DAYS'];
  const settings: SharingSettings = {
    ...defaults,
    ...(days === undefined || days === '' ? {} : { keyPeriodSeconds: Number(days) * 86_400 }),
    ...(given as SharingSettings),
  };
  if (!(settings.keyPeriodSeconds > 0))
    throw new AppError('BAD_USER_INPUT', {
      field: 'keyPeriodSeconds',
      internal: 'sharing: SHARING_KEY_DAYS',
    });
  return Object.freeze(settings);
}
