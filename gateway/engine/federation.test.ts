import { buildSubgraphSchema } from '@apollo/subgraph';
import { describe, expect, test } from 'vitest';
import { closePayload } from './bytes/close-payload.ts';
import { createEngine } from './create-engine.ts';
import { sourceGraphql } from './fixtures/fake-sources.ts';
import { compose } from './fixtures/registries.ts';

const { execute, parse } = sourceGraphql;

const head = `extend schema @link(url: "https://specs.apollo.dev/federation/v2.9",
  import: ["@key", "@shareable", "@external", "@requires", "@provides", "@interfaceObject", "@inaccessible"])`;

type Resolvers = NonNullable<Parameters<typeof buildSubgraphSchema>[0] extends infer Input ? Input : never>;

const shop: Record<string, [sdl: string, resolvers: Record<string, unknown>]> = {
  catalogue: [
    `type Query { products: [Product!]! node(id: ID!): Node }
     interface Node @key(fields: "id") { id: ID! }
     type Product implements Node @key(fields: "id") @key(fields: "maker { code } serial") { id: ID! maker: Maker! serial: Int! size: Size weight: Float colour: Colour hidden: Colour }
     type Maker { code: String! }
     type Size @shareable { height: Int width: Int }
     enum Colour { RED BLUE SECRET @inaccessible }`,
    {
      Query: {
        products: () => products,
        node: (_: unknown, { id }: { id: string }) => products.find((each) => each.id === id),
      },
      Product: {
        __resolveReference: ({ id, serial }: { id?: string; serial?: number }) =>
          products.find((each) => each.id === id || each.serial === serial),
      },
      Node: { __resolveType: () => 'Product' },
    },
  ],
  stock: [
    `type Product @key(fields: "maker { code } serial") { maker: Maker! @shareable serial: Int! @shareable inStock: Int! shelf: Shelf }
     type Maker @shareable { code: String! }
     type Shelf { row: Int! product: Product }`,
    {
      Product: {
        __resolveReference: (reference: { maker: { code: string }; serial: number }) => ({
          ...reference,
          inStock: reference.serial * 10,
        }),
        shelf: (product: { serial: number }) => ({ row: product.serial, product }),
      },
    },
  ],
  shipping: [
    `type Product @key(fields: "id") { id: ID! weight: Float @external size: Size @external
       cost(express: Boolean! = false): Float @requires(fields: "weight size { height }") }
     type Size @shareable { height: Int }`,
    {
      Product: {
        __resolveReference: (reference: unknown) => reference,
        cost: (
          { weight, size }: { weight: number; size: { height: number } },
          { express }: { express: boolean },
        ) => weight * size.height * (express ? 2 : 1),
      },
    },
  ],
  views: [
    `type Node @interfaceObject @key(fields: "id") { id: ID! views: Int related: [Node!] }`,
    {
      Node: {
        __resolveReference: ({ id }: { id: string }) => ({ id }),
        views: ({ id }: { id: string }) => id.length,
        related: ({ id }: { id: string }) =>
          products.filter((each) => each.id !== id).map((each) => ({ id: each.id })),
      },
    },
  ],
};

const products = [
  {
    __typename: 'Product',
    id: 'p1',
    maker: { code: 'm' },
    serial: 1,
    size: { height: 2, width: 3 },
    weight: 1.5,
    colour: 'RED',
    hidden: 'BLUE',
  },
  {
    __typename: 'Product',
    id: 'p22',
    maker: { code: 'n' },
    serial: 2,
    size: { height: 5, width: 1 },
    weight: 2,
    colour: 'BLUE',
    hidden: 'SECRET',
  },
];

const subgraphs = new Map(
  Object.entries(shop).map(([name, [sdl, resolvers]]) => {
    const module = { typeDefs: parse(`${head} ${sdl}`), resolvers };
    return [name, buildSubgraphSchema([module] as unknown as Resolvers)];
  }),
);

const engine = await createEngine({
  supergraph: compose(
    Object.fromEntries(Object.entries(shop).map(([name, [sdl]]) => [name, `${head} ${sdl}`])),
  ),
});

