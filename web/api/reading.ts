import type { Answer, Failure, Path } from './answer.ts';

/** One part of an answer as a screen shows it: there, not on record, or withheld with the reason. */
export type Part<Value> =
  | { readonly state: 'there'; readonly value: Value }
  | { readonly state: 'none' }
  | { readonly state: 'withheld'; readonly failure: Failure };

/** A place in an answer from which its parts are read. */
export interface Reading {
  /** The same answer from a place further down. */
  readonly at: (...path: Path) => Reading;
  /** Why nothing stands at this place or below it at `path`; null where nothing hinders. */
  readonly withheld: (...path: Path) => Failure | null;
  /** Every failure at this place, above it or below it. */
  readonly failures: () => readonly Failure[];
}

/** Reads an answer from a place on. */
export function readingOf(answer: Answer<unknown>, base: Path = []): Reading {
  return {
    at: (...path) => readingOf(answer, [...base, ...path]),
    withheld: (...path) => {
      const place = [...base, ...path];
      return answer.failures.find((failure) => isPrefix(failure.path, place)) ?? null;
    },
    failures: () => answer.failures.filter(({ path }) => isPrefix(path, base) || isPrefix(base, path)),
  };
}

/**
 * What a value and the place it was read from say together. A null with a failure is withheld; a null or an empty list
 * without one is not on record: to a person these are different things.
 */
export function partOf<Value>(value: Value | null | undefined, reading: Reading): Part<NonNullable<Value>> {
  if (value != null && !(Array.isArray(value) && value.length === 0)) return { state: 'there', value };
  const failure = reading.withheld();
  return failure === null ? { state: 'none' } : { state: 'withheld', failure };
}

/**
 * A list of documents, or one, as a part. Where even `key`, the field that names a document, is withheld, all of it is:
 * a card of refusals tells nobody anything.
 */
export function documentPart<Value>(
  value: Value | null | undefined,
  reading: Reading,
  key: string,
): Part<NonNullable<Value>> {
  const first = Array.isArray(value) ? reading.at(0) : reading;
  const failure = value == null ? null : first.withheld(key);
  return failure === null ? partOf(value, reading) : { state: 'withheld', failure };
}

/** How a whole section stands. */
export interface SectionState {
  /** The sources that could not serve, and failures of the whole request: each once. */
  readonly missing: readonly Failure[];
  readonly needsLevel: boolean;
  readonly needsPasscode: boolean;
  /** Refusals that neither a level nor a passcode nor a second try mends: each code once. */
  readonly refused: readonly Failure[];
  /** False where every part is withheld: then only the reasons are shown. */
  readonly showsSomething: boolean;
}

/** The state of a section from the places its parts are read from. `parts` decide whether anything is left to show. */
export function sectionState(readings: readonly Reading[], parts: readonly Part<unknown>[]): SectionState {
  const failures = readings.flatMap((reading) => reading.failures());
  const coded = (code: Failure['code']): boolean => failures.some((failure) => failure.code === code);
  const mendable = new Set<Failure['code']>(['LEVEL_REQUIRED', 'PASSCODE_REQUIRED']);
  return {
    missing: once(failures.filter(isMissing)),
    needsLevel: coded('LEVEL_REQUIRED'),
    needsPasscode: coded('PASSCODE_REQUIRED'),
    refused: once(failures.filter((failure) => !isMissing(failure) && !mendable.has(failure.code))),
    showsSomething: parts.some(({ state }) => state !== 'withheld'),
  };
}

/** Codes that a second try may mend. */
const passing: ReadonlySet<Failure['code']> = new Set([
  'SOURCE_UNAVAILABLE',
  'SOURCE_INVALID',
  'ACCESS_LOG_UNAVAILABLE',
  'RATE_LIMITED',
  'TIMEOUT',
  'UNREACHABLE',
]);

/** Whether a failure means that data is missing, not that it may not be seen. */
export function isMissing({ code }: Failure): boolean {
  return passing.has(code);
}

function once(failures: readonly Failure[]): readonly Failure[] {
  const seen = new Map(failures.map((failure) => [`${failure.code} ${failure.source}`, failure]));
  return [...seen.values()];
}

function isPrefix(short: Path, long: Path): boolean {
  return short.every((segment, at) => segment === long[at]);
}
