import { AppError } from '@dinhdanh/kit';
import { DEFAULT_LOG_NAME } from './log-origin.ts';
import { readPublishSettings } from './publish/config.ts';
import { readReadingSettings } from './read/config.ts';
import type { AccessLogSettings } from './settings.ts';
import { parseVerifierKey } from './tlog/index.ts';

const KEYS = ['pseudonymKey', 'detailKey', 'signingKey'] as const;
const KEY_BYTES = 32;

/** Settings in seconds, above zero, by the variable of each. */
const SECONDS = {
  reconcileSeconds: { variable: 'ACCESS_LOG_RECONCILE_SECONDS', usual: 5 },
  graceSeconds: { variable: 'ACCESS_LOG_GRACE_SECONDS', usual: 60 },
  lateSeconds: { variable: 'ACCESS_LOG_LATE_SECONDS', usual: 900 },
} as const;
const secondsNames = Object.keys(SECONDS) as readonly (keyof typeof SECONDS)[];

/**
 * Reads the settings: what is handed over wins over the environment (`ACCESS_LOG_NAME`,
 * `ACCESS_LOG_RECONCILE_SECONDS` …), which wins over the defaults.
 *
 * @throws AppError `BAD_USER_INPUT` with the name of the setting that is missing or wrong
 */
export function readSettings(
  given: unknown,
  environment: Readonly<Record<string, string | undefined>> = process.env,
): AccessLogSettings {
  const handed = given as Partial<AccessLogSettings> | undefined;
  const settings = {
    name: environment['ACCESS_LOG_NAME'] || DEFAULT_LOG_NAME,
    systemKey: null,
    gatewayUrl: () => null,
    witnesses: [],
    ...secondsOf(environment),
    ...handed,
    publishing: readPublishSettings(handed?.publishing, environment),
    reading: readReadingSettings(handed?.reading, environment),
  };
  for (const name of KEYS) {
    if (settings[name]?.length !== KEY_BYTES) refuse(name);
  }
  if (!/^[a-z0-9][a-z0-9.-]{0,99}$/.test(settings.name)) refuse('name');
  for (const name of secondsNames) if (!(settings[name] > 0)) refuse(name);
  for (const { key } of settings.witnesses) {
    const parsed = parseVerifierKey(key);
    if (!parsed.ok || parsed.value.use !== 'cosignature') refuse('WITNESS_KEY');
  }
  if ((settings.publishing.quorum ?? 0) > settings.witnesses.length) refuse('ACCESS_LOG_WITNESS_QUORUM');
  return Object.freeze(settings) as AccessLogSettings;
}

function secondsOf(
  environment: Readonly<Record<string, string | undefined>>,
): Record<keyof typeof SECONDS, number> {
  const entries = secondsNames.map((name) => {
    const { variable, usual } = SECONDS[name];
    return [name, Number(environment[variable] || usual)] as const;
  });
  return Object.fromEntries(entries) as Record<keyof typeof SECONDS, number>;
}

function refuse(field: string): never {
  throw new AppError('BAD_USER_INPUT', { field, internal: `access-log: ${field}` });
}
