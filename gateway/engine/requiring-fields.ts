import type { FlattenNodePathSegment, RequiresSelection } from '@graphql-hive/router-query-planner';
import {
  type FieldNode,
  getNamedType,
  isAbstractType,
  isObjectType,
  Kind,
  print,
  type SelectionNode,
  type SelectionSetNode,
} from 'graphql';
import { fieldOf } from './field-of.ts';
import { fragmentOn } from './augment-fetch.ts';
import type { Supergraph } from './read-supergraph.ts';

/** A selected field that its service answers only with something it requires. */
export interface Requiring {
  readonly field: FieldNode;
  readonly service: string;
  /** The root field by which a plan begins at its service. */
  readonly entry: string;
  /** The concrete type of the object it stands on, and the type as which its service knows that. */
  readonly typeName: string;
  readonly typeInSource: string;
  readonly path: readonly FlattenNodePathSegment[];
  /** The representation: key and requirements, by the keys under which the data tree has them. */
  readonly requires: readonly RequiresSelection[];
}

/** Selections with what is required in the place of what requires it. */
export interface Extracted {
  readonly selections: readonly SelectionNode[];
  readonly requiring: readonly Requiring[];
}

/** Takes requiring fields out; those less than `kept` fields below the root stay, for a plan that begins at them. */
export function extractRequiring(
  supergraph: Supergraph,
  rootType: string,
  selections: readonly SelectionNode[],
  at: readonly FlattenNodePathSegment[],
  kept: number,
): Extracted {
  const walk: Walk = { supergraph, requiring: [], kept };
  const path = kept > 0 ? [] : at;
  return {
    selections: extract(walk, rootType, selections, path, 0, kept > 0 ? at : null),
    requiring: walk.requiring,
  };
}

interface Walk {
  readonly supergraph: Supergraph;
  readonly requiring: Requiring[];
  readonly kept: number;
}

type Path = readonly FlattenNodePathSegment[];

/** `base`: where the entry of a plan that begins at a service stands in the whole. */
function extract(
  walk: Walk,
  typeName: string,
  selections: readonly SelectionNode[],
  path: Path,
  depth: number,
  base: Path | null,
): readonly SelectionNode[] {
  return selections.flatMap((selection): readonly SelectionNode[] => {
    if (selection.kind === Kind.INLINE_FRAGMENT) {
      const on = selection.typeCondition?.name.value ?? typeName;
      const inner = on === typeName ? path : [...path, { TypeCondition: [on] }];
      const inside = extract(walk, on, selection.selectionSet.selections, inner, depth, base);
      return inside.length === 0 ? [] : [fragmentOn(on, inside)];
    }
    if (selection.kind !== Kind.FIELD) return [selection];
    const replaced = depth < walk.kept ? null : replace(walk, typeName, selection, path);
    return replaced ?? [below(walk, typeName, selection, path, depth, base)];
  });
}

function below(
  walk: Walk,
  typeName: string,
  field: FieldNode,
  path: Path,
  depth: number,
  base: Path | null,
): SelectionNode {
  if (!field.selectionSet) return field;
  const definition = fieldOf(walk.supergraph.fullSchema.getType(typeName), field.name.value);
  // The entry of a plan that begins at a service has no type of its own: what is below is of the field's name.
  const inner = definition ? getNamedType(definition.type).name : entryType(walk, field.name.value);
  const isEntry = base !== null && depth === 0;
  const next = isEntry ? base : [...path, { Field: field.alias?.value ?? field.name.value }];
  const selections = extract(walk, inner, field.selectionSet.selections, next, depth + 1, base);
  return { ...field, selectionSet: { ...field.selectionSet, selections } };
}

function entryType(walk: Walk, name: string): string {
  return walk.supergraph.requiringTypes.find((each) => each.entry === name)?.typeName ?? '';
}

