import { AppError } from '@dinhdanh/kit';
import { DEFAULT_LOG_NAME } from './log-origin.ts';
import { readPublishSettings } from './publish/config.ts';
import { readReadingSettings } from './read/config.ts';
import type { AccessLogSettings } from './settings.ts';
import { parseVerifierKey } from './tlog/index.ts';

const KEYS = ['pseudonymKey', 'detailKey', 'signingKey'] as const;
const KEY_BYTES = 32;

/** Settings in seconds, above zero. */
const SECONDS = ['reconcileSeconds', 'graceSeconds', 'lateSeconds', 'compareSeconds'] as const;

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
    reconcileSeconds: Number(environment['ACCESS_LOG_RECONCILE_SECONDS'] || 5),
    graceSeconds: Number(environment['ACCESS_LOG_GRACE_SECONDS'] || 60),
    lateSeconds: Number(environment['ACCESS_LOG_LATE_SECONDS'] || 900),
    compareSeconds: Number(environment['ACCESS_LOG_COMPARE_SECONDS'] || 1),
    ...handed,
    publishing: readPublishSettings(handed?.publishing, environment),
    reading: readReadingSettings(handed?.reading, environment),
  };
  for (const name of KEYS) {
    if (settings[name]?.length !== KEY_BYTES) refuse(name);
  }
  if (!/^[a-z0-9][a-z0-9.-]{0,99}$/.test(settings.name)) refuse('name');
  for (const name of SECONDS) if (!(settings[name] > 0)) refuse(name);
  for (const { key } of settings.witnesses) {
    const parsed = parseVerifierKey(key);
    if (!parsed.ok || parsed.value.use !== 'cosignature') refuse('WITNESS_KEY');
  }
  if ((settings.publishing.quorum ?? 0) > settings.witnesses.length) refuse('ACCESS_LOG_WITNESS_QUORUM');
  return Object.freeze(settings) as AccessLogSettings;
}

function refuse(field: string): never {
  throw new AppError('BAD_USER_INPUT', { field, internal: `access-log: ${field}` });
}
