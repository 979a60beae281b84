import type { PlanNode } from '@graphql-hive/router-query-planner';
import { getNamedType, Kind, type SelectionNode, type SelectionSetNode } from 'graphql';
import { fieldOf } from './field-of.ts';
import type { ReadPlanned } from './planned-document.ts';
import type { Supergraph } from './read-supergraph.ts';

/**
 * Whether every field of a plan is asked of a service that has it: its own, a key, or one that it provides on this
 * way. The planner takes what is provided on one way for provided on another.
 */
export function asksOwnersOnly(
  supergraph: Supergraph,
  node: PlanNode | undefined,
  read: ReadPlanned,
): boolean {
  if (!node) return true;
  if (node.kind === 'Sequence' || node.kind === 'Parallel') {
    return node.nodes.every((each) => asksOwnersOnly(supergraph, each, read));
  }
  if (node.kind === 'Flatten') return asksOwnersOnly(supergraph, node.node, read);
  if (node.kind !== 'Fetch' && node.kind !== 'BatchFetch') return true;
  const walk: Walk = { supergraph, service: node.serviceName };
  return read(node).definitions.every((definition) => {
    if (definition.kind === Kind.FRAGMENT_DEFINITION) {
      return holds(walk, definition.typeCondition.name.value, definition.selectionSet.selections, []);
    }
    if (definition.kind !== Kind.OPERATION_DEFINITION) return true;
    const root = supergraph.fullSchema.getRootType(definition.operation)?.name ?? 'Query';
    return holds(walk, root, definition.selectionSet.selections, []);
  });
}

interface Walk {
  readonly supergraph: Supergraph;
  readonly service: string;
}

function holds(
  walk: Walk,
  typeName: string,
  selections: readonly SelectionNode[],
  provided: readonly SelectionNode[],
): boolean {
  return selections.every((selection) => {
    if (selection.kind === Kind.INLINE_FRAGMENT) {
      const on = selection.typeCondition?.name.value ?? typeName;
      return holds(walk, on, selection.selectionSet.selections, provided);
    }
    if (selection.kind !== Kind.FIELD) return true;
    const name = selection.name.value;
    if (name === '_entities') return holds(walk, typeName, selection.selectionSet?.selections ?? [], []);
    const view = walk.supergraph.typeIn(walk.service, typeName);
    const own = fieldsNamed(provided, name);
    const isKey = view?.keys.some((key) => fieldsNamed(key.selections, name).length > 0);
    if (view && name !== '__typename' && !view.fields.has(name) && own.length === 0 && !isKey) return false;
    const field = fieldOf(walk.supergraph.fullSchema.getType(typeName), name);
    if (!field || !selection.selectionSet) return true;
    const below = [...own, view?.provides.get(name)].flatMap((each) => each?.selections ?? []);
    return holds(walk, getNamedType(field.type).name, selection.selectionSet.selections, below);
  });
}

/** What a field set selects below a field, whatever kind it is for. */
function fieldsNamed(selections: readonly SelectionNode[], name: string): readonly SelectionSetNode[] {
  return selections.flatMap((each) => {
    if (each.kind === Kind.INLINE_FRAGMENT) return fieldsNamed(each.selectionSet.selections, name);
    if (each.kind !== Kind.FIELD || each.name.value !== name) return [];
    return [each.selectionSet ?? { kind: Kind.SELECTION_SET, selections: [] }];
  });
}
