import { type Case, fed2 } from './case.ts';

/** Interfaces, unions and entity interfaces over several services. */
export const abstractCases: readonly Case[] = [
  {
    title: 'entity interfaces and interface objects',
    subgraphs: {
      a: fed2(`type Query { media: [Media!]! one(id: ID!): Media } interface Media @key(fields: "id") { id: ID! title: String! }
        type Book implements Media @key(fields: "id") { id: ID! title: String! pages: Int } type Film implements Media @key(fields: "id") { id: ID! title: String! minutes: Int }`),
      b: fed2(
        'type Media @interfaceObject @key(fields: "id") { id: ID! votes: Int! fans: [Fan!] alike: [Media] } type Fan { nick: String likes: Media }  extend type Query { top: [Media!] }',
      ),
      c: fed2(
        'type Media @interfaceObject @key(fields: "id") { id: ID! votes: Int! @external rank: String @requires(fields: "votes") }',
      ),
      d: fed2('type Book @key(fields: "id") { id: ID! author: String }'),
    },
    world: () => {
      const rank = (_: unknown, given: unknown): string => JSON.stringify(given);
      const make = (
        typeName: string,
        id: string,
        more: object,
      ): Record<string, unknown> & { __typename: string } => ({
        __typename: typeName,
        id,
        title: `t${id}`,
        votes: id.length,
        rank,
        ...more,
      });
      const media = [make('Book', 'b', { pages: 3, author: 'x' }), make('Film', 'ff', { minutes: 90 })];
      for (const each of media) {
        each['alike'] = [...media, null];
        each['fans'] = [{ __typename: 'Fan', nick: 'n', likes: media[0] }];
      }
      return {
        items: media,
        roots: {
          Query: {
            media,
            one: ({ id }: { id: string }) => media.find((each) => each['id'] === id),
            top: media,
          },
        },
      };
    },
    asks: [
      '{ media { __typename id title votes rank ... on Book { pages author } ... on Film { minutes } } }',
      '{ top { votes title __typename } }',
      '{ top { id fans { likes { title ... on Book { author votes } } } } }',
      '{ one(id: "b") { alike { title rank ... on Film { minutes alike { id } } } } none: one(id: "z") { votes } }',
      '{ media { ... on Book { rank votes } } }',
      '{ top { rank } x: top { __typename } }',
      '{ top { ... on Media { votes } ... on Book { __typename author } } }',
    ],
  },
  {
    title: 'unions and interfaces spread differently over services',
    subgraphs: {
      a: fed2(`type Query { found: [Found] shapes: [Shape] own: [OnlyA!] } union Found = Cat | Dog interface Shape { name: String } interface OnlyA { tag: String }
        type Cat implements Shape & OnlyA @key(fields: "id") { id: ID! name: String @shareable tag: String } type Dog implements Shape @key(fields: "id") { id: ID! name: String @shareable bark: Int } type Fish @key(fields: "id") { id: ID! }`),
      b: fed2(`extend type Query { more: [Found] forms: [Shape] } union Found = Cat | Fish interface Shape { name: String area: Float }
        type Cat implements Shape @key(fields: "id") { id: ID! name: String @shareable area: Float lives: Int friend: Found } type Fish implements Shape @key(fields: "id") { id: ID! name: String area: Float } type Dog implements Shape @key(fields: "id") { id: ID! name: String @shareable area: Float }`),
    },
    world: () => {
      const cat: Record<string, unknown> & { __typename: string } = {
        __typename: 'Cat',
        id: '1',
        name: 'c',
        tag: 't',
        area: 1,
        lives: 9,
      };
      const dog = { __typename: 'Dog', id: '2', name: 'd', area: 2, bark: 4 };
      const fish = { __typename: 'Fish', id: '3', name: 'f', area: 3 };
      cat['friend'] = fish;
      return {
        items: [cat, dog, fish],
        roots: {
          Query: {
            found: [cat, dog, null],
            shapes: [dog, cat],
            own: [cat],
            more: [fish, cat],
            forms: [fish, dog, cat],
          },
        },
      };
    },
    asks: [
      '{ found { __typename ... on Cat { name lives friend { ... on Fish { name } } } ... on Dog { area } ... on Fish { area } } }',
      '{ more { ... on Cat { tag } ... on Fish { name } ... on Shape { n: name area } } }',
      '{ shapes { name area ... on Dog { bark } ... on Cat { tag lives } } forms { __typename name area ... on Cat { tag } } }',
      '{ own { tag ... on Shape { name area } ... on Cat { lives } } }',
      '{ forms { ... on OnlyA { tag } ... on Dog { bark } } found { ... on Shape { name } } }',
      '{ shapes { __typename } found { t: __typename } }',
    ],
  },
  {
    title: 'the same response key for different fields of different kinds',
    subgraphs: {
      a: fed2(
        'type Query { all: [U!]! } union U = A | B type A @key(fields: "id") { id: ID! x: Int o: Oa } type B @key(fields: "id") { id: ID! y: Int o: Ob } type Oa { v: Int } type Ob { v: Int  w: String}',
      ),
      b: fed2(
        'type A @key(fields: "id") { id: ID! far: Int } type B @key(fields: "id") { id: ID! wide: Int }',
      ),
    },
    world: () => {
      const all = [
        { __typename: 'A', id: '1', x: 1, far: 10, o: { __typename: 'Oa', v: 5 } },
        { __typename: 'B', id: '2', y: 2, wide: 20, o: { __typename: 'Ob', v: 6, w: 'w' } },
      ];
      return { items: all, roots: { Query: { all } } };
    },
    asks: [
      '{ all { ... on A { n: x m: far o { v } } ... on B { n: y m: wide o { v w } } } }',
      '{ all { ... on A { id: far } ... on B { id: wide __typename } } }',
      'query Q { all { ...F ...G } } fragment F on A { x ...H } fragment G on B { y ...I } fragment H on A { far } fragment I on U { ... on B { wide o { w } } }',
    ],
  },
  {
    title: 'an interface field of a narrower type, and a kind the public schema hides',
    subgraphs: {
      a: fed2(`type Query { animals: [Animal] } interface Animal { name: String home: Place } interface Place { town: String }
        type Cow implements Animal @key(fields: "name") { name: String! home: Barn! } type Barn implements Place { town: String cows: Int } type Spy implements Animal @inaccessible { name: String home: Place }`),
      b: fed2('type Cow @key(fields: "name") { name: String! milk: Int }'),
    },
    world: () => {
      const cow = { __typename: 'Cow', name: 'c', milk: 2, home: { __typename: 'Barn', town: 'T', cows: 3 } };
      return {
        items: [cow],
        roots: { Query: { animals: [cow, { __typename: 'Spy', name: 's', home: null }] } },
      };
    },
    asks: ['{ animals { name home { town ... on Barn { cows } } ... on Cow { milk barn: home { cows } } } }'],
  },
];
