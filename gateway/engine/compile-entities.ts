import type { FlattenNodePathSegment, RequiresSelection } from '@graphql-hive/router-query-planner';
import { getNamedType, Kind, print, type SelectionNode, type SelectionSetNode } from 'graphql';
import { fieldOf } from './field-of.ts';
import { applyRewrite, widen } from './compile-rewrites.ts';
import { type DataObject, FieldFailure, isDataObject } from './field-failure.ts';
import type { Supergraph } from './read-supergraph.ts';
import type { PathSegment, Represent, Rewrite, Salvage } from './step.ts';

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

/** A field that a representation holds: `name` is its key in the data tree, `alias` its name towards the source. */
type RequiredField = RequiresSelection & { kind: 'Field' };

/** The requirement that holds for a concrete type: its field selections, fragments resolved. */
export function requiredOf(
  supergraph: Supergraph,
  requires: readonly RequiresSelection[],
  typeName: string,
): readonly RequiredField[] {
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

/** Builds the representation of one object from its key and from what the source requires besides. */
export function compileRepresentation(
  supergraph: Supergraph,
  required: readonly RequiredField[],
  key: SelectionSetNode,
  rewrites: readonly Rewrite[],
): Represent {
  const pickFields = compilePick(supergraph, required);
  return (target) => {
    const representation = pickFields(target);
    if (representation instanceof FieldFailure) return representation;
    const typeName = representation['__typename'];
    if (typeof typeName !== 'string' || !namesAny(key.selections, representation)) return null;
    for (const rewrite of rewrites) applyRewrite(rewrite, representation, typeName);
    return representation;
  };
}

/**
 * Saves what can be asked where a part of what is sent failed: the part is null, and the fields that require it fail
 * as it did. `requirers` holds the response keys that require a name. Null where the key itself failed.
 */
export function compileSalvage(
  supergraph: Supergraph,
  required: readonly RequiredField[],
  represent: Represent,
  requirers: ReadonlyMap<string, readonly string[]>,
): (target: DataObject) => Salvage | null {
  return (target) => {
    const whole: DataObject = { ...target };
    const lost = new Map<string, FieldFailure>();
    for (const field of required) {
      const picked = compilePick(supergraph, [field])(target);
      if (!(picked instanceof FieldFailure)) continue;
      const keys = requirers.get(field.alias ?? field.name);
      if (!keys) return null;
      whole[field.name] = null;
      for (const each of keys) lost.set(each, picked);
    }
    const representation = represent(whole);
    return representation === null || representation instanceof FieldFailure
      ? null
      : { representation, lost };
  };
}

type Pick = (from: DataObject) => DataObject | FieldFailure;

/** A source that answered without the field knows the object not: to the next one the field is null. */
function compilePick(supergraph: Supergraph, required: readonly RequiredField[]): Pick {
  const fields = required.map((field) => ({
    from: field.name,
    to: field.alias ?? field.name,
    pick: compileValue(supergraph, field.selections ?? []),
  }));
  return (from) => {
    const picked: DataObject = {};
    for (const field of fields) {
      const value = field.pick(from[field.from]);
      if (value instanceof FieldFailure) return value;
      picked[field.to] = value;
    }
    return picked;
  };
}

function compileValue(
  supergraph: Supergraph,
  selections: readonly RequiresSelection[],
): (value: unknown) => unknown {
  if (selections.length === 0) return pickLeaf;
  const pickObject = compileObject(supergraph, selections);
  const pickAny = (value: unknown): unknown => {
    if (!Array.isArray(value)) return isDataObject(value) ? pickObject(value) : (value ?? null);
    const items = value.map((item: unknown) => pickAny(item));
    return items.find((item) => item instanceof FieldFailure) ?? items;
  };
  return pickAny;
}

const pickLeaf = (value: unknown): unknown => failedItem(value) ?? value ?? null;

/** A list of leaves in which one failed is not told to another source: what requires it fails as that did. */
function failedItem(value: unknown): FieldFailure | null {
  if (!Array.isArray(value)) return null;
  for (const item of value as readonly unknown[]) {
    const failure = item instanceof FieldFailure ? item : failedItem(item);
    if (failure) return failure;
  }
  return null;
}

/** Fragments hold for some kinds only: those are told by `__typename`, which goes to the source as well. */
function compileObject(supergraph: Supergraph, selections: readonly RequiresSelection[]): Pick {
  if (selections.every((selection) => selection.kind === 'Field')) return compilePick(supergraph, selections);
  const byType = new Map<string, Pick>();
  return (from) => {
    const typeName = String(from['__typename']);
    let pickFields = byType.get(typeName);
    if (!pickFields) {
      pickFields = compilePick(supergraph, [
        { kind: 'Field', name: '__typename' },
        ...requiredOf(supergraph, selections, typeName),
      ]);
      byType.set(typeName, pickFields);
    }
    return pickFields(from);
  };
}

/** Whether a key has any part that is not null: without one it names no entity. */
function namesAny(key: readonly SelectionNode[], value: unknown): boolean {
  if (Array.isArray(value)) return value.some((item) => namesAny(key, item));
  if (!isDataObject(value)) return false;
  return key.some((part) => {
    if (part.kind !== Kind.FIELD) return false;
    const own = value[part.name.value];
    if (own === null || own === undefined) return false;
    return part.selectionSet ? namesAny(part.selectionSet.selections, own) : true;
  });
}

/** A key of a source's that stands in what it is sent, and the part of it that the source has as its own. */
export interface ProvableKey {
  readonly key: SelectionSetNode;
  /** What the source can repeat; nothing where all of the key is external to it. */
  readonly echo: readonly SelectionNode[];
}

/**
 * The key with which a source can prove which entity it answers, of those all of whose fields stand in the
 * representation: the first that it can repeat in full, else the first.
 */
export function provableKey(
  supergraph: Supergraph,
  service: string,
  typeName: string,
  required: readonly RequiresSelection[],
): ProvableKey | null {
  const keys = supergraph.typeIn(service, typeName)?.keys ?? [];
  const sent = keys
    .filter((key) => isWithin(key.selections, required))
    .map((key) => ({ key, echo: ownPart(supergraph, service, typeName, key.selections) }));
  return sent.find(({ key, echo }) => print(key) === print({ ...key, selections: echo })) ?? sent[0] ?? null;
}

/** A source need not answer a field that it declares `@external`, not even one of its key. */
function ownPart(
  supergraph: Supergraph,
  service: string,
  typeName: string,
  key: readonly SelectionNode[],
): readonly SelectionNode[] {
  return key.flatMap((selection): readonly SelectionNode[] => {
    if (selection.kind !== Kind.FIELD) return [];
    const name = selection.name.value;
    if (supergraph.typeIn(service, typeName)?.fields.has(name) !== true) return [];
    const field = fieldOf(supergraph.fullSchema.getType(typeName), name);
    if (!field || !selection.selectionSet) return [selection];
    const below = getNamedType(field.type).name;
    const selections = ownPart(supergraph, service, below, selection.selectionSet.selections);
    return selections.length === 0
      ? []
      : [{ ...selection, selectionSet: { ...selection.selectionSet, selections } }];
  });
}

function isWithin(key: readonly SelectionNode[], required: readonly RequiresSelection[]): boolean {
  return key.every((selection) => {
    if (selection.kind !== Kind.FIELD) return false;
    const found = required.find(
      (field) => field.kind === 'Field' && (field.alias ?? field.name) === selection.name.value,
    );
    if (found?.kind !== 'Field') return false;
    return !selection.selectionSet || isWithin(selection.selectionSet.selections, found.selections ?? []);
  });
}
