import { getNamedType, isAbstractType } from 'graphql';
import type { FieldSelection, Narrowing, Selection, Shape, TypenameSelection } from './shape.ts';

/** A selection that is not planned; the writer answers it with null and the refusal of the leaf. */
export interface RefusedSelection {
  readonly kind: 'refused';
  readonly key: number;
  readonly field: FieldSelection | TypenameSelection;
  /** The leaf whose refusal the client is told. */
  readonly leaf: number;
}

/** A selection tree in which refused parts are marked. */
export type PrunedSelection =
  | TypenameSelection
  | (Selection & { kind: 'introspection' })
  | RefusedSelection
  | (Omit<FieldSelection, 'selections'> & { readonly selections: readonly PrunedSelection[] | null })
  | (Omit<Narrowing, 'selections'> & { readonly selections: readonly PrunedSelection[] });

/**
 * Marks every refused leaf. A field all of whose leaves are refused is refused itself, with one refusal: not
 * even its presence or its length is asked for. `__typename` of an object type tells nothing of its own, so it
 * does not keep such a field alive.
 */
export function pruneRefused(shape: Shape, refused: ReadonlySet<number>): readonly PrunedSelection[] {
  return prune(shape.selections, refused);
}

function prune(selections: readonly Selection[], refused: ReadonlySet<number>): PrunedSelection[] {
  return selections.map((selection): PrunedSelection => {
    switch (selection.kind) {
      case 'introspection':
        return selection;
      case 'typename':
        return refused.has(selection.leaf)
          ? { kind: 'refused', key: selection.key, field: selection, leaf: selection.leaf }
          : selection;
      case 'narrowing':
        return { ...selection, selections: prune(selection.selections, refused) };
      case 'field':
        return pruneField(selection, refused);
    }
  });
}

function pruneField(field: FieldSelection, refused: ReadonlySet<number>): PrunedSelection {
  if (!field.selections) {
    return refused.has(field.leaf) ? { kind: 'refused', key: field.key, field, leaf: field.leaf } : field;
  }
  const selections = prune(field.selections, refused);
  const first = firstRefused(selections);
  const isAbstract = isAbstractType(getNamedType(field.type));
  if (first !== undefined && !hasAllowed(selections, isAbstract)) {
    return { kind: 'refused', key: field.key, field, leaf: first };
  }
  return { ...field, selections };
}

function firstRefused(selections: readonly PrunedSelection[]): number | undefined {
  for (const selection of selections) {
    if (selection.kind === 'refused') return selection.leaf;
    if (selection.kind === 'field' || selection.kind === 'narrowing') {
      const below = firstRefused(selection.selections ?? []);
      if (below !== undefined) return below;
    }
  }
  return undefined;
}

function hasAllowed(selections: readonly PrunedSelection[], isAbstract: boolean): boolean {
  return selections.some((selection) => {
    if (selection.kind === 'typename') return isAbstract;
    if (selection.kind === 'narrowing') return hasAllowed(selection.selections, false);
    // A field that is still a field has something allowed below it: dead ones were replaced on the way up.
    return selection.kind === 'field';
  });
}

/** What is left to be planned: the shape without its refused selections. */
export function plannedSelections(pruned: readonly PrunedSelection[]): Selection[] {
  const planned: Selection[] = [];
  for (const selection of pruned) {
    if (selection.kind === 'refused') continue;
    if (selection.kind === 'narrowing') {
      planned.push({ ...selection, selections: plannedSelections(selection.selections) });
    } else if (selection.kind === 'field') {
      planned.push({
        ...selection,
        selections: selection.selections ? plannedSelections(selection.selections) : null,
      });
    } else {
      planned.push(selection);
    }
  }
  return planned;
}
