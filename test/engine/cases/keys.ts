import { type Case, fed2 } from './case.ts';

const users = [
  { __typename: 'User', id: 'u1', email: 'a@x', name: 'Ann', age: 30, city: 'Hue', score: 1.5 },
  { __typename: 'User', id: 'u2', email: 'b@x', name: 'Bob', age: null, city: 'Vinh', score: 2 },
];

/** How entities are known and reached. */
export const keyCases: readonly Case[] = [
  {
    title: 'one key, several keys, and a hop through the service that knows both',
    subgraphs: {
      a: fed2(
        'type Query { users: [User!]! user(id: ID!): User } type User @key(fields: "id") { id: ID! name: String }',
      ),
      b: fed2('type User @key(fields: "id") @key(fields: "email") { id: ID! email: String! age: Int }'),
      c: fed2('type User @key(fields: "email") { email: String! city: String! score: Float }'),
    },
    world: () => ({
      items: users,
      roots: { Query: { users, user: ({ id }: { id: string }) => users.find((each) => each.id === id) } },
    }),
    asks: [
      '{ users { city name age } }',
      '{ users { id score } user(id: "u2") { city email } nobody: user(id: "u9") { city } }',
      [
        'query($id: ID!, $id2: ID! = "u1") { user(id: $id) { city } x: user(id: $id2) { city age } }',
        { id: 'u2' },
      ],
      '{ users { __typename c: city ...on User { d: city age } } }',
    ],
  },
  {
    title: 'a key that is external to the service that is sent it, in full and in part',
    subgraphs: {
      a: fed2(
        'type Query { users: [User!]! } type User @key(fields: "id") { id: ID! email: String! name: String }',
      ),
      b: fed2('type User @key(fields: "email") { email: String! @external city: String! }'),
      c: fed2(
        'type User @key(fields: "id email") { id: ID! email: String! @external score: Float age: Int }',
      ),
    },
    world: () => ({ items: users, roots: { Query: { users } } }),
    asks: ['{ users { city } }', '{ users { name email city score } }', '{ users { id age more: score } }'],
  },
  {
    title: 'a compound key, a nested key, and a key through a list of objects',
    subgraphs: {
      a: fed2(`type Query { orders: [Order!]! } type Order @key(fields: "shop { code } number") { shop: Shop! number: Int! }
        type Shop @shareable { code: String! } type Cart @key(fields: "lines { sku } owner") { lines: [Line!]! owner: ID! } type Line @shareable { sku: ID! }
        extend type Query { cart: Cart }`),
      b: fed2(`type Order @key(fields: "shop { code } number") { shop: Shop! number: Int! total: Float! buyer: Buyer! } type Shop @shareable { code: String! }
        type Buyer @key(fields: "id region") { id: ID! region: Region! } enum Region { NORTH SOUTH }
        type Cart @key(fields: "lines { sku } owner") { lines: [Line!]! owner: ID! sum: Int } type Line @shareable { sku: ID! }`),
      c: fed2(
        'type Buyer @key(fields: "id region") { id: ID! region: Region! nick: String } enum Region { NORTH SOUTH }',
      ),
    },
    world: () => {
      const buyers = [
        { __typename: 'Buyer', id: '1', region: 'NORTH', nick: 'n1' },
        { __typename: 'Buyer', id: '1', region: 'SOUTH', nick: 's1' },
      ];
      const orders = [1, 2, 3].map((number) => ({
        __typename: 'Order',
        shop: { __typename: 'Shop', code: number === 2 ? 'x' : 'y' },
        number,
        total: number / 2,
        buyer: buyers[number % 2],
      }));
      const cart = {
        __typename: 'Cart',
        owner: 'o',
        sum: 7,
        lines: ['s1', 's2'].map((sku) => ({ __typename: 'Line', sku })),
      };
      return { items: [...buyers, ...orders, cart], roots: { Query: { orders, cart } } };
    },
    asks: [
      '{ orders { total number buyer { nick } } }',
      '{ orders { buyer { nick region } shop { code } } cart { sum lines { sku } } }',
      '{ cart { sum } }',
    ],
  },
  {
    title: 'a nested key of which a service is asked for more than it was sent',
    subgraphs: {
      a: fed2(`type Query { shelf: Shelf } type Shelf @key(fields: "id") { id: ID! }
        type Box @key(fields: "part { a }") @key(fields: "part { a b } no") { part: Part! @shareable no: Int! @shareable } type Part @shareable { a: ID! b: Int! }`),
      b: fed2(`type Shelf @key(fields: "id") { id: ID! boxes: [Box] }
        type Box @key(fields: "part { a b } no") { part: Part! @shareable no: Int! @shareable size(n: Int = 1): Size } type Size @shareable { v: Int } type Part @shareable { a: ID! b: Int! }`),
      c: fed2(`type Box @key(fields: "part { a }") { part: Part! @shareable label: String @requires(fields: "size(n: 2) { v }") size(n: Int = 1): Size @external }
        type Size @shareable { v: Int } type Part @shareable { a: ID! b: Int! }`),
      d: fed2(`type Box @key(fields: "part { a }") @key(fields: "part { a b } no") { part: Part! @shareable no: Int! @shareable more(n: Int = 1): [Box!]! }
        type Part @shareable { a: ID! b: Int! }`),
    },
    world: () => {
      const boxes = [1, 2].map((b) => ({
        __typename: 'Box',
        part: { __typename: 'Part', a: `a${b}`, b },
        no: b * 10,
        size: ({ n }: { n: number }) => ({ __typename: 'Size', v: n * b }),
        label: (_args: unknown, given: unknown): string => JSON.stringify(given),
        more: [],
      }));
      const shelf = { __typename: 'Shelf', id: 's', boxes };
      return { items: [...boxes, shelf], roots: { Query: { shelf } } };
    },
    asks: [
      '{ shelf { boxes { label more(n: 7) { __typename } } other: boxes { size(n: 1) { v } } } }',
      '{ shelf { boxes { label more(n: 7) { __typename } } } }',
      '{ shelf { boxes { label } } }',
    ],
  },
  {
    title: 'a key with a part that is null, and an entity whose key is not there',
    subgraphs: {
      a: fed2('type Query { spots: [Spot] } type Spot @key(fields: "id zone") { id: ID! zone: String }'),
      b: fed2(
        'type Spot @key(fields: "id zone") @key(fields: "code") { id: ID! zone: String code: String height: Int }',
      ),
      c: fed2('type Spot @key(fields: "code") { code: String depth: Int }'),
    },
    world: () => {
      const spots = [
        { __typename: 'Spot', id: '1', zone: null, code: 'c1', height: 1, depth: -1 },
        { __typename: 'Spot', id: '2', zone: 'z', code: 'c2', height: 2, depth: -2 },
        { __typename: 'Spot', id: '3', zone: 'z', height: null, depth: null, code: null, unknownTo: ['b'] },
        { __typename: 'Spot', id: '4', zone: 'z', height: 4, depth: null, code: null },
      ];
      return { items: spots, roots: { Query: { spots: [...spots, null] } } };
    },
    asks: [
      '{ spots { height } }',
      '{ spots { id height depth } }',
      '{ spots { depth } }',
      '{ spots { zone code } }',
    ],
  },
  {
    title: 'a reference that its service cannot resolve itself',
    subgraphs: {
      a: fed2(
        'type Query { posts: [Post] } type Post @key(fields: "id") { id: ID! by: Author! } type Author @key(fields: "id", resolvable: false) { id: ID! }',
      ),
      b: fed2(
        'type Author @key(fields: "id") { id: ID! name: String! posts: [Post!] } type Post @key(fields: "id", resolvable: false) { id: ID! }',
      ),
    },
    world: () => {
      const author: Record<string, unknown> & { __typename: string } = {
        __typename: 'Author',
        id: 'x',
        name: 'X',
      };
      const post = { __typename: 'Post', id: 'p', by: author };
      author['posts'] = [post, post];
      return { items: [author, post], roots: { Query: { posts: [post, post] } } };
    },
    asks: ['{ posts { by { name } } }', '{ posts { by { posts { by { posts { id by { name id } } } } } } }'],
  },
  {
    title: 'entities through several hops and circular references',
    subgraphs: {
      a: fed2('type Query { start: N! } type N @key(fields: "a") { a: ID! next: N twin: [N] }'),
      b: fed2('type N @key(fields: "a") @key(fields: "b") { a: ID! b: ID! vb: Int }'),
      c: fed2('type N @key(fields: "b") @key(fields: "c") { b: ID! c: ID! vc: Int back: N }'),
      d: fed2(
        'type N @key(fields: "c") @key(fields: "d { x y }") { c: ID! d: D! vd: Int! } type D @shareable { x: Int! y: Int! }',
      ),
      e: fed2(
        'type N @key(fields: "d { x y }") { d: D! ve: String peer: N! } type D @shareable { x: Int! y: Int! }',
      ),
    },
    world: () => {
      const nodes = [0, 1, 2].map((n): Record<string, unknown> & { __typename: string } => ({
        __typename: 'N',
        a: `a${n}`,
        b: `b${n}`,
        c: `c${n}`,
        d: { __typename: 'D', x: n, y: -n },
        vb: n,
        vc: n * 2,
        vd: n * 3,
        ve: `e${n}`,
      }));
      for (const [at, node] of nodes.entries()) {
        node['next'] = nodes[(at + 1) % 3];
        node['back'] = nodes[(at + 2) % 3];
        node['peer'] = node;
        node['twin'] = [node, null, nodes[0]];
      }
      return { items: nodes, roots: { Query: { start: nodes[0] } } };
    },
    asks: [
      '{ start { ve } }',
      '{ start { next { ve back { vd next { ve vc } } } twin { ve peer { vb ve } } } }',
      '{ start { peer { peer { ve a } next { back { peer { vb } } } } } }',
      '{ start { d { x y } vd next { d { y } } } }',
    ],
  },
  {
    title: 'a field that several services share',
    subgraphs: {
      a: fed2(
        'type Query { p: P } type P @key(fields: "id") { id: ID! name: String @shareable size: Size }  type Size @shareable { h: Int w: Int }',
      ),
      b: fed2(
        'type Query { q: P } type P @key(fields: "id") { id: ID! name: String @shareable box: Size note: String } type Size @shareable { h: Int w: Int }',
      ),
    },
    world: () => {
      const p = {
        __typename: 'P',
        id: '1',
        name: 'n',
        note: 'note',
        size: { __typename: 'Size', h: 1, w: 2 },
        box: { __typename: 'Size', h: 3, w: 4 },
      };
      return { items: [p], roots: { Query: { p, q: p } } };
    },
    asks: ['{ p { name note size { h w } box { h } } q { name note size { h w } box { h } } }'],
  },
  {
    title: 'a value shared in parts by two services',
    subgraphs: {
      a: fed2(
        'type Query { p: P } type P @key(fields: "id") { id: ID! size: Size @shareable sizes: [Size!] @shareable }  type Size { h: Int @shareable w: Int a: Int}',
      ),
      b: fed2(
        'type P @key(fields: "id") { id: ID! size: Size @shareable sizes: [Size!] @shareable } type Size { h: Int @shareable b: Int }',
      ),
    },
    world: () => {
      const size = (h: number) => ({ __typename: 'Size', h, w: 2, a: 3, b: 4 });
      const p = { __typename: 'P', id: '1', size: size(1), sizes: [size(5), size(6)] };
      return { items: [p], roots: { Query: { p } } };
    },
    asks: ['{ p { size { h w b } sizes { b a h } } }', '{ p { sizes { b } x: sizes { a y: b } } }'],
  },
];
