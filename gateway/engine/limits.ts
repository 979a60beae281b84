/** Ceilings on one operation; all are checked before the planner sees it. */
export interface EngineLimits {
  /** UTF-16 units of the document: one token may be as long as the request body. */
  readonly characters: number;
  /** Lexical tokens of the document (graphql-js stops reading at this number). */
  readonly tokens: number;
  /** Fields from the root to the deepest leaf; introspection has graphql-js's own depth rule. */
  readonly depth: number;
  /** Aliases after every fragment is expanded; `__typename` counts too. */
  readonly aliases: number;
  /** Directives after every fragment is expanded. */
  readonly directives: number;
  /** Fields after every fragment is expanded: the planner's time grows with the square of it. */
  readonly selections: number;
  /** Root fields of one operation after every fragment is expanded. */
  readonly rootFields: number;
  /** Estimated cost of one operation; null only measures it. */
  readonly cost: number | null;
  /** How long a list is taken to be of which the schema says nothing. */
  readonly listSize: number;
  /** How long one attempt of the planner may take before its process is ended, in milliseconds. */
  readonly planningMs: number;
  /** Entries kept in each of the engine's caches (documents, shapes, plans). */
  readonly cacheEntries: number;
  /** Letters of the documents kept: what is made of a document grows with its text. */
  readonly cacheCharacters: number;
}

/** Limits in force when the gateway configures nothing. */
export const defaultLimits: EngineLimits = {
  characters: 20_000,
  tokens: 1000,
  depth: 12,
  aliases: 40,
  directives: 40,
  selections: 500,
  rootFields: 20,
  cost: null,
  listSize: 10,
  planningMs: 2_000,
  cacheEntries: 500,
  cacheCharacters: 2_000_000,
};
