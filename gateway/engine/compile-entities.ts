import type { FlattenNodePathSegment, RequiresSelection } from '@graphql-hive/router-query-planner';
import { Kind, type SelectionNode, type SelectionSetNode } from 'graphql';
import { applyRewrite, widen } from './compile-rewrites.ts';
import { type DataObject, isDataObject } from './field-failure.ts';
import type { Supergraph } from './read-supergraph.ts';
import type { PathSegment, Rewrite } from './step.ts';

/** The planner's path with type names widened to concrete types. */
export function compilePath(
  supergraph: Supergraph,
  path: readonly FlattenNodePathSegment[],
): readonly PathSegment[] {
  return path.map((segment): PathSegment => {
    if (segment === '@') return { kind: 'list' };
    if ('Field' in segment) return { kind: 'field', key: segment.Field };
    return { kind: 'type', names: widen(supergraph, segment.TypeCondition) };
  });
}

/** The requirement that holds for a concrete type: its field selections, fragments resolved. */
export function requiredOf(
  supergraph: Supergraph,
  requires: readonly RequiresSelection[],
  typeName: string,
): readonly (RequiresSelection & { kind: 'Field' })[] {
  return requires.flatMap((selection) => {
    if (selection.kind === 'Field') return [selection];
    if (selection.kind !== 'InlineFragment') return [];
    const holds =
      selection.typeCondition === typeName ||
      supergraph.concreteTypes(selection.typeCondition).includes(typeName);
    return holds ? requiredOf(supergraph, selection.selections, typeName) : [];
  });
}

/** Concrete types for which the requirements name any field. */
export function requiredTypes(
  supergraph: Supergraph,
  requires: readonly RequiresSelection[],
): ReadonlySet<string> {
  const names = requires.flatMap((selection) =>
    selection.kind === 'InlineFragment' ? [...widen(supergraph, [selection.typeCondition])] : [],
  );
  return new Set(names);
}

/** Builds the representation of one object; null when a field it needs is missing or null. */
export function compileRepresentation(
  required: readonly (RequiresSelection & { kind: 'Field' })[],
  rewrites: readonly Rewrite[],
): (target: DataObject) => DataObject | null {
  return (target) => {
    const representation = pick(required, target);
    if (!representation || typeof representation['__typename'] !== 'string') return null;
    const typeName = representation['__typename'];
    for (const rewrite of rewrites) applyRewrite(rewrite, representation, typeName);
    return representation;
  };
}

function pick(required: readonly RequiresSelection[], from: DataObject): DataObject | null {
  const picked: DataObject = {};
  for (const field of required) {
    if (field.kind !== 'Field') continue;
    const value = pickValue(field.selections ?? [], from[field.alias ?? field.name]);
    if (value === undefined) return null;
    picked[field.name] = value;
  }
  return picked;
}

/** Undefined for anything that is not there: an entity is never asked for with half a key. */
function pickValue(selections: readonly RequiresSelection[], value: unknown): unknown {
  if (value === null || value === undefined) return undefined;
  if (selections.length === 0) return isDataObject(value) ? undefined : value;
  if (Array.isArray(value)) return value.map((item) => pickValue(selections, item) ?? null);
  return isDataObject(value) ? (pick(selections, value) ?? undefined) : undefined;
}

/**
 * The key with which a source can prove which entity it answers: the first of its keys all of whose fields
 * stand in the representation.
 */
export function provableKey(
  supergraph: Supergraph,
  service: string,
  typeName: string,
  required: readonly RequiresSelection[],
): SelectionSetNode | null {
  const keys = supergraph.typeIn(service, typeName)?.keys ?? [];
  return keys.find((key) => isWithin(key.selections, required)) ?? null;
}

function isWithin(key: readonly SelectionNode[], required: readonly RequiresSelection[]): boolean {
  return key.every((selection) => {
    if (selection.kind !== Kind.FIELD) return false;
    const found = required.find((field) => field.kind === 'Field' && field.name === selection.name.value);
    if (found?.kind !== 'Field') return false;
    return !selection.selectionSet || isWithin(selection.selectionSet.selections, found.selections ?? []);
  });
}
