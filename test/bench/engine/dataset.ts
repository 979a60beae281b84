import { execute, parse } from 'graphql';
import type { DocumentNode, GraphQLSchema } from 'graphql';

/** One request of a client: GraphQL text, its variables and for whom it asks. */
export interface BenchRequest {
  readonly query: string;
  readonly variables?: Readonly<Record<string, unknown>>;
  /** Told to the subgraphs in {@link SUBJECT_HEADER}; absent for nobody. */
  readonly subject?: string;
}

/** A supergraph with the data behind it. */
export interface Dataset {
  /** SDL; a subgraph's URL is `http://<name>.invalid/graphql`. */
  readonly supergraph: string;
  /** Executable subgraphs by name. */
  readonly subgraphs: Readonly<Record<string, GraphQLSchema>>;
}

/** What a subgraph's resolvers are given. */
export interface TruthContext {
  /** Who the request is for; empty for nobody. */
  readonly subject: string;
}

/** The header by which a client says for whom it asks, and every gateway hands that on to each subgraph. */
export const SUBJECT_HEADER = 'x-subject';

/** Answers one request of a gateway to a subgraph truly: by graphql-js over the data. Gives JSON text. */
export class Truth {
  readonly #subgraphs: Dataset['subgraphs'];
  readonly #documents = new Map<string, DocumentNode>();

  constructor(subgraphs: Dataset['subgraphs']) {
    this.#subgraphs = subgraphs;
  }

  async answer(service: string, body: string, subject: string): Promise<string> {
    const { query, variables, operationName } = JSON.parse(body) as {
      query: string;
      variables?: Record<string, unknown> | null;
      operationName?: string | null;
    };
    const schema = this.#subgraphs[service];
    if (schema === undefined) throw new Error(`no subgraph ${service}`);
    const contextValue: TruthContext = { subject };
    const result = await execute({
      schema,
      document: this.#parsed(query),
      contextValue,
      variableValues: variables ?? {},
      operationName: operationName ?? null,
    });
    return JSON.stringify(result);
  }

  #parsed(query: string): DocumentNode {
    const known = this.#documents.get(query);
    if (known !== undefined) return known;
    const document = parse(query);
    this.#documents.set(query, document);
    return document;
  }
}
