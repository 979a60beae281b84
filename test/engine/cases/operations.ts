import { type Case, fed2 } from './case.ts';

const thing = (id: string, more: object = {}) => ({
  __typename: 'T',
  id,
  a: `a${id}`,
  b: `b${id}`,
  tags: ['x', null],
  ...more,
});

const basic = {
  a: fed2(
    'type Query { t(id: ID = "1"): T ts: [T!]! i: I } interface I { id: ID! } type T implements I @key(fields: "id") { id: ID! a(n: Int): String tags: [String] next: T }',
  ),
  b: fed2('type T @key(fields: "id") { id: ID! b: String up: T list: [[T]] } extend type Query { v: Int }'),
};

const basicWorld = () => {
  const [one, two] = [thing('1'), thing('2')] as [
    Record<string, unknown> & { __typename: string },
    Record<string, unknown> & { __typename: string },
  ];
  for (const [from, to] of [
    [one, two],
    [two, one],
  ] as const) {
    from['next'] = to;
    from['up'] = to;
    from['list'] = [[from, null], null, [to]];
    from['a'] = ({ n }: { n?: number }) => `a${n ?? ''}`;
  }
  return {
    items: [one, two],
    roots: {
      Query: {
        t: ({ id }: { id: string }) => [one, two].find((each) => each['id'] === id),
        ts: [one, two],
        i: two,
        v: 3,
      },
    },
  };
};

/** How operations may be written. */
export const operationCases: readonly Case[] = [
  {
    title: 'conditions with variables at every level',
    subgraphs: basic,
    world: basicWorld,
    asks: [true, false].flatMap((yes) =>
      [
        'query($yes: Boolean!) { t @include(if: $yes) { b } x: t { a @skip(if: $yes) b @include(if: $yes) next @skip(if: $yes) { b } } }',
        'query($yes: Boolean!, $no: Boolean = false) { i { ... @include(if: $yes) { id ... on T { b } } ... on T @skip(if: $yes) { a } ...F @include(if: $no) } } fragment F on T { up { b @skip(if: $no) } }',
        'query($yes: Boolean!) { ts { __typename @include(if: $yes) up { __typename @skip(if: $yes) b } list @include(if: $yes) { b } } ... on Query @skip(if: $yes) { v } }',
        'query($yes: Boolean!) { ts @skip(if: $yes) { b } ts @include(if: true) { a @include(if: $yes) } __typename }',
        'query($yes: Boolean!) { ts @skip(if: $yes) @include(if: $yes) { b } }',
      ].map((query) => [query, { yes }] as const),
    ),
  },
  {
    title: 'aliases, merged fields, fragments and __typename everywhere',
    subgraphs: basic,
    world: basicWorld,
    asks: [
      '{ __typename t { __typename x: __typename id y: id b: a a: b } again: __typename }',
      '{ t { up { b } up { a } up { up { b } } } t { a: a next { b } } }',
      '{ t { a1: a(n: 1) a2: a(n: 2) a ... on I { id } ... { b } } two: t(id: "2") { a: b } }',
      '{ ts { list { b a up { a } } tags } }',
      '{ i { id __typename ... on T { b next { ... on I { id ... on T { b } } } } } }',
      'query A { t { ...F } } fragment F on T { id b up { ...G } } fragment G on T { a ...H } fragment H on I { id ... on T { b } }',
      '{ t { id: b __typename: a } }',
      '{ t { subject: id up { __proto__: b constructor: a } } }',
      '{ t { __typename } ts { __typename } }',
    ],
  },
  {
    title: 'introspection, alone and mixed with data',
    subgraphs: basic,
    world: basicWorld,
    asks: [
      '{ __schema { queryType { name } types { name kind fields { name args { name defaultValue } type { name ofType { name } } } possibleTypes { name } } directives { name } } }',
      '{ t { b } __type(name: "T") { name fields { name } } v ... on Query { __schema { mutationType { name } } } }',
      [
        'query($n: String!, $d: Boolean) { x: __type(name: $n) { kind fields(includeDeprecated: $d) { n: name } } t { a } __typename }',
        { n: 'I' },
      ],
    ],
  },
  {
    title: 'mutations in series over several services, each with its own follow-ups',
    subgraphs: {
      a: fed2(
        'type Query { log: String } type Mutation { add(x: Int!): Entry fail: Entry boom: Entry! } type Entry @key(fields: "id") { id: ID! log: String @shareable root: Query }',
      ),
      b: fed2(
        'type Mutation { times(x: Int!): Entry } type Entry @key(fields: "id") { id: ID! log: String @shareable late: Int }',
      ),
    },
    world: () => {
      let total = 1;
      const entry = (id: string, log: string) => ({
        __typename: 'Entry',
        id,
        log,
        late: id.length,
        root: { __typename: 'Query' },
      });
      const items = Array.from({ length: 99 }, (_, n) => entry(`${n}`, `${n}`));
      const step =
        (to: (x: number) => number) =>
        ({ x }: { x: number }) => {
          total = to(x);
          return items[total];
        };
      return {
        items,
        roots: {
          Query: { log: () => `${total}` },
          Mutation: {
            add: step((x) => total + x),
            times: step((x) => total * x),
            fail: new Error('no'),
            boom: new Error('boom'),
          },
        },
      };
    },
    asks: [
      'mutation { a: add(x: 2) { id late } b: times(x: 5) { log late } c: add(x: 1) { log } d: times(x: 2) { id } }',
      'mutation { times(x: 3) { late id } fail { id late } add(x: 4) { late __typename } __typename }',
      'mutation { a: add(x: 1) { id } boom { id } b: times(x: 2) { id } }',
      [
        'mutation($x: Int!, $y: Boolean!) { a: add(x: $x) @include(if: $y) { id } times(x: $x) { id } b: add(x: 3) @skip(if: $y) { id } }',
        { x: 3, y: false },
      ],
    ],
  },
];
