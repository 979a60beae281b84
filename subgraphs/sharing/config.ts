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
  const handed = given as SharingSettings;
  const settings: SharingSettings = {
    ...defaults,
    ...ownName(handed),
    ...fromEnvironment('keyPeriodSeconds', environment['SHARING_KEY_DAYS'], 86_400),
    ...fromEnvironment('claimsPerHour', environment['SHARING_CLAIMS_PER_HOUR']),
    ...fromEnvironment('openPerParty', environment['SHARING_OPEN_PER_PARTY']),
    ...fromEnvironment('declinesPerDay', environment['SHARING_DECLINES_PER_DAY']),
    ...fromEnvironment('pollSeconds', environment['SHARING_POLL_SECONDS']),
    ...handed,
  };
  for (const name of counted) {
    if (!(settings[name] > 0))
      throw new AppError('BAD_USER_INPUT', { field: name, internal: `sharing: ${name}` });
  }
  return Object.freeze(settings);
}

/** A gateway that is told no public origin goes by its own. */
function ownName({ gatewayUrl }: Partial<SharingSettings>): Partial<SharingSettings> {
  return gatewayUrl === undefined ? {} : { publicUrl: gatewayUrl };
}

const counted = [
  'keyPeriodSeconds',
  'claimsPerHour',
  'openPerParty',
  'declinesPerDay',
  'pollSeconds',
] as const;

function fromEnvironment(
  name: (typeof counted)[number],
  value: string | undefined,
  unit = 1,
): Partial<SharingSettings> {
  return value === undefined || value === '' ? {} : { [name]: Number(value) * unit };
}
