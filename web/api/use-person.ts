import type { AnyVariables, TypedDocumentNode } from 'urql';
import type { Answer } from './answer.ts';
import { type Dependants, type Mine, placeOf, type Subject } from './place-of.ts';
import { type Reading, readingOf } from './reading.ts';
import { type Asked, useAnswer } from './use-answer.ts';

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
