import { createHash } from 'node:crypto';
import type { GraphQLSchema } from 'graphql';
import { AskError } from './ask-error.ts';
import { type AskPath, settlePaths } from './ask-path.ts';
import { type AskedLeaf, claimPaths, keepPaths } from './claim-paths.ts';
import { mostLeaves } from './count-asked.ts';
import { printPaths } from './print-paths.ts';
import { mostBytes, readQuery } from './read-query.ts';
import { spreadClaims } from './spread-claims.ts';

/** What is asked of a person: what they see, agree to, and what is answered are these leaves. */
export interface Ask {
  /**
   * GraphQL in its one form: no client's alias, no fragment but type conditions, fields sorted, values as literals. Reads
   * back to the same ask.
   */
  readonly document: string;
  /** SHA-256 of the document, base64url. */
  readonly hash: string;
  /** Sorted by key, each once. */
  readonly leaves: readonly AskedLeaf[];
}

/** What is asked, as it comes: a GraphQL query of `person`, or ids of claims. */
export type AskSource = { readonly query: string } | { readonly claims: readonly string[] };

/**
 * Reads what is asked. `schema` is the public schema, made of SDL. The same ask comes of any aliases, order, whitespace
 * and fragments. @throws AskError for what is no plain query of `person`, unknown, too much, or not shared by consent.
 */
export function readAsk(source: AskSource, schema: GraphQLSchema): Ask {
  const paths = 'query' in source ? readQuery(source.query, schema) : spreadClaims(source.claims, schema);
  return askOf(settlePaths(paths), schema);
}

/**
 * What is left of an ask when only some of its leaves are agreed to. Open leaves (`claim` null) stay as long as
 * something claimed of their record does; what stands in a type condition goes with the `__typename` it tells. Every
 * other leaf left is among the keys; keys it does not know are ignored. @throws AskError `EMPTY` when nothing is left.
 */
export function pruneAsk(ask: Ask, keys: Iterable<string>, schema: GraphQLSchema): Ask {
  const paths = settlePaths(readQuery(ask.document, schema));
  return askOf(keepPaths(paths, new Set(keys), schema), schema);
}

function askOf(paths: readonly AskPath[], schema: GraphQLSchema): Ask {
  if (paths.length === 0) throw new AskError('EMPTY');
  // Fragments spread over kinds, and claims, may come to more than a query could say.
  if (paths.length > mostLeaves) throw new AskError('TOO_MANY_LEAVES');
  const leaves = claimPaths(paths, schema);
  const document = printPaths(paths);
  if (Buffer.byteLength(document) > mostBytes) throw new AskError('TOO_LARGE');
  return { document, hash: createHash('sha256').update(document).digest('base64url'), leaves };
}
