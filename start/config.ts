import type { WitnessAddress } from '@dinhdanh/access-log';
import { parseVerifierKey } from '@dinhdanh/access-log/tlog';
import { readGatewaySettings } from '@dinhdanh/gateway';
import type { GatewaySettings } from '@dinhdanh/gateway';
import { SERVED_MONTHS } from '@dinhdanh/kit';
import { environmentPrefix, serviceNames } from './service-names.ts';
import type { ServiceName } from './service-names.ts';
import { StartError } from './start-error.ts';
import { readTraceSettings } from './traces/config.ts';
import type { TraceEnvironment } from './traces/config.ts';

/** What the environment says; every name stands in `docs/config.md`. */
export interface StartConfig {
  readonly dataFolder: string;
  readonly host: string;
  /** What is set of the gateway; the rest is its defaults. */
  readonly gateway: Partial<GatewaySettings>;
  readonly logLevel: 'info' | 'warn' | 'error' | 'silent';
  /** Where the gateway runs when it does not run here. */
  readonly gatewayUrl: string | null;
  /** Services that run elsewhere, by URL. */
  readonly serviceUrls: Readonly<Partial<Record<ServiceName, string>>>;
  /** Databases that are real servers, by URL; the embedded one serves the others. */
  readonly databaseUrls: Readonly<Partial<Record<ServiceName, string>>>;
  /** The access log's name; null for its own default. */
  readonly logName: string | null;
  /** A witness that runs elsewhere; null starts one here. */
  readonly witness: WitnessAddress | null;
  /** Whose trees the witness here cosigns where the access log runs elsewhere: the log's vkey. */
  readonly witnessLogKey: string | null;
  /** The seed the synthetic people are drawn from. */
  readonly seed: string;
  /** The date they are told as of; null for {@link toldDay}'s own. */
  readonly today: string | null;
  /** How many months services keep their served records. */
  readonly servedMonths: number;
  /** The supergraph the gateway serves; null for the one that is committed. */
  readonly supergraphFile: string | null;
  /** Manifests of trusted documents beside the system's own. */
  readonly documentFiles: readonly string[];
  /** Where traces go; null traces nothing. */
  readonly traces: TraceEnvironment | null;
}

type Environment = Readonly<Record<string, string | undefined>>;

const LOG_NAME = /^[a-z0-9][a-z0-9.-]{0,99}$/;
const LOG_LEVELS = ['info', 'warn', 'error', 'silent'] as const;
const HTTP = ['http:', 'https:'];
const POSTGRES = ['postgres:', 'postgresql:'];
/** A century: more is a slip of the keyboard. */
const MOST_MONTHS = 1200;
/** An IPv4 address or a name: addresses are put into URLs as they stand, where one of IPv6 would need brackets. */
const HOST = /^[A-Za-z0-9](?:[A-Za-z0-9.-]*[A-Za-z0-9])?$/;

/**
 * Reads the environment once; what is set to nothing counts as not set.
 *
 * @throws StartError with every wrong name at once
 */
