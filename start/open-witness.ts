import { join } from 'node:path';
import { DEFAULT_LOG_NAME, logKeyOf, originOf } from '@dinhdanh/access-log';
import type { WitnessAddress } from '@dinhdanh/access-log';
import { systemClock } from '@dinhdanh/kit';
import type { Clock, LogLevel } from '@dinhdanh/kit';
import type { DemoLog } from './demo.ts';
import type { KeyFolder } from './keys.ts';
import { WITNESS_OFFSET } from './ports.ts';
import type { RoleName } from './service-names.ts';
import { startWitness } from './witness-process.ts';

/** What of a start's options is about the log and its witness. */
export interface LogOptions {
  readonly roles: ReadonlySet<RoleName>;
  readonly host: string;
  readonly port: number;
  readonly logLevel: LogLevel;
  readonly clock?: Clock;
  /** The access log's name; its own default where it is left out. */
  readonly logName?: string | null;
  /** A witness that runs elsewhere: then none is started here. */
  readonly witness?: WitnessAddress | null;
  /** Whose trees the witness cosigns; the access log's of this data folder where it is left out. */
  readonly witnessLogKey?: string | null;
}

/** The witness as the access log of this process is told of it. */
export interface OpenWitness {
  readonly address: WitnessAddress;
  /** Ends it where it was started here. */
  readonly stop: () => Promise<void>;
}

/** Whether a witness is started here: where one is asked for, and none is named that runs elsewhere. */
export function hasWitness({ roles, witness }: LogOptions): boolean {
  return roles.has('witness') && (witness ?? null) === null;
}

/** Its port; 0 takes a free one. */
export function witnessPort({ port }: LogOptions): number {
  return port === 0 ? 0 : port + WITNESS_OFFSET;
}

/** The witness of the access log: one elsewhere, or one that is started beside; null for none. */
export async function openWitness(
  options: LogOptions,
  dataFolder: string,
  keys: KeyFolder,
): Promise<OpenWitness | null> {
  if (!hasWitness(options)) {
    const address = options.witness ?? null;
    return address === null ? null : { address, stop: () => Promise.resolve() };
  }
  const name = options.logName ?? DEFAULT_LOG_NAME;
  const { url, key, stop } = await startWitness({
    folder: join(dataFolder, 'witness'),
    host: options.host,
    port: witnessPort(options),
    logKey: options.witnessLogKey ?? logKeyOf(name, await keys.key('access-log.signing')) ?? '',
    isQuiet: options.logLevel === 'silent',
  });
  return { address: { url, key }, stop };
}

/** What `demo.json` tells of the log; null where the access log does not run here. */
export async function describeLog(
  options: LogOptions,
  keys: KeyFolder,
  url: string | null,
  witness: WitnessAddress | null,
): Promise<DemoLog | null> {
  if (!options.roles.has('access-log')) return null;
  const now = (options.clock ?? systemClock)();
  const origin = originOf(options.logName ?? DEFAULT_LOG_NAME, now);
  const logKey = logKeyOf(origin, await keys.key('access-log.signing'));
  if (logKey === null) return null;
  const witnessKeys = witness === null ? [] : [witness.key];
  return { origin, logKey, witnessKeys, url: url === null ? null : `${url}/log` };
}
