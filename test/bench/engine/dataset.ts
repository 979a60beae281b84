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
  /** What each subgraph says its SDL is, as it was written: gateways of Federation 1 ask for it. */
  readonly sdl?: Readonly<Record<string, string>>;
}

/** What a subgraph's resolvers are given. */
export interface TruthContext {
  /** Who the request is for; empty for nobody. */
  readonly subject: string;
}

/** The header by which a client says for whom it asks, and every gateway hands that on to each subgraph. */
export const SUBJECT_HEADER = 'x-subject';

const ASKS_SDL = /_service\s*\{\s*sdl\b/;

/** Answers one request of a gateway to a subgraph truly: by graphql-js over the data. Gives JSON text. */
export class Truth {
  readonly #subgraphs: Dataset['subgraphs'];
  readonly #sdl: NonNullable<Dataset['sdl']>;
  readonly #documents = new Map<string, DocumentNode>();

  constructor({ subgraphs, sdl }: Dataset) {
    this.#subgraphs = subgraphs;
    this.#sdl = sdl ?? {};
  }

  async answer(service: string, body: string, subject: string): Promise<string> {
    const { query, variables, operationName } = JSON.parse(body) as {
      query: string;
      variables?: Record<string, unknown> | null;
      operationName?: string | null;
    };
    const sdl = this.#sdl[service];
    if (sdl !== undefined && ASKS_SDL.test(query)) return JSON.stringify({ data: { _service: { sdl } } });
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
