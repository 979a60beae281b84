import { AppError } from '@dinhdanh/kit';
import type { PublishSettings } from './publish-settings.ts';

type Environment = Readonly<Record<string, string | undefined>>;

/**
 * Reads `ACCESS_LOG_PUBLISH_MS`, `ACCESS_LOG_WITNESS_MINUTES`, `ACCESS_LOG_WITNESS_QUORUM` and
 * `ACCESS_LOG_WITNESS_REFUSAL`; what is handed over wins.
 *
 * @throws AppError `BAD_USER_INPUT` with the name of the setting that is wrong
 */
export function readPublishSettings(
  given: Partial<PublishSettings> = {},
  environment: Environment = process.env,
): PublishSettings {
  const refusal = environment['ACCESS_LOG_WITNESS_REFUSAL'] || 'stop';
  if (refusal !== 'stop' && refusal !== 'alarm') refuse('ACCESS_LOG_WITNESS_REFUSAL');
  return Object.freeze({
    intervalMs: numberOf('ACCESS_LOG_PUBLISH_MS', environment['ACCESS_LOG_PUBLISH_MS'], 1_000, 10, 60_000),
    refreshSeconds: 60,
    timeoutMs: 3_000,
    alarmAfterSeconds: 10,
    witnessMinutes: numberOf(
      'ACCESS_LOG_WITNESS_MINUTES',
      environment['ACCESS_LOG_WITNESS_MINUTES'],
      60,
      0,
      525_600,
    ),
    quorum: numberOf('ACCESS_LOG_WITNESS_QUORUM', environment['ACCESS_LOG_WITNESS_QUORUM'], null, 0, 99),
    refusalStops: refusal === 'stop',
    ...given,
  });
}

function numberOf<Default extends number | null>(
  name: string,
  word: string | undefined,
  usual: Default,
  least: number,
  most: number,
): number | Default {
  if (word === undefined || word === '') return usual;
  const value = /^\d{1,9}$/.test(word) ? Number(word) : Number.NaN;
  return value >= least && value <= most ? value : refuse(name);
}

function refuse(field: string): never {
  throw new AppError('BAD_USER_INPUT', { field, internal: `access-log: ${field}` });
}
