import { GraphQLError, parse, validate } from 'graphql';
import type { GraphQLSchema } from 'graphql';

/** A document of a manifest of trusted documents. */
export interface ListedDocument {
  readonly id: string;
  readonly name: string;
  readonly body: string;
}

/**
 * Reads a manifest of trusted documents.
 *
 * @throws SyntaxError for what is none
 */
export function readDocuments(text: string): readonly ListedDocument[] {
  const { operations } = JSON.parse(text) as { operations?: unknown };
  if (!Array.isArray(operations) || !operations.every(isListed)) {
    throw new SyntaxError('A manifest of trusted documents has a list of operations with id, name and body.');
  }
  return operations;
}

function isListed(value: unknown): value is ListedDocument {
  const { id, name, body } = (value ?? {}) as Partial<Record<keyof ListedDocument, unknown>>;
  return typeof id === 'string' && typeof name === 'string' && typeof body === 'string';
}

/** One sentence for each trusted document that a schema could not run: a gateway would refuse that schema. */
export function brokenDocuments(documents: readonly ListedDocument[], schema: GraphQLSchema): string[] {
  return documents.flatMap(({ id, name, body }) => {
    const problem = problemOf(body, schema);
    return problem === null
      ? []
      : [`The trusted document ${name} (${id.slice(0, 12)}) would break: ${problem}`];
  });
}

function problemOf(body: string, schema: GraphQLSchema): string | null {
  try {
    return validate(schema, parse(body))[0]?.message ?? null;
  } catch (error) {
    if (error instanceof GraphQLError) return error.message;
    throw error;
  }
}
