import { describe, expect, test } from 'vitest';
import { createEngine } from './create-engine.ts';
import { guard, guardedShop, openShop, plainLinks } from './fixtures/guarded-shop.ts';
import { ProtectedWorld, somebody, stranger } from './fixtures/run-protected.ts';
import type { Rights } from './rights.ts';
import { refusalOf } from './fixtures/refusal-of.ts';

const worldOf = (directives: Record<string, string>, links = plainLinks): Promise<ProtectedWorld> =>
  ProtectedWorld.open(guardedShop, { supergraph: guard(openShop, directives, links) });

const signed = '@authenticated';

describe('what a directive stands on is closed', () => {
  const cases: Record<
    string,
    [directives: Record<string, string>, query: string, data: unknown, closed: string]
  > = {
    'a field': [
      { 'Product.price': signed },
      '{ products { name price } }',
      { products: [{ name: 'Lamp', price: null }] },
      'products.0.price',
    ],
    'a field under another name': [
      { 'Product.price': signed },
      '{ products { name name2: price } }',
      { products: [{ name: 'Lamp', name2: null }] },
      'products.0.name2',
    ],
    'an object type, wherever it is returned': [
      { Secret: signed },
      '{ open secret { word } }',
      { open: 'open', secret: null },
      'secret',
    ],
    'an object type, through its presence alone': [
      { Secret: signed },
      '{ open secret { word @skip(if: true) } }',
      { open: 'open', secret: null },
      'secret',
    ],
    'an object type, through its typename alone': [
      { Secret: signed },
      '{ open secret { __typename } }',
      { open: 'open', secret: null },
      'secret',
    ],
    'an object type, inside an open one': [
      { Maker: signed },
      '{ products { name maker { code } } }',
      { products: [{ name: 'Lamp', maker: null }] },
      'products.0.maker',
    ],
    'an enum': [
      { Colour: signed },
      '{ products { name colour } }',
      { products: [{ name: 'Lamp', colour: null }] },
      'products.0.colour',
    ],
    'a scalar': [
      { Note: signed },
      '{ products { name note } }',
      { products: [{ name: 'Lamp', note: null }] },
      'products.0.note',
    ],
    'a field that leads to others': [
      { 'Query.secret': signed },
      '{ open secret { inner { word } } }',
      { open: 'open', secret: null },
      'secret',
    ],
    'a root type': [{ Query: signed }, '{ open }', null, 'open'],
    'a root type, through its typename': [{ Query: signed }, '{ __typename }', null, '__typename'],
    'a mutation': [{ 'Mutation.drop': signed }, 'mutation { drop { word } }', { drop: null }, 'drop'],
    'a list that may not be null takes its parent with it': [
      { 'Query.products': signed },
      '{ products { name } }',
      null,
      'products',
    ],
  };
  for (const [title, [directives, query, data, closed]] of Object.entries(cases)) {
    test(title, async () => {
      const world = await worldOf(directives);
      const answer = await world.run(query, stranger);
      const nullable = title === 'a root type' ? { open: null } : data;
      expect(answer.data).toEqual(nullable);
      expect(answer.errors).toEqual([[closed, 'UNAUTHENTICATED']]);
      const opened = await world.run(query, somebody());
      expect(opened.errors).toEqual([]);
    });
  }
});

