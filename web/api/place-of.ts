import type { Answer, Path } from './answer.ts';

/** Whose data is asked for: one's own, or of somebody one acts for, by the id of the relation. */
export type Subject = { readonly kind: 'self' } | { readonly kind: 'dependant'; readonly id: string };

/** An answer about oneself. */
export interface Mine<Person> {
  readonly person: Person | null;
}

/** An answer about all those one acts for. */
export interface Dependants<Person> {
  readonly me: {
    readonly dependants: ReadonlyArray<{ readonly id: string; readonly person: Person | null }> | null;
  } | null;
}

/** Where a person stands in an answer. One who is not in the list is read from the list, whose failure says why. */
export function placeOf<Person>(
  answer: Answer<Mine<Person> | Dependants<Person>> | null,
  subject: Subject,
): { readonly person: Person | null; readonly path: Path } {
  const data = answer?.data ?? null;
  if (subject.kind === 'self') {
    return { person: data !== null && 'person' in data ? data.person : null, path: ['person'] };
  }
  const list = (data !== null && 'me' in data ? data.me?.dependants : null) ?? [];
  const position = list.findIndex(({ id }) => id === subject.id);
  if (position < 0) return { person: null, path: ['me', 'dependants'] };
  return { person: list[position]?.person ?? null, path: ['me', 'dependants', position, 'person'] };
}
