import type { Leaf } from '../engine/index.ts';

/** What a leaf tells, as the log names it, and which of its arguments change what is learnt. */
export interface LeafClaims {
  /** Claims by id: the leaf's own first, then those its presence tells. */
  readonly ids: readonly string[];
  /** Arguments that stand behind the leaf's own claim: numbers, truth values and words of an enum, never free text. */
  readonly argumentNames: readonly string[];
}

/** A whole number of up to four digits, or a word of the schema: nothing that could be a number of a person. */
const SHORT_VALUE = /^(?:-?[0-9]{1,4}|[A-Za-z][A-Za-z0-9_]{0,19})$/;

/** The names under which a leaf's claims stand in an entry: `age.over(years:18)`. */
export function claimNames({ ids, argumentNames }: LeafClaims, args: Leaf['args']): readonly string[] {
  const [own, ...told] = ids;
  if (own === undefined || argumentNames.length === 0) return ids;
  const named = argumentNames.flatMap((name) => {
    const value = args[name];
    const text = typeof value === 'string' ? value : JSON.stringify(value ?? null);
    return text !== 'null' && SHORT_VALUE.test(text) ? [`${own}(${name}:${text})`] : [];
  });
  return [...(named.length === 0 ? [own] : named), ...told];
}

/** Sorted and each once, as entries have their lists. */
export function sortedSet(names: Iterable<string>): readonly string[] {
  return [...new Set(names)].sort();
}
