import type { FetchNode, PlanNode } from '@graphql-hive/router-query-planner';
import { describe, expect, test } from 'vitest';
import { asksEveryLeaf } from './check-leaves.ts';
import { compose } from './fixtures/registries.ts';
import { readSupergraph } from './read-supergraph.ts';

const head = `extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@key", "@shareable"])`;
const supergraph = readSupergraph(
  compose({
    one: `${head} type Query { all: [Any] some: Any book: Book } union Any = Book | Film
      type Book @key(fields: "id") { id: ID! title: String } type Film @key(fields: "id") { id: ID! length: Int }`,
    two: `${head} type Book @key(fields: "id") { id: ID! pages: Int } type Song { length: Int @shareable }
      union Any = Book | Song type Query { latest: Any }`,
  }),
);

const ask = (operation: string): FetchNode => ({ kind: 'Fetch', serviceName: 'one', operation });
const askBelow = (key: string, selections: string): PlanNode => ({
  kind: 'Flatten',
  path: [{ Field: key }, '@'],
  node: {
    ...ask(
      `query($representations: [_Any!]!) { _entities(representations: $representations) { ${selections} } }`,
    ),
    serviceName: 'two',
    requires: [{ kind: 'InlineFragment', typeCondition: 'Book', selections: [] }],
  },
});
const all = '{c_0:all{__typename ...on Book{c_1:title c_2:pages} ...on Film{c_3:length}}}';
const first = ask('{c_0: all{__typename ...a ...on Film{c_3: length}}} fragment a on Book {id c_1: title}');

describe('a plan asks for every leaf', () => {
  test('where each is in a request at its place, for its kinds', () => {
    const node: PlanNode = { kind: 'Sequence', nodes: [first, askBelow('c_0', '...on Book{c_2: pages}')] };
    expect(asksEveryLeaf(supergraph, all, node)).toBe(true);
  });

  test('where a key of the planner’s own is renamed to it', () => {
    const outputRewrites = [{ KeyRenamer: { path: [], renameKeyTo: 'c_3' } }];
    const node = { ...ask('{c_0: all{...on Film{own: length}}}'), outputRewrites };
    expect(asksEveryLeaf(supergraph, '{c_0:all{...on Film{c_3:length}}}', node)).toBe(true);
  });

  test('where what it leaves out is of a kind that the service of the field does not know', () => {
    const text = '{c_0:latest{...on Book{c_2:pages} ...on Film{c_3:length}}}';
    expect(asksEveryLeaf(supergraph, text, ask('{c_0: latest{...on Book{c_2: pages}}}'))).toBe(true);
  });
});

test('a kind that one service of a field cannot answer there is not insisted on, though it knows the kind', () => {
  const shared = (shop: string): string =>
    `${head} ${shop} type Shop @shareable { best: Any } union Any = Book | Film
      type Book @key(fields: "id") { id: ID! title: String @shareable } type Film @key(fields: "id") { id: ID! length: Int @shareable }`;
  const even = compose({
    one: shared('type Query { shop: Shop }'),
    two: shared('type Query { other: Shop }'),
  });
  const narrower = even.replace(
    /best: Any( @join__field\([^)]*\))*/u,
    'best: Any @join__field(graph: ONE, type: "Book") @join__field(graph: TWO)',
  );
  expect(narrower).not.toBe(even);
  const text = '{c_0:shop{c_1:best{...on Book{c_2:title} ...on Film{c_3:length}}}}';
  const node = ask('{c_0: shop{c_1: best{...on Book{c_2: title}}}}');
  expect(asksEveryLeaf(readSupergraph(narrower), text, node)).toBe(true);
  expect(asksEveryLeaf(readSupergraph(even), text, node)).toBe(false);
});

describe('a plan does not', () => {
  const lacking: Record<string, PlanNode | undefined> = {
    'without any request': undefined,
    'where a request is missing': first,
    'where it asks at another place': {
      kind: 'Parallel',
      nodes: [first, askBelow('c_9', '...on Book{c_2: pages}')],
    },
    'where it asks for another kind': {
      kind: 'Parallel',
      nodes: [first, askBelow('c_0', '...on Song{c_2: pages}')],
    },
    'where one kind is not asked': ask('{c_0: all{...on Book{c_1: title c_2: pages}}}'),
  };
  for (const [title, node] of Object.entries(lacking)) {
    test(title, () => expect(asksEveryLeaf(supergraph, all, node)).toBe(false));
  }
});
