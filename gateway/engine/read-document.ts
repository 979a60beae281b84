import {
  type DocumentNode,
  GraphQLError,
  type GraphQLSchema,
  Kind,
  type OperationDefinitionNode,
  OperationTypeNode,
  parse,
  validate,
} from 'graphql';
import { refuseTooCostly } from './count-selections.ts';
import { EngineRefusal, type RefusalDetail } from './engine-refusal.ts';
import { forgetPlaces } from './forget-places.ts';
import type { EngineLimits } from './limits.ts';

/** Parses and validates in full: the planner can crash on what graphql-js refuses, so nothing passes unchecked. */
export function readDocument(schema: GraphQLSchema, query: string, limits: EngineLimits): DocumentNode {
  if (query.length > limits.characters) throw new EngineRefusal('QUERY_TOO_COSTLY', 'too-many-tokens');
  return withinStack(() => {
    const document = parseDocument(query, limits);
    refuseTooCostly(document, limits);
    refuseSubscriptions(document);
    const errors = validate(schema, document, undefined, { maxErrors: 20 });
    if (errors.length > 0) throw new EngineRefusal('BAD_USER_INPUT', 'invalid', detailsOf(errors));
    forgetPlaces(document);
    return document;
  });
}

/** The operation the request means; refuses an unknown name and a missing choice. */
export function pickOperation(
  document: DocumentNode,
  operationName: string | null | undefined,
): OperationDefinitionNode {
  const operations = document.definitions.filter((node) => node.kind === Kind.OPERATION_DEFINITION);
  if (operationName === undefined || operationName === null || operationName === '') {
    const [only, second] = operations;
    if (!only) throw new EngineRefusal('BAD_USER_INPUT', 'no-operation');
    if (second) throw new EngineRefusal('BAD_USER_INPUT', 'ambiguous-operation');
    return only;
  }
  const named = operations.find((node) => node.name?.value === operationName);
  if (!named) throw new EngineRefusal('BAD_USER_INPUT', 'unknown-operation');
  return named;
}

/** What graphql-js says about the client's own text, with places. */
export function detailsOf(errors: readonly GraphQLError[]): RefusalDetail[] {
  return errors.map((error) => ({ message: error.message, locations: error.locations ?? [] }));
}

function parseDocument(query: string, limits: EngineLimits): DocumentNode {
  try {
    return parse(query, { maxTokens: limits.tokens });
  } catch (error) {
    if (!(error instanceof GraphQLError)) throw error;
    if (/more tha[nt] \d+ tokens/u.test(error.message)) {
      throw new EngineRefusal('QUERY_TOO_COSTLY', 'too-many-tokens');
    }
    throw new EngineRefusal('BAD_USER_INPUT', 'syntax', detailsOf([error]));
  }
}

function refuseSubscriptions(document: DocumentNode): void {
  for (const node of document.definitions) {
    if (node.kind === Kind.OPERATION_DEFINITION && node.operation === OperationTypeNode.SUBSCRIPTION) {
      throw new EngineRefusal('BAD_USER_INPUT', 'subscription');
    }
  }
}

/** Deep nesting exhausts the stack inside graphql-js as a RangeError: that is the client's doing, not a fault. */
export function withinStack<Result>(work: () => Result): Result {
  try {
    return work();
  } catch (error) {
    if (error instanceof RangeError) throw new EngineRefusal('QUERY_TOO_COSTLY', 'nested-too-deep');
    throw error;
  }
}