describe('no way around leads to what is closed', () => {
  const ways: Record<string, [directives: Record<string, string>, query: string, never: RegExp]> = {
    'through an interface that says nothing': [
      { 'Product.name': signed },
      '{ open node(id: "p1") { id name } }',
      /\bname\b/u,
    ],
    'through an interface whose kind is closed': [
      { Product: signed },
      '{ open node(id: "p1") { name } }',
      /node/u,
    ],
    'through a fragment on the interface, from the kind': [
      { 'Product.name': signed },
      '{ open products { id ... on Node { name } } }',
      /\bname\b/u,
    ],
    'through a fragment on the kind, from the interface': [
      { 'Product.price': signed },
      '{ open node(id: "p1") { id ... on Product { price } } }',
      /price/u,
    ],
    'through fragments in each other': [
      { 'Product.price': signed },
      '{ open ...A } fragment A on Query { node(id: "p1") { id ...B } } fragment B on Node { ... on Product { ...C } } fragment C on Product { price }',
      /price/u,
    ],
    'through an interface that leads back': [
      { 'Product.price': signed },
      '{ open products { id again { id ... on Product { price } } } }',
      /price/u,
    ],
    'through a union': [
      { Maker: signed },
      '{ open things { ... on Book { pages } ... on Maker { code } } }',
      /code/u,
    ],
    'through the typename of a union with a closed kind': [
      { Maker: signed },
      '{ open things { __typename } }',
      /things/u,
    ],
    'through the typename of an interface with a closed kind': [
      { Product: signed },
      '{ open node(id: "p1") { __typename } }',
      /node/u,
    ],
    'through what another field requires': [
      { 'Product.weight': signed },
      '{ open products { id shipping } }',
      /weight|shipping/u,
    ],
    'through what a required object holds': [
      { 'Maker.country': signed },
      '{ open products { id shipping } }',
      /country|shipping/u,
    ],
    'through the type of what is required': [
      { Maker: signed },
      '{ open products { id shipping } }',
      /country|shipping/u,
    ],
    'through what the required requires': [
      { 'Product.weight': signed },
      '{ open products { id tax } }',
      /weight|shipping|tax/u,
    ],
    'through what is provided beside another field': [
      { 'Product.price': signed },
      '{ open best { id price } }',
      /price/u,
    ],
    'through an interface object': [
      { 'Node.views': signed },
      '{ open node(id: "p1") { id views } }',
      /views/u,
    ],
    'through a kind of an interface object': [
      { 'Node.views': signed },
      '{ open products { id views } }',
      /views/u,
    ],
    'through a kind that a closed interface object answers for': [
      { 'Node.views': signed },
      '{ open things { ... on Book { pages views } } }',
      /views/u,
    ],
  };
  for (const [title, [directives, query, never]] of Object.entries(ways)) {
    test(title, async () => {
      const world = await worldOf(directives);
      const { data, errors, asked } = await world.run(query, stranger);
      expect(data).toMatchObject({ open: 'open' });
      expect(errors.length).toBeGreaterThan(0);
      expect(errors.every(([, code]) => code === 'UNAUTHENTICATED')).toBe(true);
      expect(asked.join('\n')).not.toMatch(never);
      const opened = await world.run(query, somebody());
      expect(opened.errors).toEqual([]);
      expect(opened.asked.join('\n')).toMatch(never);
    });
  }

  test('a kind beside the closed one stays open', async () => {
    const world = await worldOf({ Maker: signed });
    const { data, errors } = await world.run(
      '{ things { ... on Book { pages } ... on Product { name } } }',
      stranger,
    );
    expect({ data, errors }).toEqual({ data: { things: [{ name: 'Lamp' }, { pages: 90 }, {}] }, errors: [] });
  });

  test('keys join though what they identify is closed elsewhere', async () => {
    const world = await worldOf({ 'Product.id': signed });
    expect((await world.run('{ products { name shipping } }', stranger)).errors).toEqual([]);
    expect((await world.run('{ products { name id } }', stranger)).data).toBeNull();
  });
});

describe('what is asked of a caller', () => {
  const scopes = '@requiresScopes(scopes: [["a", "b"], ["c"]])';
  const policies = '@policy(policies: [["p"], ["q", "r"]])';
  const cases: [directive: string, rights: Rights, code: string | null][] = [
    [scopes, stranger, 'UNAUTHENTICATED'],
    [scopes, somebody(), 'NOT_PERMITTED'],
    [scopes, somebody(['a']), 'NOT_PERMITTED'],
    [scopes, somebody(['a', 'x']), 'NOT_PERMITTED'],
    [scopes, somebody([], ['a', 'b', 'c']), 'NOT_PERMITTED'],
    [scopes, somebody(['a', 'b']), null],
    [scopes, somebody(['c']), null],
    [policies, somebody(['p']), 'NOT_PERMITTED'],
    [policies, somebody([], ['q']), 'NOT_PERMITTED'],
    [policies, somebody([], ['q', 'r']), null],
    [policies, somebody([], ['p']), null],
    [`${scopes} ${policies} ${signed}`, somebody(['c']), 'NOT_PERMITTED'],
    [`${scopes} ${policies} ${signed}`, somebody(['c'], ['p']), null],
    [
      `${scopes} ${policies} ${signed}`,
      { ...somebody(['c'], ['p']), authenticated: false },
      'UNAUTHENTICATED',
    ],
  ];
  for (const [directive, rights, code] of cases) {
    const told = JSON.stringify([rights.authenticated, [...rights.scopes], [...rights.policies]]);
    test(`${directive} against ${told}: ${code ?? 'open'}`, async () => {
      const { errors } = await (await worldOf({ 'Query.open': directive })).run('{ open }', rights);
      expect(errors).toEqual(code === null ? [] : [['open', code]]);
    });
  }

  test('type and field are both asked for', async () => {
    const world = await worldOf({
      Secret: '@requiresScopes(scopes: "a")',
      'Secret.word': '@requiresScopes(scopes: "b")',
    });
    expect((await world.run('{ secret { word } }', somebody(['a']))).errors).toEqual([
      ['secret', 'NOT_PERMITTED'],
    ]);
    expect((await world.run('{ secret { word } }', somebody(['b']))).errors).toEqual([
      ['secret', 'NOT_PERMITTED'],
    ]);
    expect((await world.run('{ secret { word } }', somebody(['a', 'b']))).data).toEqual({
      secret: { word: 'hush' },
    });
  });

  test('with rights to all, the answer is that of the unprotected graph', async () => {
    const query =
      '{ things { __typename ... on Product { name shipping tax views } ... on Maker { code } } best { price } }';
    const open = await ProtectedWorld.open(guardedShop, { supergraph: openShop });
    const world = await worldOf({
      Maker: scopes,
      Product: policies,
      'Query.best': signed,
      'Product.weight': scopes,
    });
    expect(await world.run(query, somebody(['c'], ['p']))).toEqual(await open.run(query, stranger));
  });
});

