import { type Case, fed2 } from './case.ts';

const boom = (): Error => new Error('boom');

/** Nulls and errors: where they go up to, and what is told of them. */
export const nullCases: readonly Case[] = [
  {
    title: 'nulls that go up, in one service and over two',
    subgraphs: {
      a: fed2(
        'type Query { us: [U!] ms: [U] deep: [[U!]]! one: U! soft: U } type U @key(fields: "id") { id: ID! name: String! nick: String friend: U! pal: U tags: [String!] grid: [[Int!]!] }',
      ),
      b: fed2(
        'type U @key(fields: "id") { id: ID! age: Int! size: Int box: Box! boxes: [Box!] bin: Box } type Box { w: Int! h: Int by: U! }',
      ),
    },
    world: () => {
      const user = (id: string): Record<string, unknown> & { __typename: string } => ({
        __typename: 'U',
        id,
        name: `n${id}`,
        nick: 'k',
        tags: ['t'],
        grid: [[1], [2]],
        age: 3,
        size: 4,
      });
      const [fine, noAge, errAge, badName, gone, badTag] = ['1', '2', '3', '4', '5', '6'].map(user) as [
        ReturnType<typeof user>,
        ReturnType<typeof user>,
        ReturnType<typeof user>,
        ReturnType<typeof user>,
        ReturnType<typeof user>,
        ReturnType<typeof user>,
      ];
      for (const each of [fine, noAge, errAge, badName, gone, badTag]) {
        const box = { __typename: 'Box', w: 1, h: 2, by: fine };
        Object.assign(each, {
          friend: fine,
          pal: each,
          box,
          boxes: [box, box],
          bin: { ...box, w: each === errAge ? boom() : 1 },
        });
      }
      noAge['unknownTo'] = ['b'];
      errAge['age'] = boom();
      errAge['size'] = boom();
      badName['name'] = boom();
      badName['nick'] = boom();
      gone['unknownTo'] = ['b'];
      badTag['tags'] = ['x', boom(), null];
      badTag['grid'] = [[1], [boom(), 2]];
      badTag['boxes'] = [
        { __typename: 'Box', w: 1, h: boom(), by: fine },
        { __typename: 'Box', w: boom(), h: 2, by: fine },
      ];
      badTag['friend'] = errAge;
      const all = [fine, noAge, errAge, badName, gone, badTag];
      return {
        items: all,
        roots: {
          Query: {
            us: [fine, noAge],
            ms: [...all, null, boom()],
            deep: [[fine, errAge], null, [fine], [badName]],
            one: badName,
            soft: badName,
          },
        },
      };
    },
    asks: [
      '{ us { id age } }',
      '{ us { id size } ms { size } }',
      '{ ms { id age } }',
      '{ ms { name } }',
      '{ ms { id nick name size } }',
      '{ ms { nick size } }',
      '{ deep { age } }',
      '{ deep { id name } }',
      '{ one { id } soft { nick name } }',
      '{ one { name id } us { id } }',
      '{ soft { name nick } us { id age } }',
      '{ ms { tags } }',
      '{ ms { grid nick } }',
      '{ ms { boxes { w h } box { w } } }',
      '{ ms { boxes { h by { age } } bin { by { id age } } } }',
      '{ ms { friend { age nick } pal { age } } }',
      '{ ms { friend { nick pal { boxes { h } } } } }',
    ],
  },
  {
    title: 'a list that is null, empty, or holds nulls, of entities and of values',
    subgraphs: {
      a: fed2(
        'type Query { w: W } type W { none: [E!] empty: [E!]! holes: [E] nested: [[E]] ints: [Int] strs: [[String]]! }  type E @key(fields: "id") { id: ID! }',
      ),
      b: fed2('type E @key(fields: "id") { id: ID! v: Int }'),
    },
    world: () => {
      const e = { __typename: 'E', id: '1', v: 1 };
      return {
        items: [e],
        roots: {
          Query: {
            w: {
              __typename: 'W',
              none: null,
              empty: [],
              holes: [null, e, null],
              nested: [null, [], [null, e]],
              ints: [1, null],
              strs: [null, ['a', null]],
            },
          },
        },
      };
    },
    asks: [
      '{ w { none { v } empty { v } holes { v } nested { v id } ints strs } }',
      '{ w { none { id } empty { v id } } }',
      '{ w { holes { id } nested { __typename } } }',
    ],
  },
  {
    title: 'an error of a required field is the error of what requires it',
    subgraphs: {
      a: fed2(
        'type Query { ts: [T] } type T @key(fields: "id") { id: ID! x: Int y: Int! s: S } type S @shareable { z: Int }',
      ),
      b: fed2(
        'type T @key(fields: "id") { id: ID! x: Int @external s: S @external p: String @requires(fields: "x") q: String! @requires(fields: "s { z }") free: Int } type S @external { z: Int }',
      ),
    },
    world: () => {
      const tell = (_: unknown, given: unknown): string => JSON.stringify(given);
      const ts = [
        {
          __typename: 'T',
          id: '1',
          x: boom(),
          y: 1,
          s: { __typename: 'S', z: 1 },
          p: tell,
          q: tell,
          free: 1,
        },
        {
          __typename: 'T',
          id: '2',
          x: 2,
          y: 1,
          s: { __typename: 'S', z: boom() },
          p: tell,
          q: tell,
          free: 2,
        },
        { __typename: 'T', id: '3', x: 3, y: 1, s: null, p: tell, q: tell, free: 2 },
      ];
      return { items: ts, roots: { Query: { ts } } };
    },
    asks: ['{ ts { p } }', '{ ts { p x } }', '{ ts { q } }', '{ ts { q p s { z } } }'],
  },
  {
    title: 'an error in a required list is the error of what requires it',
    subgraphs: {
      a: fed2('type Query { ts: [T] } type T @key(fields: "id") { id: ID! }'),
      b: fed2(
        'type T @key(fields: "id") { id: ID! xs: [Float] @external yss: [[Float]] @external p: String @requires(fields: "xs") q: String @requires(fields: "yss") }',
      ),
      c: fed2('type T @key(fields: "id") { id: ID! xs: [Float] yss: [[Float]] }'),
    },
    world: () => {
      const told = (_args: unknown, given: unknown): string => JSON.stringify(given);
      const items = [
        { __typename: 'T', id: '0', xs: [1, new Error('one'), 3], yss: [[1], [2, null]], p: told, q: told },
        { __typename: 'T', id: '1', xs: [1, null], yss: [[1], [new Error('other')]], p: told, q: told },
      ];
      return { items, roots: { Query: { ts: items } } };
    },
    asks: ['{ ts { p q } }', '{ ts { xs p yss q } }'],
  },
  {
    title: 'an error below a field that is selected several times',
    subgraphs: {
      a: fed2('type Query { top: [Node] } type Node { x: Int y: [Int!]! inner: [Node!]! }'),
    },
    world: () => {
      const leaf = { __typename: 'Node', x: 1, y: [2, boom()], inner: [] };
      return {
        items: [],
        roots: { Query: { top: [{ __typename: 'Node', x: 3, y: [], inner: [leaf] }, leaf] } },
      };
    },
    asks: [
      '{ top { inner { x } ... on Node { inner { y } } } }',
      '{ top { x } top { y inner { x } } top { inner { y inner { y } } } }',
      '{ top { a: inner { x } b: inner { x } b: inner { y } } }',
    ],
  },
  {
    title: 'an error at the root',
    subgraphs: {
      a: fed2('type Query { bad: Int worse: Int! fine: Int }'),
      b: fed2('type Query { other: Int rude: [Int!]! }'),
    },
    world: () => ({
      items: [],
      roots: { Query: { bad: boom(), worse: boom(), fine: 1, other: 2, rude: [1, boom()] } },
    }),
    asks: [
      '{ bad fine other }',
      '{ worse fine other }',
      '{ rude }',
      '{ bad other rude }',
      '{ fine rude other }',
    ],
  },
];