/** What stands in the place of a requiring field; null where a field requires nothing. */
function replace(
  walk: Walk,
  typeName: string,
  field: FieldNode,
  path: Path,
): readonly SelectionNode[] | null {
  const { supergraph } = walk;
  const type = supergraph.fullSchema.getType(typeName);
  const names = isAbstractType(type) ? supergraph.concreteTypes(typeName) : [typeName];
  const requirements = names.map((name) => ({
    name,
    found: requirementOf(supergraph, name, field.name.value),
  }));
  if (!requirements.some(({ found }) => found)) return null;
  return requirements.flatMap(({ name, found }): readonly SelectionNode[] => {
    if (!found) return [fragmentOn(name, [field])];
    const needed = [...found.key.selections, ...found.requires.selections];
    walk.requiring.push({
      field,
      service: found.service,
      entry: found.entry,
      typeName: name,
      typeInSource: found.typeInSource,
      path: isAbstractType(type) ? [...path, { TypeCondition: [name] }] : path,
      requires: [{ kind: 'Field', name: '__typename' }, ...needed.map(representationOf)],
    });
    const asked = [plainTypename, ...needed.map(hidden)];
    return isAbstractType(type) ? [plainTypename, fragmentOn(name, asked)] : asked;
  });
}

const plainTypename: FieldNode = { kind: Kind.FIELD, name: { kind: Kind.NAME, value: '__typename' } };

interface Requirement {
  readonly service: string;
  readonly entry: string;
  readonly typeInSource: string;
  readonly key: SelectionSetNode;
  readonly requires: SelectionSetNode;
}

/** The service of a field that no service answers without a requirement. */
function requirementOf(supergraph: Supergraph, typeName: string, field: string): Requirement | null {
  const type = supergraph.fullSchema.getType(typeName);
  const interfaces = isObjectType(type) ? type.getInterfaces().map((each) => each.name) : [];
  for (const { service, entry, typeName: typeInSource } of supergraph.requiringTypes) {
    const isObject = typeInSource === typeName;
    if (!isObject && !interfaces.includes(typeInSource)) continue;
    const view = supergraph.typeIn(service, typeInSource);
    if (!view || (!isObject && !view.isInterfaceObject)) continue;
    const requires = view.requires.get(field);
    const [key] = view.keys;
    if (requires && key && !isAnsweredElsewhere(supergraph, typeInSource, field))
      return { service, entry, typeInSource, key, requires };
  }
  return null;
}

function isAnsweredElsewhere(supergraph: Supergraph, typeName: string, field: string): boolean {
  return supergraph.services.some((service) => {
    const view = supergraph.typeIn(service, typeName);
    return view !== undefined && view.fields.has(field) && !view.requires.has(field);
  });
}

/** A required field with arguments gets a key of its own, so that the client's call of it stays another. */
function keyOf(field: FieldNode): string | null {
  if (!field.arguments || field.arguments.length === 0) return null;
  const text = `${field.name.value}(${field.arguments.map((each) => print(each)).join()})`;
  return `_required_${Buffer.from(text).toString('hex')}`;
}

function hidden(selection: SelectionNode): SelectionNode {
  if (selection.kind === Kind.INLINE_FRAGMENT) {
    return { ...selection, selectionSet: hiddenSet(selection.selectionSet) };
  }
  if (selection.kind !== Kind.FIELD) return selection;
  const key = keyOf(selection);
  return {
    ...selection,
    ...(key === null ? {} : { alias: { kind: Kind.NAME, value: key } }),
    ...(selection.selectionSet ? { selectionSet: hiddenSet(selection.selectionSet) } : {}),
  };
}

function hiddenSet(set: SelectionSetNode): SelectionSetNode {
  const selections = set.selections.map(hidden);
  const isNarrowed = selections.some((each) => each.kind === Kind.INLINE_FRAGMENT);
  return { ...set, selections: isNarrowed ? [plainTypename, ...selections] : selections };
}

function representationOf(selection: SelectionNode): RequiresSelection {
  if (selection.kind === Kind.INLINE_FRAGMENT) {
    return {
      kind: 'InlineFragment',
      typeCondition: selection.typeCondition?.name.value ?? '',
      selections: selection.selectionSet.selections.map(representationOf),
    };
  }
  if (selection.kind !== Kind.FIELD) throw new TypeError('A field set spreads a fragment');
  const key = keyOf(selection);
  return {
    kind: 'Field',
    ...(key === null ? { name: selection.name.value } : { name: key, alias: selection.name.value }),
    ...(selection.selectionSet
      ? { selections: selection.selectionSet.selections.map(representationOf) }
      : {}),
  };
}
