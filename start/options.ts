import { parseArgs } from 'node:util';
import { isRoleName, roleNames } from './service-names.ts';
import type { RoleName } from './service-names.ts';
import { StartError } from './start-error.ts';

/** What the command line of `npm start` says. */
export interface StartOptions {
  /** The gateway's port; the services follow it. */
  readonly port: number;
  /** How many people an empty database is filled with; null when the command line does not say. */
  readonly people: number | null;
  readonly reset: boolean;
  /** What this process runs. */
  readonly roles: ReadonlySet<RoleName>;
}

/** How many people are seeded when the command line does not say. */
export const DEFAULT_PEOPLE = 1000;

/** As many as there are distinct synthetic numbers. */
const MOST_PEOPLE = 2_997_000;
/** The last service and what stands beside the services come within so many ports of the gateway's. */
const HIGHEST_PORT = 65_500;

const USAGE =
  'options follow two dashes, npm start -- [--people N] [--port P] [--reset] [--only a,b | --without a,b]';

const OPTIONS = {
  port: { type: 'string' },
  people: { type: 'string' },
  reset: { type: 'boolean' },
  only: { type: 'string' },
  without: { type: 'string' },
} as const;

/** Reads the command line. @throws StartError naming the word that is wrong */
export function readOptions(words: readonly string[]): StartOptions {
  const { tokens } = parseArgs({
    args: [...words],
    options: OPTIONS,
    strict: false,
    allowPositionals: true,
    tokens: true,
  });
  const given = new Map<string, string>();
  for (const token of tokens) {
    if (token.kind === 'option-terminator') continue;
    if (token.kind === 'positional') throw new StartError(`"${token.value}" is no option: ${USAGE}.`);
    const option = Object.hasOwn(OPTIONS, token.name) ? OPTIONS[token.name as keyof typeof OPTIONS] : null;
    if (option === null) throw new StartError(`There is no option ${token.rawName}: ${USAGE}.`);
    const takesValue = option.type === 'string';
    if (takesValue !== (token.value !== undefined && token.value !== '')) {
      throw new StartError(`${token.rawName} takes ${takesValue ? 'a value' : 'no value'}: ${USAGE}.`);
    }
    if (given.has(token.name)) throw new StartError(`${token.rawName} stands there twice: ${USAGE}.`);
    given.set(token.name, token.value ?? '');
  }
  const people = given.get('people');
  return {
    port: readNumber('--port', given.get('port') ?? '4000', 1, HIGHEST_PORT),
    people: people === undefined ? null : readNumber('--people', people, 0, MOST_PEOPLE),
    reset: given.has('reset'),
    roles: readRoles(given.get('only'), given.get('without')),
  };
}

function readNumber(name: string, word: string, least: number, most: number): number {
  const value = /^\d{1,9}$/.test(word) ? Number(word) : Number.NaN;
  if (value >= least && value <= most) return value;
  throw new StartError(`${name} takes a whole number from ${least} to ${most}, not "${word}".`);
}

function readRoles(only: string | undefined, without: string | undefined): ReadonlySet<RoleName> {
  if (only !== undefined && without !== undefined)
    throw new StartError('--only and --without exclude each other: give one of them.');
  if (only !== undefined) return new Set(readNames('--only', only));
  const left = new Set<RoleName>(roleNames);
  if (without !== undefined) for (const name of readNames('--without', without)) left.delete(name);
  if (left.size === 0) throw new StartError('--without leaves nothing to run: name fewer.');
  return left;
}

function readNames(option: string, list: string): RoleName[] {
  return list.split(',').map((text) => {
    const word = text.trim();
    if (isRoleName(word)) return word;
    throw new StartError(
      `${option} takes names with commas between them, not "${word}": ${roleNames.join(', ')}.`,
    );
  });
}
