import {
  type DocumentNode,
  executeSync,
  type GraphQLSchema,
  Kind,
  type OperationDefinitionNode,
} from 'graphql';
import { aliasOf, type IntrospectionSelection, type Selection } from './shape.ts';

/** Answers to an operation's `__schema` and `__type` fields, by alias. */
export type Introspect = (variables: Readonly<Record<string, unknown>>) => Readonly<Record<string, unknown>>;

/** Answers introspection by graphql-js on the public schema; null when the operation has none. */
export function answerIntrospection(
  schema: GraphQLSchema,
  document: DocumentNode,
  operation: OperationDefinitionNode,
  selections: readonly Selection[],
): Introspect | null {
  const own = introspectionDocument(document, operation, selections);
  return own && ((variableValues) => executeSync({ schema, document: own, variableValues }).data ?? {});
}

/** The operation's own introspection fields under normalised aliases; what is below keeps the client's text. */
function introspectionDocument(
  document: DocumentNode,
  operation: OperationDefinitionNode,
  selections: readonly Selection[],
): DocumentNode | null {
  const fields: IntrospectionSelection[] = [];
  const gather = (all: readonly Selection[]): void => {
    for (const each of all) {
      if (each.kind === 'introspection') fields.push(each);
      else if (each.kind === 'narrowing') gather(each.selections);
    }
  };
  gather(selections);
  if (fields.length === 0) return null;
  const nodes = fields.map(({ key, node }) => ({
    ...node,
    alias: { kind: Kind.NAME, value: aliasOf(key) } as const,
  }));
  const only = { ...operation, selectionSet: { kind: Kind.SELECTION_SET, selections: nodes } as const };
  const fragments = document.definitions.filter((node) => node.kind === Kind.FRAGMENT_DEFINITION);
  return { kind: Kind.DOCUMENT, definitions: [only, ...fragments] };
}
