import { parseArgs } from 'node:util';
import { isRoleName, serviceNames } from './service-names.ts';
import type { RoleName } from './service-names.ts';
import { StartError } from './start-error.ts';

/** What the command line of `npm start` says. */
export interface StartOptions {
  /** The gateway's port; the services follow it. */
  readonly port: number;
  readonly people: number;
  readonly reset: boolean;
  /** What this process runs. */
  readonly roles: ReadonlySet<RoleName>;
}

const USAGE =
  'npm start [-- --people N] [--port P] [--reset] [--only a,b | --without a,b]   names: gateway, ' +
  serviceNames.join(', ');

/** Reads the command line. @throws StartError naming the word that is wrong */
export function readOptions(words: readonly string[]): StartOptions {
  let values: { port?: string; people?: string; reset?: boolean; only?: string; without?: string };
  try {
    ({ values } = parseArgs({
      args: [...words],
      options: {
        port: { type: 'string' },
        people: { type: 'string' },
        reset: { type: 'boolean' },
        only: { type: 'string' },
        without: { type: 'string' },
      },
    }));
  } catch (error) {
    throw new StartError(`${error instanceof Error ? error.message : String(error)}\n${USAGE}`);
  }
  return {
    port: readNumber('--port', values.port, 4000, 1, 65_500),
    people: readNumber('--people', values.people, 1000, 0, 2_997_000),
    reset: values.reset ?? false,
    roles: readRoles(values.only, values.without),
  };
}

function readNumber(
  name: string,
  word: string | undefined,
  otherwise: number,
  least: number,
  most: number,
): number {
  if (word === undefined) return otherwise;
  const value = /^\d{1,9}$/.test(word) ? Number(word) : Number.NaN;
  if (value >= least && value <= most) return value;
  throw new StartError(`${name} takes a whole number from ${least} to ${most}, not "${word}".\n${USAGE}`);
}

function readRoles(only: string | undefined, without: string | undefined): ReadonlySet<RoleName> {
  if (only !== undefined && without !== undefined)
    throw new StartError(`--only and --without exclude each other.\n${USAGE}`);
  if (only !== undefined) return new Set(readNames('--only', only));
  const left = new Set<RoleName>(['gateway', ...serviceNames]);
  for (const name of readNames('--without', without ?? '')) left.delete(name);
  return left;
}

function readNames(option: string, list: string): RoleName[] {
  return list
    .split(',')
    .map((word) => word.trim())
    .filter((word) => word !== '')
    .map((word) => {
      if (isRoleName(word)) return word;
      throw new StartError(`${option}: there is no service called "${word}".\n${USAGE}`);
    });
}