export function readConfig(environment: Environment = process.env): StartConfig {
  const wrong: string[] = [];
  const level = environment['DINHDANH_LOG_LEVEL'] || 'warn';
  const logLevel = LOG_LEVELS.find((known) => known === level);
  if (logLevel === undefined) wrong.push(`DINHDANH_LOG_LEVEL is one of ${LOG_LEVELS.join(', ')}`);
  const host = environment['DINHDANH_HOST'] || '127.0.0.1';
  if (!HOST.test(host)) wrong.push('DINHDANH_HOST is an IPv4 address or a name of this machine');
  const gatewayUrl = environment['GATEWAY_URL'] || null;
  if (gatewayUrl !== null && !isUrl(gatewayUrl, HTTP)) wrong.push(urlRule('GATEWAY_URL', HTTP));
  const today = environment['DINHDANH_PEOPLE_AS_OF'] || null;
  if (today !== null && !isDate(today)) wrong.push('DINHDANH_PEOPLE_AS_OF is a date, YYYY-MM-DD');
  const servedMonths = Number(environment['DINHDANH_SERVED_MONTHS'] || SERVED_MONTHS);
  if (!Number.isInteger(servedMonths) || servedMonths < 1 || servedMonths > MOST_MONTHS)
    wrong.push(`DINHDANH_SERVED_MONTHS is a whole number from 1 to ${MOST_MONTHS}`);
  const serviceUrls = urlsOfServices(environment, 'URL', HTTP, wrong);
  const databaseUrls = urlsOfServices(environment, 'DATABASE_URL', POSTGRES, wrong);
  const logName = environment['ACCESS_LOG_NAME'] || null;
  if (logName !== null && !LOG_NAME.test(logName))
    wrong.push('ACCESS_LOG_NAME is a name of small letters, digits, dots and dashes');
  const witness = readWitness(environment, wrong);
  const witnessLogKey = environment['WITNESS_LOG_KEY'] || null;
  if (witnessLogKey !== null && !isKey(witnessLogKey, 'note'))
    wrong.push("WITNESS_LOG_KEY is the access log's public key, name+id+key");
  const gateway = readGatewaySettings(environment);
  wrong.push(...gateway.wrong);
  const traces = readTraceSettings(environment, wrong);
  if (wrong.length > 0) {
    throw new StartError(`The environment is not right: ${wrong.join('; ')} (see docs/config.md).`);
  }
  return Object.freeze({
    dataFolder: environment['DINHDANH_DATA'] || '.data',
    host,
    logLevel: logLevel ?? 'warn',
    gateway: gateway.settings,
    gatewayUrl: gatewayUrl?.replace(/\/+$/, '') ?? null,
    serviceUrls,
    databaseUrls,
    logName,
    witness,
    witnessLogKey,
    seed: environment['DINHDANH_SEED'] || 'dinhdanh',
    today,
    servedMonths,
    supergraphFile: environment['GATEWAY_SUPERGRAPH_FILE'] || null,
    documentFiles: (environment['GATEWAY_DOCUMENT_FILES'] ?? '').split(',').filter((file) => file !== ''),
    traces,
  });
}

function readWitness(environment: Environment, wrong: string[]): WitnessAddress | null {
  const url = environment['WITNESS_URL'] || null;
  const key = environment['WITNESS_KEY'] || null;
  if (url === null && key === null) return null;
  if (url === null || !isUrl(url, HTTP)) wrong.push(urlRule('WITNESS_URL', HTTP));
  if (key === null || !isKey(key, 'cosignature'))
    wrong.push('WITNESS_KEY is the public key that the witness printed at its start, name+id+key');
  return url === null || key === null ? null : { url: url.replace(/\/+$/, ''), key };
}

function isKey(text: string, use: 'note' | 'cosignature'): boolean {
  const key = parseVerifierKey(text);
  return key.ok && key.value.use === use;
}

function urlsOfServices(
  environment: Environment,
  suffix: 'URL' | 'DATABASE_URL',
  protocols: readonly string[],
  wrong: string[],
): Partial<Record<ServiceName, string>> {
  const urls: Partial<Record<ServiceName, string>> = {};
  for (const name of serviceNames) {
    const variable = `${environmentPrefix(name)}_${suffix}`;
    const value = environment[variable];
    if (value === undefined || value === '') continue;
    if (!isUrl(value, protocols)) wrong.push(urlRule(variable, protocols));
    // Paths are put behind a service's URL as it stands.
    urls[name] = suffix === 'URL' ? value.replace(/\/+$/, '') : value;
  }
  return urls;
}

function isUrl(value: string, protocols: readonly string[]): boolean {
  return URL.canParse(value) && protocols.includes(new URL(value).protocol);
}

/** The value itself may hold a password and is not repeated. */
function urlRule(variable: string, protocols: readonly string[]): string {
  return `${variable} is a URL that starts with ${protocols.map((protocol) => `${protocol}//`).join(' or ')}`;
}

function isDate(word: string): boolean {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(word)) return false;
  const time = Date.parse(`${word}T00:00:00Z`);
  return !Number.isNaN(time) && new Date(time).toISOString().startsWith(word);
}
