import { createRequire } from 'node:module';
import type { buildSubgraphSchema as BuildSubgraphSchema } from '@apollo/subgraph';
import type * as Graphql from 'graphql';

// One instance of graphql for the schema and its execution, whatever the bench package has installed of its own.
const requireHere = createRequire(new URL('../../../gateway/package.json', import.meta.url));
const graphql = requireHere('graphql') as typeof Graphql;
const { buildSubgraphSchema } = requireHere('@apollo/subgraph') as {
  buildSubgraphSchema: typeof BuildSubgraphSchema;
};

/** Answers one request of one service with JSON text. */
export type MadeUpSource = (body: string) => Promise<string>;

/** How many items a list field has: a number, by field name or for all others. */
export interface ListSizes {
  readonly [field: string]: number;
}

/** What made-up data is made from. */
export interface Made {
  readonly sizes: ListSizes;
  /** Numbers of entities of a type; a link leads to one of them, so that many links lead to the same. */
  readonly pools: Readonly<Record<string, number>>;
}

type Thing = Record<string, unknown> & { readonly __typename: string; readonly seed: string };

/** A subgraph that answers any query of its schema with data that depends on entity and field alone. */
export function madeUpSource(sdl: string, made: Made): MadeUpSource {
  const schema = buildSubgraphSchema([{ typeDefs: graphql.parse(sdl) }]);
  for (const type of Object.values(schema.getTypeMap())) addReferences(type);
  return async (body) => {
    const { query, variables } = JSON.parse(body) as { query: string; variables?: Record<string, unknown> };
    const result = await graphql.execute({
      schema,
      document: graphql.parse(query),
      variableValues: variables ?? {},
      rootValue: { __typename: 'Query', seed: 'root' },
      fieldResolver: (parent: Thing, _args, _context, info) => {
        const own = parent[info.fieldName];
        return own === undefined ? make(schema, info.returnType, info.fieldName, parent.seed, made) : own;
      },
      typeResolver: (value: Thing) => value.__typename,
    });
    return JSON.stringify(result);
  };
}

/** The key alone: what an entity is must not depend on who asks for it. */
function seedOf({ id, code, subject, ref }: Record<string, unknown>): string {
  return String(id ?? code ?? subject ?? ref);
}

function addReferences(type: Graphql.GraphQLNamedType): void {
  if (!graphql.isObjectType(type) && !graphql.isInterfaceType(type)) return;
  const resolveReference = (reference: Record<string, unknown>): Thing => ({
    ...reference,
    __typename: String(reference['__typename']),
    seed: seedOf(reference),
  });
  Object.assign(type, { resolveReference });
  type.extensions = { ...type.extensions, apollo: { subgraph: { resolveReference } } };
}

function make(
  schema: Graphql.GraphQLSchema,
  type: Graphql.GraphQLOutputType,
  field: string,
  seed: string,
  made: Made,
): unknown {
  if (graphql.isNonNullType(type)) return make(schema, type.ofType, field, seed, made);
  if (graphql.isListType(type)) {
    const length = made.sizes[field] ?? 2;
    return Array.from({ length }, (_, index) => make(schema, type.ofType, field, `${seed}/${index}`, made));
  }
  const number = hash(`${seed}.${field}`);
  if (graphql.isEnumType(type)) return type.getValues()[number % type.getValues().length]?.name;
  if (graphql.isScalarType(type)) return scalar(type.name, field, number);
  const name = graphql.isAbstractType(type) ? (schema.getPossibleTypes(type)[0]?.name ?? '') : type.name;
  const pool = made.pools[name];
  const id = pool === undefined ? number.toString(36) : `${name.toLowerCase()}-${number % pool}`;
  return { __typename: name, seed: id, id, code: id, subject: id, ref: id };
}

function scalar(name: string, field: string, number: number): unknown {
  if (name === 'Int' || name === 'VND') return number % 1000;
  if (name === 'Float') return (number % 1000) / 8;
  if (name === 'Boolean') return number % 2 === 0;
  if (name === 'Date') return `19${10 + (number % 89)}-0${1 + (number % 9)}-17`;
  if (name === 'DateTime') return `2026-0${1 + (number % 9)}-17T08:30:00Z`;
  if (name === 'PartialDate') return `19${10 + (number % 89)}`;
  if (name === 'CountryCode') return 'VNM';
  if (name === 'ID') return number.toString(36);
  return `${field} ${(number % 100_000).toString(36)} Nguyễn`;
}

function hash(text: string): number {
  let value = 2166136261;
  for (let at = 0; at < text.length; at += 1) value = Math.imul(value ^ text.charCodeAt(at), 16777619);
  return value >>> 0;
}
