import { type GraphQLOutputType, type GraphQLSchema } from 'graphql';
import { fieldOf } from './field-of.ts';
import type { PrunedSelection } from './prune-refused.ts';
import { concreteNames } from './concrete-names.ts';

/** A selection that is answered from the data tree. */
export type Answered = PrunedSelection & { readonly kind: 'field' | 'typename' };

/** The selections of several occurrences of one field. */
export type SelectionLists = readonly (readonly PrunedSelection[])[];

/** Nothing refused, nothing of the schema itself. */
export function isWhole(selections: readonly PrunedSelection[]): boolean {
  return selections.every((each) => {
    if (each.kind === 'refused' || each.kind === 'introspection') return false;
    return each.kind === 'typename' || isWhole(each.selections ?? []);
  });
}

/** Every occurrence that holds for an object of the type and is written, by field number, in the order of the answer. */
export function selectedOn(
  schema: GraphQLSchema,
  typeName: string,
  lists: SelectionLists,
): ReadonlyMap<number, readonly Answered[]> {
  const found = new Map<number, Answered[]>();
  const collect = (list: readonly PrunedSelection[]): void => {
    for (const selection of list) {
      if (selection.kind === 'typename' && !selection.isWritten) continue;
      if (selection.kind === 'narrowing') {
        const holds = selection.on === typeName || concreteNames(schema, selection.on).includes(typeName);
        if (holds) collect(selection.selections);
      } else if (selection.kind === 'field' || selection.kind === 'typename') {
        const known = found.get(selection.key);
        if (known) known.push(selection);
        else found.set(selection.key, [selection]);
      }
    }
  };
  for (const list of lists) collect(list);
  return found;
}

/** The type that a field has on a type of the schema. */
export function typeOfField(
  schema: GraphQLSchema,
  typeName: string,
  field: string,
): GraphQLOutputType | undefined {
  return fieldOf(schema.getType(typeName), field)?.type;
}

/** Tells selections on a type apart from others, so that code for the same is made once. */
export class SelectionNames {
  readonly #numbers = new Map<readonly PrunedSelection[], number>();

  of(typeName: string, lists: SelectionLists): string {
    return `${typeName} ${lists.map((list) => this.#numberOf(list)).join(' ')}`;
  }

  #numberOf(list: readonly PrunedSelection[]): number {
    const known = this.#numbers.get(list) ?? this.#numbers.size;
    this.#numbers.set(list, known);
    return known;
  }
}
