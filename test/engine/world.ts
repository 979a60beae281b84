import type { FieldNode, SelectionSetNode } from 'graphql';

/**
 * One thing of a world: `__typename` and its fields. A field is a value, another thing, a list of those, an `Error`
 * that its resolver throws, or a function of its arguments and of what `@requires` names.
 */
export interface Item {
  readonly __typename: string;
  /** Services whose `_entities` answer null for it. */
  readonly unknownTo?: readonly string[];
  readonly [field: string]: unknown;
}

/** A field that is computed. `given` holds what the field's `@requires` names, else nothing. */
export type Computed = (args: Readonly<Record<string, unknown>>, given: unknown) => unknown;

/** Data that all services of a world share; each sees the part its own SDL names. */
export interface World {
  /** Every entity, by which references are resolved. */
  readonly items: readonly Item[];
  /** Root fields by root type. */
  readonly roots: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
}

/** Tells a thing from a plain value. */
export function isItem(value: unknown): value is Item {
  return typeof value === 'object' && value !== null && '__typename' in value;
}

/** A field set's own fields for an object of one type, fragments resolved by `isA`. */
export function fieldsFor(
  set: SelectionSetNode,
  typeName: string,
  isA: (typeName: string, other: string) => boolean,
): readonly FieldNode[] {
  return set.selections.flatMap((selection) => {
    if (selection.kind === 'Field') return [selection];
    if (selection.kind !== 'InlineFragment') return [];
    const on = selection.typeCondition?.name.value;
    return on === undefined || isA(typeName, on) ? fieldsFor(selection.selectionSet, typeName, isA) : [];
  });
}
