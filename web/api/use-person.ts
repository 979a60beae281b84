import type { AnyVariables, TypedDocumentNode } from 'urql';
import type { Answer, Path } from './answer.ts';
import { type Reading, readingOf } from './reading.ts';
import { type Asked, useAnswer } from './use-answer.ts';

/** Whose data is asked for: one's own, or of somebody one acts for, by the id of the relation. */
export type Subject = { readonly kind: 'self' } | { readonly kind: 'dependant'; readonly id: string };

interface Mine<Person> {
  readonly person: Person | null;
}

interface Dependants<Person> {
  readonly me: {
    readonly dependants: ReadonlyArray<{ readonly id: string; readonly person: Person | null }> | null;
  } | null;
}

/** The same selection under both roots. */
export interface PersonQuery<Person, Variables extends AnyVariables> {
  readonly mine: TypedDocumentNode<Mine<Person>, Variables>;
  readonly dependants: TypedDocumentNode<Dependants<Person>, Variables>;
}

/** What was asked about a person, and the place in the answer to read it from. */
export interface PersonView<Person> extends Asked<Mine<Person> | Dependants<Person>> {
  readonly person: Person | null;
  readonly reading: Reading;
}

/** Asks about a person: oneself or a dependant. */
export function usePerson<Person, Variables extends AnyVariables>(
  subject: Subject,
  query: PersonQuery<Person, Variables>,
  variables: Variables,
): PersonView<Person> {
  const document = (subject.kind === 'self' ? query.mine : query.dependants) as TypedDocumentNode<
    Mine<Person> | Dependants<Person>,
    Variables
  >;
  const asked = useAnswer(document, variables);
  const { person, path } = placeOf(asked.answer, subject);
  return { ...asked, person, reading: readingOf(asked.answer ?? nothing, path) };
}

const nothing: Answer<unknown> = { data: null, failures: [], notices: [] };

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
