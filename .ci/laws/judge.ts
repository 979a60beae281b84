/** Holds the laws against a house, less the written exceptions. Pure. */
import type { House } from '../house/source.ts';
import type { Law, Violation } from './law.ts';

/**
 * An exception granted in exceptions.json. It may only shrink: one that allows more than is used is a failure itself.
 */
export interface Exception {
  law: string;
  file: string;
  /** For a law about size the largest size allowed, for any other the number of places. */
  limit: number;
  /** Why, in a sentence, and what would end it. */
  reason: string;
}

/** A law that is broken, or an exception that is no longer needed, as a sentence with its places. */
export interface Finding {
  law: string;
  sentence: string;
  places: string[];
}

/** Judges the house by all the laws given; no finding means that it stands. */
export function judge(house: House, laws: readonly Law[], exceptions: readonly Exception[]): Finding[] {
  const findings = laws.flatMap((law) => {
    const broken = law.check(house).filter((violation) => !isExcused(violation, law, house, exceptions));
    return broken.length === 0 ? [] : [{ law: law.name, sentence: law.sentence, places: broken.map(place) }];
  });
  const loose = exceptions.flatMap((exception) => looseness(exception, house, laws));
  if (loose.length > 0) {
    findings.push({
      law: 'exceptions',
      sentence: 'An exception may only shrink, and has a reason.',
      places: loose,
    });
  }
  return findings;
}

function place({ file, line, found }: Violation): string {
  return `${file}:${line} ${found}`;
}

function isExcused(violation: Violation, law: Law, house: House, exceptions: readonly Exception[]): boolean {
  const exception = exceptions.find(
    (candidate) => candidate.law === law.name && candidate.file === violation.file,
  );
  if (exception === undefined) return false;
  if (violation.size !== undefined) return violation.size <= exception.limit;
  return used(exception, law, house) <= exception.limit;
}

/** How much of an exception the house uses: its largest size, or its number of places. */
function used({ file }: Exception, law: Law, house: House): number {
  const violations = law.check(house).filter((violation) => violation.file === file);
  const sizes = violations.flatMap(({ size }) => size ?? []);
  return sizes.length > 0 ? Math.max(...sizes) : violations.length;
}

function looseness(exception: Exception, house: House, laws: readonly Law[]): string[] {
  const where = `${exception.law} in ${exception.file}`;
  const law = laws.find(({ name }) => name === exception.law);
  if (law === undefined) return [`${where}: there is no such law`];
  if (exception.reason.trim().length < 20) return [`${where}: write the reason`];
  const needed = used(exception, law, house);
  if (needed === 0) return [`${where}: not needed any more, strike it out`];
  return needed < exception.limit
    ? [`${where}: needs only ${needed}, lower the limit from ${exception.limit}`]
    : [];
}
