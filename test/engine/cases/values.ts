import { type Case, fed2 } from './case.ts';

/** Leaves, arguments, inputs and what the public schema hides. */
export const valueCases: readonly Case[] = [
  {
    title: 'enums and inputs of which services know different parts',
    subgraphs: {
      a: fed2(
        `type Query { paint(in: Paint!, c: Colour = RED, cs: [Colour!]): String shade: Colour } enum Colour { RED BLUE } input Paint { name: String! = "n" tone: Int deep: Deep } input Deep { v: [Int!]! = [1] }`,
      ),
      b: fed2(
        `type Query { mix(in: Paint): String sort(c: Colour): Boolean } enum Colour { RED BLUE } input Paint { name: String! = "n" deep: Deep gone: Boolean } input Deep { v: [Int!]! = [1] w: ID }`,
      ),
      c: fed2('type Query { out: Kind outs: [Kind!] } enum Kind { ONE TWO } '),
      d: fed2('type Query { other: Kind } enum Kind { TWO THREE }'),
    },
    world: () => {
      const tell = (args: unknown): string => JSON.stringify(args);
      return {
        items: [],
        roots: {
          Query: {
            paint: tell,
            mix: tell,
            shade: 'BLUE',
            sort: ({ c }: { c?: string }) => c === 'RED',
            out: 'ONE',
            outs: ['ONE', 'TWO'],
            other: 'THREE',
          },
        },
      };
    },
    asks: [
      '{ paint(in: {name: "x"}) }',
      '{ paint(in: {deep: {}}, cs: BLUE) mix(in: {deep: {v: 3}}) shade sort(c: RED) out outs other }',
      [
        'query($p: Paint!, $c: Colour, $cs: [Colour!], $v: [Int!]!) { paint(in: $p, c: $c, cs: $cs) m: mix(in: {name: "z", deep: {v: $v}}) }',
        { p: { deep: { v: 7 } }, cs: 'RED', v: 5 },
      ],
      [
        'query($p: Paint = {name: "d"}, $n: String! = "q") { mix(in: $p) x: mix(in: {name: $n}) y: mix(in: null) z: mix }',
        {},
      ],
      ['query($p: Paint = {name: "d"}, $c: Colour) { mix(in: $p) sort(c: $c) }', { p: null, c: null }],
    ],
  },
  {
    title: 'custom scalars of any JSON, default values, ids as numbers',
    subgraphs: {
      a: fed2(
        'scalar JSON scalar Date type Query { t(at: Date = "now", raw: JSON): T } type T @key(fields: "id") { id: ID! any: JSON list: [JSON] at(day: Date): Date! }',
      ),
      b: fed2(
        'scalar JSON scalar Date type T @key(fields: "id") { id: ID! extra: JSON sum(of: [Int!] = [1, 2], by: Float = 1.5, on: Boolean! = true, id: ID = 7): String need: JSON @requires(fields: "any list") any: JSON @external list: [JSON] @external }',
      ),
    },
    world: () => {
      const t = {
        __typename: 'T',
        id: '1',
        any: { a: [1, { b: null }], __typenam: 'x' },
        list: [1, 'x', null, [true], {}],
        at: ({ day }: { day?: unknown }) => day ?? 'day',
        extra: [[{ c_1: 2 }]],
        sum: (args: unknown) => JSON.stringify(args),
        need: (_: unknown, given: unknown) => given,
      };
      return {
        items: [t],
        roots: {
          Query: { t: ({ raw, at }: { raw?: unknown; at?: unknown }) => ({ ...t, list: [raw, at] }) },
        },
      };
    },
    asks: [
      '{ t { any list extra sum } }',
      '{ t(raw: {a: [1, "x"]}) { list at a2: at(day: "d") sum(of: 5, by: 2, on: false, id: 9) } }',
      [
        'query($r: JSON, $o: Boolean! = false, $d: Date) { t(raw: {v: $r}) { list sum(on: $o) at(day: $d) } }',
        { r: { deep: [1, 2] }, d: 3 },
      ],
      '{ t { need } }',
    ],
  },
  {
    title: 'what is inaccessible or tagged',
    subgraphs: {
      a: fed2(`type Query { p: P hidden: Int @inaccessible } type P @key(fields: "id") { id: ID! @inaccessible name(style: Int, secret: Boolean @inaccessible): String @tag(name: "x") kind: Kind kinds: [Kind!] }
        enum Kind { OPEN CLOSED @inaccessible } type Gone @shareable @inaccessible { a: Int }`),
      b: fed2(
        'type P @key(fields: "id") { id: ID! @inaccessible size: Int gone: Gone @inaccessible } type Gone @shareable @inaccessible { a: Int } union U @inaccessible = P',
      ),
    },
    world: () => {
      const p = {
        __typename: 'P',
        id: '1',
        name: ({ style }: { style?: number }) => `n${style}`,
        size: 3,
        kind: 'CLOSED',
        kinds: ['OPEN', 'CLOSED'],
      };
      return { items: [p], roots: { Query: { p } } };
    },
    asks: [
      '{ p { name size } }',
      '{ p { name(style: 2) size kind } }',
      '{ p { size kinds } }',
      '{ p { id: size } }',
      '{ p { __typename c_0: size _entities: name } }',
      '{ __type(name: "Gone") { name } __schema { types { name } } }',
    ],
  },
  {
    title: 'root types with names of their own',
    subgraphs: {
      a: fed2(
        'schema { query: Root mutation: Change } type Root { v: V } type Change { set(n: Int!): V } type V @key(fields: "id") { id: ID! n: Int }',
      ),
      b: fed2('type V @key(fields: "id") { id: ID! m: Int root: Query } type Query { w: Int }'),
    },
    world: () => {
      const v: Record<string, unknown> & { __typename: string } = {
        __typename: 'V',
        id: '1',
        n: 1,
        m: 2,
        root: { __typename: 'Query' },
      };
      return {
        items: [v],
        roots: {
          Query: { v, w: 5 },
          Root: { v, w: 5 },
          Change: { set: ({ n }: { n: number }) => ({ ...v, n }) },
          Mutation: { set: ({ n }: { n: number }) => ({ ...v, n }) },
        },
      };
    },
    asks: ['{ v { n m } w __typename }', 'mutation { set(n: 4) { n m } __typename }'],
  },
];
