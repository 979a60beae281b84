import {
  type FieldNode,
  getArgumentValues,
  GraphQLError,
  type GraphQLField,
  type GraphQLSchema,
  Kind,
} from 'graphql';
import { fieldOf } from './field-of.ts';
import { EngineRefusal } from './engine-refusal.ts';
import type { Leaf } from './engine-types.ts';
import { detailsOf } from './read-document.ts';
import type { ShapeLeaf } from './shape.ts';

/** A leaf with arguments: only these differ from one request of a document to the next. */
export interface CalledLeaf {
  readonly id: number;
  readonly definition: GraphQLField<unknown, unknown>;
  readonly node: FieldNode;
}

/** The leaves that have arguments, ready to be evaluated. */
export function calledLeaves(schema: GraphQLSchema, leaves: readonly ShapeLeaf[]): readonly CalledLeaf[] {
  return leaves.flatMap((leaf) => {
    const name = leaf.coordinate.slice(leaf.parent.length + 1);
    const definition = fieldOf(schema.getType(leaf.parent), name);
    if (!definition || definition.args.length === 0) return [];
    const nameNode = { kind: Kind.NAME, value: name } as const;
    const node: FieldNode = { kind: Kind.FIELD, name: nameNode, arguments: leaf.arguments };
    return [{ id: leaf.id, definition, node }];
  });
}

/** Leaves with the values of their arguments; refuses a null where the schema allows none. */
export function withArguments(
  leaves: readonly Leaf[],
  called: readonly CalledLeaf[],
  variables: Readonly<Record<string, unknown>>,
): readonly Leaf[] {
  if (called.length === 0) return leaves;
  const filled = [...leaves];
  for (const { id, definition, node } of called) {
    try {
      filled[id] = { ...(leaves[id] as Leaf), args: getArgumentValues(definition, node, variables) };
    } catch (error) {
      if (!(error instanceof GraphQLError)) throw error;
      throw new EngineRefusal('BAD_USER_INPUT', 'arguments', detailsOf([error]));
    }
  }
  return filled;
}