const rejecting = await ProtectedWorld.open(guardedShop, {
  supergraph: guard(openShop, { 'Product.price': signed }),
  protections: 'reject',
});

describe('reject', () => {
  test('refuses the whole operation for one closed leaf, and asks nobody', () => {
    const prepared = rejecting.engine.prepare({ query: '{ open products { name price } }' });
    const refusal = refusalOf(() => rejecting.engine.protect(prepared, stranger));
    expect(refusal).toMatchObject({ code: 'UNAUTHENTICATED', status: 401, sentence: 'protected' });
    expect(refusal.details).toEqual([{ message: 'Product.price', locations: [] }]);
    expect(() => rejecting.engine.plan(prepared, new Map())).toThrow(/not opened/u);
  });

  test('lets an operation without one pass', async () => {
    expect((await rejecting.run('{ open products { name } }', stranger)).errors).toEqual([]);
  });
});

describe('closed rather than open', () => {
  const protectedShop = guard(openShop, { 'Query.open': signed });

  test('a protected supergraph is not served where nobody says that protections are decided', async () => {
    await expect(createEngine({ supergraph: protectedShop })).rejects.toThrow(/does not enforce/u);
  });

  test('an operation that was not decided is not planned, nor one whose refusals got lost', async () => {
    const engine = await createEngine({ supergraph: protectedShop, protections: 'filter' });
    const prepared = engine.prepare({ query: '{ open }' });
    expect(() => engine.plan(prepared, new Map())).toThrow(/not opened/u);
    engine.protect(prepared, stranger);
    expect(() => engine.plan(prepared, new Map())).toThrow(/not opened/u);
    engine.protect(prepared, somebody());
    expect(() => engine.plan(prepared, new Map())).not.toThrow();
  });

  const security = (url: string): string => `@link(url: "${url}", for: SECURITY)`;
  const unknown: Record<string, [directives: Record<string, string>, links: string]> = {
    'a security feature nobody here knows': [{}, security('https://specs.apollo.dev/context/v0.1')],
    'one whose address only resembles a known one': [
      {},
      security('https://specs.apollo.dev.example/join/v0.5'),
    ],
    'a known one of a later version': [{}, security('https://specs.apollo.dev/authenticated/v0.2')],
    'a known one with a directive nobody here knows': [
      {},
      '@link(url: "https://specs.apollo.dev/policy/v0.1", for: SECURITY, import: ["@policy", "@policyOfAll"])',
    ],
    'a feature that changes execution': [
      {},
      '@link(url: "https://specs.apollo.dev/connect/v0.1", for: EXECUTION)',
    ],
    'a protection that is applied and not linked': [{ 'Query.open': signed }, ''],
    'a protection behind a namespace that is not linked': [
      { 'Query.open': '@federation__policy(policies: "p")' },
      '',
    ],
    'scopes that name nothing': [{ 'Query.open': '@requiresScopes(scopes: [])' }, plainLinks],
    'scopes with an empty set': [{ 'Query.open': '@requiresScopes(scopes: [["a"], []])' }, plainLinks],
    'policies without a name': [{ 'Query.open': '@policy' }, plainLinks],
  };
  for (const [title, [directives, links]] of Object.entries(unknown)) {
    test(`${title}: refused at the start`, async () => {
      const supergraph = guard(openShop, directives, links);
      await expect(createEngine({ supergraph, protections: 'filter' })).rejects.toThrow(TypeError);
    });
  }

  test('what is linked without being security and is not known is served', async () => {
    const supergraph = guard(openShop, {}, '@link(url: "https://example.org/note/v1.0", import: ["@note"])');
    expect(
      (await createEngine({ supergraph, protections: 'filter' })).schema.getType('Product'),
    ).toBeDefined();
  });
});

test('clients see nothing of the directives in the schema', async () => {
  const links = '@link(url: "https://specs.apollo.dev/policy/v0.1", as: "guard", for: SECURITY)';
  const supergraph = `${guard(openShop, { 'Query.open': '@guard(policies: "p")' }, links)}
    directive @guard(policies: [[String!]!]!) on FIELD_DEFINITION`;
  const { schema } = await createEngine({ supergraph, protections: 'filter' });
  expect(schema.getDirectives().map(({ name }) => name)).not.toContain('guard');
});
