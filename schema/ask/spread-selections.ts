import {
  type DocumentNode,
  type FieldNode,
  type FragmentDefinitionNode,
  getArgumentValues,
  getNamedType,
  type GraphQLCompositeType,
  type GraphQLSchema,
  isAbstractType,
  isCompositeType,
  isInterfaceType,
  isObjectType,
  Kind,
  type OperationDefinitionNode,
  type SelectionNode,
} from 'graphql';
import { AskError } from './ask-error.ts';
import type { AskPath, AskStep } from './ask-path.ts';
import { isPaging } from './leaf-key.ts';

interface Place {
  /** What the field above returns. */
  readonly type: GraphQLCompositeType;
  /** Concrete types that the conditions so far leave; null where they leave all of `type`. */
  readonly kinds: readonly string[] | null;
  readonly above: AskPath;
}

/** The way to every leaf of a valid operation, with fragments spread and aliases left behind. */
export function spreadSelections(
  document: DocumentNode,
  operation: OperationDefinitionNode,
  schema: GraphQLSchema,
): readonly AskPath[] {
  const fragments = new Map<string, FragmentDefinitionNode>();
  for (const node of document.definitions) {
    if (node.kind === Kind.FRAGMENT_DEFINITION) fragments.set(node.name.value, node);
  }
  const spread = (selections: readonly SelectionNode[], place: Place): AskPath[] =>
    selections.flatMap((selection) => {
      if (selection.kind === Kind.FIELD) return spreadField(selection, place);
      const fragment =
        selection.kind === Kind.INLINE_FRAGMENT ? selection : fragments.get(selection.name.value);
      if (fragment === undefined) return [];
      const kinds = narrow(schema, place, fragment.typeCondition?.name.value);
      return spread(fragment.selectionSet.selections, { ...place, kinds });
    });
  const spreadField = (node: FieldNode, { type, kinds, above }: Place): AskPath[] =>
    (kinds ?? kindsToNameIt(schema, type, node.name.value)).flatMap((on) => {
      const step = stepOf(node, on === null ? type : schema.getType(on), on);
      const path = [...above, step];
      const returned = step.field === null ? null : getNamedType(step.field.type);
      if (returned === null || !isCompositeType(returned)) return [path];
      refuseTelling(step);
      return spread(node.selectionSet?.selections ?? [], { type: returned, kinds: null, above: path });
    });
  const root = schema.getQueryType();
  if (!root) return [];
  return spread(operation.selectionSet.selections, { type: root, kinds: null, above: [] });
}

/** The kinds left by one more condition; null where it holds for every kind. */
function narrow(schema: GraphQLSchema, { type, kinds }: Place, on: string | undefined): Place['kinds'] {
  const all = concreteNames(schema, type);
  const left = on === undefined ? all : concreteNames(schema, schema.getType(on));
  const possible = (kinds ?? all).filter((name) => left.includes(name));
  return possible.length === all.length ? null : possible;
}

function concreteNames(schema: GraphQLSchema, type: unknown): readonly string[] {
  if (isAbstractType(type)) return schema.getPossibleTypes(type).map(({ name }) => name);
  return isObjectType(type) ? [type.name] : [];
}

function stepOf(node: FieldNode, type: unknown, on: string | null): AskStep {
  const name = node.name.value;
  const parent = isCompositeType(type) ? type.name : '';
  const field = isObjectType(type) || isInterfaceType(type) ? type.getFields()[name] : undefined;
  if (!field) {
    // Valid and yet on no type: what tells of the schema itself, at the root.
    if (name !== '__typename') throw new AskError('ROOT_NOT_PERSON', name);
    return { name, parent, on, field: null, args: {} };
  }
  return { name, parent, on, field, args: getArgumentValues(field, node) };
}

/** Every kind of a type has a field that the type itself does not: a union's, by an interface of all its members. */
function kindsToNameIt(
  schema: GraphQLSchema,
  type: GraphQLCompositeType,
  name: string,
): readonly (string | null)[] {
  const isThere = name === '__typename' || (isInterfaceType(type) && name in type.getFields());
  return isThere || !isAbstractType(type) ? [null] : concreteNames(schema, type);
}

/** Whoever compares leaves knows the arguments of the leaf alone. */
function refuseTelling({ name, args }: AskStep): void {
  if (Object.keys(args).some((argument) => !isPaging(argument))) {
    throw new AskError('ARGUMENT_ABOVE_LEAF', name);
  }
}
