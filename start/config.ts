import { environmentPrefix, serviceNames } from './service-names.ts';
import type { ServiceName } from './service-names.ts';
import { StartError } from './start-error.ts';

/** What the environment says; every name stands in `docs/config.md`. */
export interface StartConfig {
  readonly dataFolder: string;
  readonly host: string;
  readonly logLevel: 'info' | 'warn' | 'error' | 'silent';
  /** Services that run elsewhere, by URL. */
  readonly serviceUrls: Readonly<Partial<Record<ServiceName, string>>>;
  /** Databases that are real servers, by URL; the embedded one serves the others. */
  readonly databaseUrls: Readonly<Partial<Record<ServiceName, string>>>;
  /** The seed the synthetic people are drawn from. */
  readonly seed: string;
  /** The date they are told as of. */
  readonly today: string;
}

const LOG_LEVELS = ['info', 'warn', 'error', 'silent'] as const;

/** Reads the environment once. @throws StartError with every wrong name at once */
export function readConfig(
  environment: Readonly<Record<string, string | undefined>> = process.env,
): StartConfig {
  const wrong: string[] = [];
  const logLevel = LOG_LEVELS.find((level) => level === (environment['DINHDANH_LOG_LEVEL'] ?? 'warn'));
  if (logLevel === undefined) wrong.push(`DINHDANH_LOG_LEVEL is one of ${LOG_LEVELS.join(', ')}`);
  const urls = (suffix: string, protocols: readonly string[]) =>
    Object.fromEntries(
      serviceNames.flatMap((name) => {
        const variable = `${environmentPrefix(name)}_${suffix}`;
        const value = environment[variable];
        if (value === undefined || value === '') return [];
        if (!URL.canParse(value) || !protocols.includes(new URL(value).protocol)) {
          wrong.push(`${variable} is a URL that starts with ${protocols.join(' or ')}//`);
        }
        return [[name, value]];
      }),
    );
  const serviceUrls = urls('URL', ['http:', 'https:']);
  const databaseUrls = urls('DATABASE_URL', ['postgres:', 'postgresql:']);
  const seed = environment['DINHDANH_SEED'] ?? 'dinhdanh';
  const today = environment['DINHDANH_PEOPLE_AS_OF'] ?? '2026-11-21';
  if (!/^\d{4}-\d{2}-\d{2}$/.test(today)) wrong.push('DINHDANH_PEOPLE_AS_OF is a date, YYYY-MM-DD');
  if (wrong.length > 0) throw new StartError(`The environment is not right: ${wrong.join('; ')}.`);
  return Object.freeze({
    dataFolder: environment['DINHDANH_DATA'] ?? '.data',
    host: environment['DINHDANH_HOST'] ?? '127.0.0.1',
    logLevel: logLevel ?? 'warn',
    serviceUrls,
    databaseUrls,
    seed,
    today,
  });
}
