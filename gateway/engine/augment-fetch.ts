import {
  type DocumentNode,
  type FieldNode,
  type FragmentDefinitionNode,
  getNamedType,
  type InlineFragmentNode,
  isAbstractType,
  isObjectType,
  Kind,
  type OperationDefinitionNode,
  type SelectionNode,
  type SelectionSetNode,
} from 'graphql';
import { fieldOf } from './field-of.ts';
import { type AnswerContext, isOneType } from './answer-shape.ts';

/** A planned fetch with what the engine adds to it so that the answer can be checked. */
export interface AugmentedFetch {
  readonly operation: OperationDefinitionNode;
  readonly rootType: string;
}

/** Which key fields each `_entities` selection gets, by response key (`_entities`, `_e0` …) and type condition. */
export type KeysToAdd = (responseKey: string, typeName: string) => readonly SelectionNode[];

/**
 * Rewrites a planned fetch: fragments inlined, the entity's key on every `_entities` selection, `__typename`
 * wherever the source may answer with several kinds, the attestation field on every type that has one there.
 */
export function augmentFetch(
  context: AnswerContext,
  document: DocumentNode,
  keysToAdd: KeysToAdd,
): AugmentedFetch {
  const operation = document.definitions.find((node) => node.kind === Kind.OPERATION_DEFINITION);
  if (!operation) throw new TypeError('A planned fetch holds no operation');
  const rootType = context.supergraph.fullSchema.getRootType(operation.operation)?.name ?? 'Query';
  const walk: Walk = { context, fragments: fragmentsOf(document), keysToAdd };
  return {
    operation: { ...operation, selectionSet: augmentRoot(walk, operation.selectionSet, rootType) },
    rootType,
  };
}

interface Walk {
  readonly context: AnswerContext;
  readonly fragments: ReadonlyMap<string, FragmentDefinitionNode>;
  readonly keysToAdd: KeysToAdd;
}

function fragmentsOf(document: DocumentNode): ReadonlyMap<string, FragmentDefinitionNode> {
  return new Map(
    document.definitions
      .filter((node) => node.kind === Kind.FRAGMENT_DEFINITION)
      .map((node) => [node.name.value, node]),
  );
}

function augmentRoot(walk: Walk, selectionSet: SelectionSetNode, rootType: string): SelectionSetNode {
  const selections = inlineSpreads(walk, selectionSet.selections).map((selection): SelectionNode => {
    if (selection.kind !== Kind.FIELD || selection.name.value !== '_entities' || !selection.selectionSet) {
      return augmentSelection(walk, selection, rootType);
    }
    return { ...selection, selectionSet: augmentEntities(walk, selection, selection.selectionSet) };
  });
  return { kind: Kind.SELECTION_SET, selections };
}

/** `_entities` answers no `__typename` of its own: each entity has the type of the representation sent. */
function augmentEntities(walk: Walk, field: FieldNode, selectionSet: SelectionSetNode): SelectionSetNode {
  const responseKey = field.alias?.value ?? field.name.value;
  const selections = inlineSpreads(walk, selectionSet.selections).map((selection): SelectionNode => {
    if (selection.kind !== Kind.INLINE_FRAGMENT || !selection.typeCondition) return selection;
    const typeName = selection.typeCondition.name.value;
    const inner = augmentSet(walk, selection.selectionSet, typeName);
    const keys = walk.keysToAdd(responseKey, typeName);
    return { ...selection, selectionSet: withSelections(inner, keys) };
  });
  return { kind: Kind.SELECTION_SET, selections };
}

function augmentSelection(walk: Walk, selection: SelectionNode, parent: string): SelectionNode {
  if (selection.kind === Kind.FIELD) {
    if (!selection.selectionSet) return selection;
    const below = typeBelow(walk.context, parent, selection.name.value);
    return { ...selection, selectionSet: augmentSet(walk, selection.selectionSet, below) };
  }
  if (selection.kind !== Kind.INLINE_FRAGMENT) return selection;
  const on = selection.typeCondition?.name.value ?? parent;
  return { ...selection, selectionSet: augmentSet(walk, selection.selectionSet, on) };
}

function augmentSet(walk: Walk, selectionSet: SelectionSetNode, typeName: string): SelectionSetNode {
  const selections = inlineSpreads(walk, selectionSet.selections).map((each) =>
    augmentSelection(walk, each, typeName),
  );
  return withSelections({ kind: Kind.SELECTION_SET, selections }, additions(walk.context, typeName));
}

function additions(context: AnswerContext, typeName: string): SelectionNode[] {
  const { attestationField, service, supergraph } = context;
  const attests = (name: string): boolean =>
    attestationField !== null && supergraph.typeIn(service, name)?.fields.has(attestationField) === true;
  const attestation = attestationField === null ? [] : [plainField(attestationField)];
  if (isOneType(context, typeName)) return attests(typeName) ? attestation : [];
  const added: SelectionNode[] = [plainField('__typename')];
  for (const name of supergraph.concreteTypes(typeName)) {
    if (attests(name)) added.push(fragmentOn(name, attestation));
  }
  return added;
}

/** Adds the fields that are not asked already; an equal plain field would only be repeated. */
function withSelections(selectionSet: SelectionSetNode, added: readonly SelectionNode[]): SelectionSetNode {
  const plain = new Set(
    selectionSet.selections
      .filter((each) => each.kind === Kind.FIELD && !each.alias && !each.selectionSet)
      .map((each) => (each as FieldNode).name.value),
  );
  const missing = added.filter(
    (each) => each.kind !== Kind.FIELD || each.selectionSet || !plain.has(each.name.value),
  );
  return missing.length === 0
    ? selectionSet
    : { ...selectionSet, selections: [...selectionSet.selections, ...missing] };
}

function inlineSpreads(walk: Walk, selections: readonly SelectionNode[]): SelectionNode[] {
  return selections.map((selection) => {
    if (selection.kind !== Kind.FRAGMENT_SPREAD) return selection;
    const fragment = walk.fragments.get(selection.name.value);
    if (!fragment)
      throw new TypeError(`A planned fetch spreads an unknown fragment: ${selection.name.value}`);
    const { typeCondition, selectionSet } = fragment;
    return { kind: Kind.INLINE_FRAGMENT, typeCondition, selectionSet } satisfies InlineFragmentNode;
  });
}

function typeBelow(context: AnswerContext, parent: string, field: string): string {
  const definition = fieldOf(context.supergraph.fullSchema.getType(parent), field);
  if (!definition) throw new TypeError(`The plan asks ${parent} for ${field}, which it does not have`);
  const named = getNamedType(definition.type);
  return isObjectType(named) || isAbstractType(named) ? named.name : parent;
}

function plainField(name: string): FieldNode {
  return { kind: Kind.FIELD, name: { kind: Kind.NAME, value: name } };
}

/** An inline fragment on a named type. */
export function fragmentOn(typeName: string, selections: readonly SelectionNode[]): InlineFragmentNode {
  const named = { kind: Kind.NAMED_TYPE, name: { kind: Kind.NAME, value: typeName } } as const;
  return {
    kind: Kind.INLINE_FRAGMENT,
    typeCondition: named,
    selectionSet: { kind: Kind.SELECTION_SET, selections },
  };
}
