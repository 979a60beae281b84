import { fileName, isIn, isTest } from '../house/rooms.ts';
import type { House, Import, Mention, SourceFile } from '../house/source.ts';
import { type Law, ownPath, perFile, type Violation } from './law.ts';

/** Parts of Node that only compute. */
const pureBuiltins = new Set([
  'crypto',
  'buffer',
  'util',
  'path',
  'path/posix',
  'url',
  'zlib',
  'assert',
  'string_decoder',
]);
/** Packages that only compute. */
const purePackages = new Set(['graphql']);
/** Of node:crypto, what draws from the world instead of from its arguments. */
const randomNames = /^(\*|default|random.*|generateKey.*|generatePrime.*|getRandomValues|webcrypto|subtle)$/;

const clocks = /^(Date\.now|performance\.now|performance\.timeOrigin|Temporal\.Now\b.*|process\.hrtime.*)$/;
const randoms = /^(Math\.random|(web)?crypto\.(random\w*|getRandomValues|generate\w*))$/i;
const doings = /^(fetch|setTimeout|setInterval|setImmediate|queueMicrotask|console\..*|process\..*|require)$/;

/** The rooms whose answer is decided by their arguments alone. */
function isPureRoom(path: string): boolean {
  if (isTest(path)) return false;
  if (/^(rules|consent)\.ts$/.test(fileName(path))) return true;
  if (isIn('subgraphs/sharing/consent', path)) return fileName(path) !== 'store.ts';
  return ['gateway/policy', 'subgraphs/people', 'subgraphs/access-log/tlog'].some((room) => isIn(room, path));
}

/** Decisions that can be tabled in a test, replayed, and proved: no clock, no chance, no world. */
export const pureRooms: Law = {
  name: 'pure-rooms',
  sentence:
    "Rules, policy, consent, the people's recipe and tlog are pure: no I/O, no clock, no chance, nor anything they import; hand them the clock, the seed and the data.",
  check: perFile((file, house) => (isPureRoom(file.path) ? impurities(file, house) : [])),
};

function impurities(file: SourceFile, house: House): Violation[] {
  const here = file.path;
  const own = file.mentions.flatMap((mention) => {
    const what = impureMention(mention);
    return what === null ? [] : [{ file: here, line: mention.line, found: what }];
  });
  const imported = file.imports
    .filter(({ typeOnly }) => !typeOnly)
    .flatMap((statement) => {
      const what = impureImport(statement) ?? impureBehind(statement, house, new Set([here]));
      return what === null ? [] : [{ file: here, line: statement.line, found: what }];
    });
  return [...own, ...imported];
}

function impureMention({ kind, name, argumentCount }: Mention): string | null {
  if (kind === 'new' && name === 'Date' && argumentCount === 0) return 'new Date() reads the clock';
  if (kind === 'call' && name === 'Date') return 'Date() reads the clock';
  if (kind === 'member' && clocks.test(name)) return `${name} reads the clock`;
  if (kind === 'member' && randoms.test(name)) return `${name} is chance`;
  return kind === 'call' && doings.test(name) ? `${name} reaches outside` : null;
}

function impureImport({ target, names, specifier }: Import): string | null {
  if (target.kind === 'package')
    return purePackages.has(target.name) ? null : `${specifier} is not known to be pure`;
  if (target.kind !== 'node') return null;
  if (!pureBuiltins.has(target.name)) return `${specifier} reaches outside`;
  const random = target.name === 'crypto' ? names.find((name) => randomNames.test(name)) : undefined;
  return random === undefined ? null : `${random} of ${specifier} is chance`;
}

/** What is impure in the files behind an import; a door is followed only for the names that are taken through it. */
function impureBehind(statement: Import, house: House, seen: Set<string>): string | null {
  const door = ownPath(statement);
  if (door === null) return null;
  for (const file of filesBehind(door, statement.names, house, new Set())) {
    if (seen.has(file.path)) continue;
    seen.add(file.path);
    const mention = file.mentions.map(impureMention).find((what) => what !== null);
    if (mention !== undefined) return `${file.path}: ${mention}`;
    for (const next of file.imports) {
      if (next.typeOnly) continue;
      const what = impureImport(next);
      if (what !== null) return `${file.path}: ${what}`;
      const behind = impureBehind(next, house, seen);
      if (behind !== null) return behind;
    }
  }
  return null;
}

/** The files that names come from, through re-exports; the file itself where a name is its own or everything is taken. */
function filesBehind(path: string, names: readonly string[], house: House, seen: Set<string>): SourceFile[] {
  const file = house.fileAt(path);
  if (file === undefined || seen.has(path)) return [];
  seen.add(path);
  if (names.includes('*')) return [file];
  const own = names.some((name) => file.exportedNames.includes(name)) ? [file] : [];
  const others = file.imports.flatMap((statement) => {
    const taken = names.flatMap((name) => throughReexport(statement, name));
    const next = ownPath(statement);
    return next === null || taken.length === 0 ? [] : filesBehind(next, taken, house, seen);
  });
  return [...own, ...others];
}

function throughReexport({ reexport, renamed, names }: Import, name: string): string[] {
  if (!reexport) return [];
  const before = renamed[name];
  if (before !== undefined) return [before];
  return names.includes('*') && Object.keys(renamed).length === 0 ? [name] : [];
}
