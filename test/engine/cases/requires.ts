import { type Case, fed2 } from './case.ts';

const text = (_args: unknown, given: unknown): string => JSON.stringify(given);

/** What one service needs of another, and what it may serve in its stead. */
export const requiresCases: readonly Case[] = [
  {
    title: 'required fields: plain, nested, with arguments, with fragments, null, chained',
    subgraphs: {
      a: fed2(`type Query { things: [Thing!]! }
        type Thing @key(fields: "id") { id: ID! weight: Float price(currency: Currency!, round: Boolean = false): Float dims: Dims media: Media parts: [Part] }
        type Dims { h: Int w: Int } enum Currency { EUR VND } union Media = Book | Film type Book { pages: Int } type Film { minutes: Int title: String } type Part { n: Int! }`),
      b: fed2(`type Thing @key(fields: "id") { id: ID! weight: Float @external dims: Dims @external price(currency: Currency!, round: Boolean = false): Float @external
          media: Media @external parts: [Part] @external
          cost: String @requires(fields: "weight dims { h }") euro: String @requires(fields: "price(currency: EUR)") dong: String! @requires(fields: "price(currency: VND, round: true) parts { n }")
          shown: String @requires(fields: "media { ... on Book { pages } ... on Film { minutes } }") }
        type Dims @external { h: Int } enum Currency { EUR VND } union Media = Book | Film type Book @external { pages: Int } type Film @external { minutes: Int } type Part @external { n: Int! }`),
      c: fed2(
        `type Thing @key(fields: "id") { id: ID! cost: String @external euro: String @external sum(of: Int = 3): String @requires(fields: "cost euro") }`,
      ),
      d: fed2(
        `type Thing @key(fields: "id") { id: ID! sum(of: Int = 3): String @external last: String @requires(fields: "sum(of: 9)") }`,
      ),
    },
    world: () => {
      const price = ({ currency, round }: { currency?: string; round?: boolean }): number =>
        currency === 'EUR' ? 1.5 : round ? 40000 : 40001.5;
      const sum = ({ of }: { of?: number }, given: unknown): string => `${of}:${JSON.stringify(given)}`;
      const thing = (id: string, more: object) => ({
        __typename: 'Thing',
        id,
        price,
        cost: text,
        euro: text,
        dong: text,
        shown: text,
        sum,
        last: text,
        ...more,
      });
      const things = [
        thing('1', {
          weight: 2,
          dims: { __typename: 'Dims', h: 1, w: 2 },
          media: { __typename: 'Book', pages: 3 },
          parts: [{ __typename: 'Part', n: 1 }, null],
        }),
        thing('2', {
          weight: null,
          dims: null,
          media: { __typename: 'Film', minutes: 90, title: 't' },
          parts: [],
        }),
        thing('3', {
          weight: 0,
          dims: { __typename: 'Dims', h: null, w: 2 },
          media: null,
          parts: null,
          price: null,
        }),
      ];
      return { items: things, roots: { Query: { things } } };
    },
    asks: [
      '{ things { cost } }',
      '{ things { euro dong } }',
      '{ things { dong price(currency: EUR) other: price(currency: VND) weight: id } }',
      '{ things { shown media { __typename ... on Film { title } } } }',
      '{ things { sum } }',
      '{ things { last sum(of: 1) x: sum } }',
      ['query($c: Currency!) { things { price(currency: $c) euro last } }', { c: 'VND' }],
    ],
  },
  {
    title: 'a requirement that leads through another entity',
    subgraphs: {
      a: fed2(
        'type Query { orders: [Order!]! } type Order @key(fields: "id") { id: ID! item: Item } type Item @key(fields: "sku") { sku: ID! }',
      ),
      b: fed2(
        'type Item @key(fields: "sku") { sku: ID! maker: Maker weight: Int } type Maker @key(fields: "id") { id: ID! }',
      ),
      c: fed2('type Maker @key(fields: "id") { id: ID! country: String }'),
      d: fed2(`type Order @key(fields: "id") { id: ID! item: Item @external duty: String @requires(fields: "item { weight maker { country } }") }
        type Item @key(fields: "sku") { sku: ID! weight: Int @external maker: Maker @external } type Maker @key(fields: "id") { id: ID! country: String @external }`),
    },
    world: () => {
      const maker = { __typename: 'Maker', id: 'm', country: 'VN' };
      const items = [
        { __typename: 'Item', sku: 's', maker, weight: 5 },
        { __typename: 'Item', sku: 't', maker: null, weight: null },
      ];
      const orders = [...items, null].map((item, at) => ({
        __typename: 'Order',
        id: `${at}`,
        item,
        duty: text,
      }));
      return { items: [maker, ...items, ...orders], roots: { Query: { orders } } };
    },
    asks: ['{ orders { duty } }', '{ orders { id duty item { sku maker { id country } } } }'],
  },
  {
    title: 'a nested key with a requirement over two hops',
    subgraphs: {
      a: fed2(
        'type Query { all: [E] } type E @key(fields: "k { a b }") { k: K! } type K @shareable { a: ID! b: ID! }',
      ),
      b: fed2(
        'type E @key(fields: "k { a b }") @key(fields: "id") { k: K! id: ID! x: Int } type K @shareable { a: ID! b: ID! }',
      ),
      c: fed2('type E @key(fields: "id") { id: ID! x: Int @external y: String @requires(fields: "x") }'),
      d: fed2(
        'type E @key(fields: "k { a b }") { k: K! y: String @external z: String @requires(fields: "y") } type K @shareable { a: ID! b: ID! }',
      ),
    },
    world: () => {
      const all = [1, 2].map((n) => ({
        __typename: 'E',
        k: { __typename: 'K', a: `a${n}`, b: 'b' },
        id: `i${n}`,
        x: n,
        y: text,
        z: text,
      }));
      return { items: all, roots: { Query: { all } } };
    },
    asks: ['{ all { y } }', '{ all { z } }', '{ all { z x y k { b } } }'],
  },
  {
    title: 'required fields with the same name and other arguments than the client’s',
    subgraphs: {
      a: fed2('type Query { t: T } type T @key(fields: "id") { id: ID! f(n: Int): Int g(n: Int!): Int }'),
      b: fed2(
        'type T @key(fields: "id") { id: ID! f(n: Int): Int @external one: String @requires(fields: "f(n: 1)") }',
      ),
      c: fed2(
        'type T @key(fields: "id") { id: ID! f(n: Int): Int @external two: String @requires(fields: "f(n: 2)") }',
      ),
    },
    world: () => {
      const f = ({ n }: { n?: number }): number => (n ?? 0) * 10;
      const t = { __typename: 'T', id: '1', f, g: f, one: text, two: text };
      return { items: [t], roots: { Query: { t } } };
    },
    asks: ['{ t { one f(n: 5) } }', '{ t { one two } }', '{ t { f two one f2: f(n: 1) } }'],
  },
  {
    title: 'provided fields: plain, through lists, unions and interfaces',
    subgraphs: {
      a: fed2(`type Query { reviews: [Review!]! best: Product @provides(fields: "name") any: [Any] @provides(fields: "... on Product { name } ... on Person { nick }") nodes: [Node] @provides(fields: "... on Product { name }") }
        type Review { id: ID! of: Product! @provides(fields: "name maker { title }") }
        interface Node { id: ID! } union Any = Product | Person
        type Product implements Node @key(fields: "id") { id: ID! name: String @external maker: Maker @external } type Maker @key(fields: "id") { id: ID! title: String @external } type Person implements Node @key(fields: "id") { id: ID! nick: String @external }`),
      b: fed2(
        `type Product @key(fields: "id") { id: ID! name: String maker: Maker stock: Int } type Maker @key(fields: "id") { id: ID! title: String size: Int } type Person @key(fields: "id") { id: ID! nick: String age: Int }`,
      ),
    },
    world: () => {
      const maker = { __typename: 'Maker', id: 'm', title: 'M', size: 3 };
      const products = ['p', 'q'].map((id) => ({
        __typename: 'Product',
        id,
        name: `n${id}`,
        maker,
        stock: 4,
      }));
      const person = { __typename: 'Person', id: 'x', nick: 'X', age: 5 };
      return {
        items: [maker, ...products, person],
        roots: {
          Query: {
            reviews: products.map((of, at) => ({ __typename: 'Review', id: `r${at}`, of })),
            best: products[1],
            any: [products[0], person, null],
            nodes: [person, products[1]],
          },
        },
      };
    },
    asks: [
      '{ reviews { of { name maker { title size } stock } } best { name maker { title } } }',
      '{ any { __typename ... on Product { name stock } ... on Person { nick age } } }',
      '{ nodes { id ... on Product { name stock } ... on Person { nick } } }',
    ],
  },
  {
    title: 'a field taken over by another service',
    subgraphs: {
      a: fed2(
        'type Query { bills: [Bill] } type Bill @key(fields: "id") { id: ID! amount: Int due: String }',
      ),
      b: fed2('type Bill @key(fields: "id") { id: ID! amount: Int @override(from: "a") }'),
    },
    world: () => {
      const bills = [{ __typename: 'Bill', id: '1', amount: 3, due: 'd' }];
      return { items: bills, roots: { Query: { bills } } };
    },
    asks: ['{ bills { amount due id } }'],
  },
  {
    title: 'services of Federation 1',
    subgraphs: {
      a: 'type Query { me: User } type User @key(fields: "id") { id: ID! name: String } type Note { text: String }',
      b: 'extend type Query { top: Product } extend type User @key(fields: "id") { id: ID! @external reviews: [Review] } type Review { body: String by: User product: Product note: Note } type Note { text: String } extend type Product @key(fields: "upc") { upc: ID! @external price: Int @external dear: String @requires(fields: "price") }',
      c: 'type Product @key(fields: "upc") { upc: ID! price: Int name: String }',
    },
    world: () => {
      const user: Record<string, unknown> & { __typename: string } = {
        __typename: 'User',
        id: '1',
        name: 'N',
      };
      const product = { __typename: 'Product', upc: 'u', price: 7, name: 'P', dear: text };
      user['reviews'] = [
        { __typename: 'Review', body: 'b', by: user, product, note: { __typename: 'Note', text: 't' } },
      ];
      return { items: [user, product], roots: { Query: { me: user, top: product } } };
    },
    asks: [
      '{ me { name reviews { body by { name } product { dear name } note { text } } } top { name dear } }',
    ],
  },
];