async function run(query: string, unknownTo?: string): Promise<unknown> {
  const compiled = await engine.plan(engine.prepare({ query }), new Map());
  const payload = await engine.execute(compiled, {
    fetch: async ({ service, body }) => {
      const { query: text, variables } = JSON.parse(body) as {
        query: string;
        variables: Record<string, unknown>;
      };
      const schema = subgraphs.get(service);
      if (!schema) throw new TypeError(service);
      if (service === unknownTo) return { ok: true, data: { _entities: [null, null] } };
      const result = await execute({ schema, document: parse(text), variableValues: variables });
      return { ok: true, ...(JSON.parse(JSON.stringify(result)) as { data: unknown; errors: [] }) };
    },
    deadlineAt: Date.now() + 2000,
    describe: ({ code }) => ({ message: code }),
  });
  return JSON.parse(closePayload(payload.bytes, '}').toString());
}

describe('supergraphs of another shape than ours', () => {
  const cases: Record<string, [string, unknown]> = {
    'fields another source requires': [
      '{ products { cost fast: cost(express: true) } }',
      {
        products: [
          { cost: 3, fast: 6 },
          { cost: 10, fast: 20 },
        ],
      },
    ],
    'nested keys, two hops': [
      '{ products { inStock shelf { row product { id: serial weight } } } }',
      {
        products: [
          { inStock: 10, shelf: { row: 1, product: { id: 1, weight: 1.5 } } },
          { inStock: 20, shelf: { row: 2, product: { id: 2, weight: 2 } } },
        ],
      },
    ],
    'an interface answered through its key': [
      '{ node(id: "p22") { __typename id views ... on Product { weight inStock } } }',
      { node: { __typename: 'Product', id: 'p22', views: 3, weight: 2, inStock: 20 } },
    ],
    'back from an interface object to the kinds': [
      '{ node(id: "p1") { related { __typename id views ... on Product { serial } } } }',
      { node: { related: [{ __typename: 'Product', id: 'p22', views: 3, serial: 2 }] } },
    ],
    'value types of one source': [
      '{ products { size { height } colour } }',
      {
        products: [
          { size: { height: 2 }, colour: 'RED' },
          { size: { height: 5 }, colour: 'BLUE' },
        ],
      },
    ],
    'an object that is not there': ['{ node(id: "nobody") { id views } }', { node: null }],
  };
  for (const [title, [query, data]] of Object.entries(cases)) {
    test(title, async () => {
      expect(await run(query)).toEqual({ data, extensions: {} });
    });
  }

  test('a null that the schema forbids goes up to where null is allowed, with an error of its own', async () => {
    expect(await run('{ products { inStock } }', 'stock')).toEqual({
      data: null,
      errors: [0, 1].map((index) => ({
        message: 'SOURCE_INVALID',
        path: ['products', index, 'inStock'],
        extensions: { code: 'SOURCE_INVALID', source: 'stock' },
      })),
      extensions: {},
    });
  });

  test('an enum member that the public schema hides stays hidden', async () => {
    expect(await run('{ products { hidden } }')).toEqual({
      data: { products: [{ hidden: 'BLUE' }, { hidden: null }] },
      errors: [
        {
          message: 'SOURCE_INVALID',
          path: ['products', 1, 'hidden'],
          extensions: { code: 'SOURCE_INVALID', source: 'catalogue' },
        },
      ],
      extensions: {},
    });
  });

  test('what a service provides below an interface is asked of it alone', async () => {
    const spread = await createEngine({
      supergraph: compose({
        one: `${head} type Query { top: Media @shareable } interface Media { id: ID! }
          type Book implements Media @key(fields: "id") { id: ID! }`,
        two: `${head} type Query { top: Media @shareable @provides(fields: "places { name }") }
          interface Media { id: ID! places: [Place] } interface Place { name: String }
          type Book implements Media { id: ID! @shareable places: [Place] @external }
          type Room implements Place { name: String @external }`,
        three: `${head} interface Media { id: ID! places: [Place] } interface Place { name: String }
          type Book implements Media @key(fields: "id") { id: ID! places: [Place] @shareable }
          type Room implements Place @key(fields: "name") { name: String @shareable size: Int }`,
      }),
    });
    const { services, plan } = await spread.plan(
      spread.prepare({ query: '{ top { __typename id places { __typename name } } }' }),
      new Map(),
    );
    expect({ services, requests: plan.steps.length }).toEqual({ services: ['two'], requests: 1 });
    spread.close();
  });

  test('who is sent a part of a key waits for the service that brings it beside the key it repeats', async () => {
    const part = 'type Part @shareable { a: ID! b: Int! }';
    const both = '@key(fields: "part { a }") @key(fields: "part { a b } no")';
    const boxes = await createEngine({
      supergraph: compose({
        one: `${head} type Query { shelf: Shelf } type Shelf @key(fields: "id") { id: ID! } ${part}
          type Box ${both} { part: Part! @shareable no: Int! @shareable }`,
        two: `${head} type Shelf @key(fields: "id") { id: ID! boxes: [Box] } type Size @shareable { v: Int } ${part}
          type Box @key(fields: "part { a b } no") { part: Part! @shareable no: Int! @shareable size(n: Int = 1): Size }`,
        three: `${head} type Size @shareable { v: Int } ${part} type Box @key(fields: "part { a }") { part: Part! @shareable
          label: String @requires(fields: "size(n: 2) { v }") size(n: Int = 1): Size @external }`,
        four: `${head} ${part} type Box ${both} { part: Part! @shareable no: Int! @shareable more: [Box!]! }`,
      }),
    });
    const query = '{ shelf { boxes { label more { __typename } } other: boxes { size { v } } } }';
    const { plan } = await boxes.plan(boxes.prepare({ query }), new Map());
    const asking = (text: string) => plan.steps.find(({ bodyHead }) => bodyHead.includes(text));
    const [bringing, sent] = [asking('part{a b}part{a}'), asking('size(n:2)')];
    expect(sent?.needs).toContain(bringing?.index);
    boxes.close();
  });

  test('a supergraph of which no plan leads to a field is refused, or served without it', async () => {
    const supergraph = compose({
      one: `${head} type Query { node: Node @shareable thing: Thing } interface Node { id: ID! }
        type Thing implements Node @key(fields: "id") { id: ID! size: Int }
        type Part implements Node @key(fields: "id") { id: ID! @external whole: Thing! }`,
      two: `${head} type Query { node: Node @shareable } interface Node { id: ID! }
        type Thing implements Node @key(fields: "id") { id: ID! @external parts: [Part] }
        type Part implements Node @key(fields: "id") { id: ID! name: String }`,
    });
    await expect(createEngine({ supergraph })).rejects.toThrow('No plan leads from Query.node to Node.id');
    const served = await createEngine({ supergraph, unplannable: 'serve' });
    expect(served.unplannable).toContainEqual({ from: 'Query.node', field: 'Node.id' });
    const plan = (query: string): unknown => served.plan(served.prepare({ query }), new Map());
    await expect(plan('{ node { id } }')).rejects.toMatchObject({
      code: 'BAD_USER_INPUT',
      sentence: 'unplannable',
    });
    await expect(plan('{ thing { id parts { name } } }')).resolves.toMatchObject({
      services: ['one', 'two'],
    });
    served.close();
  });

  test('a supergraph with a protection the engine does not enforce is refused at the start', async () => {
    const supergraph = compose({
      one: `extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@authenticated"]) type Query { a: Int @authenticated }`,
    });
    await expect(createEngine({ supergraph })).rejects.toThrow(/does not enforce/u);
  });

  test('a supergraph with a field named like the engine’s own aliases is refused at the start', async () => {
    await expect(createEngine({ supergraph: compose({ one: 'type Query { c_1: Int }' }) })).rejects.toThrow(
      /keeps for itself/u,
    );
  });
});
