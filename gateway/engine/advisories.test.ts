import { describe, expect, test } from 'vitest';
import { createEngine } from './create-engine.ts';
import { guard, guardedShop, openShop } from './fixtures/guarded-shop.ts';
import { ProtectedWorld, somebody, stranger } from './fixtures/run-protected.ts';
import { fixtureEngine } from './fixtures/run-query.ts';

const specs = 'https://specs.apollo.dev';

// What has gone wrong in other gateways, each under the number it was published by.

describe('a protection that was renamed is ignored (GHSA-g8jh-vg5j-4h3f, CVE-2025-64347)', () => {
  const scoped = (name: string): string => `@${name}(scopes: [["a"]])`;
  const cases: Record<string, [links: string, directive: string]> = {
    'imported under another name': [
      `@link(url: "${specs}/authenticated/v0.1", for: SECURITY, import: [{ name: "@authenticated", as: "@auth" }])`,
      '@auth',
    ],
    'the feature under another name': [
      `@link(url: "${specs}/authenticated/v0.1", as: "signedIn", for: SECURITY)`,
      '@signedIn',
    ],
    'scopes imported under another name': [
      `@link(url: "${specs}/requiresScopes/v0.1", for: SECURITY, import: [{ name: "@requiresScopes", as: "@needs" }])`,
      scoped('needs'),
    ],
    'scopes of a feature under another name': [
      `@link(url: "${specs}/requiresScopes/v0.1", as: "scopes", for: SECURITY)`,
      scoped('scopes'),
    ],
    'a namespace as composers make it': [
      `@link(url: "${specs}/policy/v0.1", for: SECURITY, import: [{ name: "@policy", as: "@federation__policy" }])`,
      '@federation__policy(policies: "p")',
    ],
    'a feature and its import both under other names': [
      `@link(url: "${specs}/policy/v0.1", as: "x", for: SECURITY, import: [{ name: "@policy", as: "@y" }])`,
      '@y(policies: "p")',
    ],
    'without being called security': [`@link(url: "${specs}/authenticated/v0.1")`, '@authenticated'],
  };
  for (const [title, [links, directive]] of Object.entries(cases)) {
    test(title, async () => {
      const supergraph = guard(openShop, { 'Query.open': directive }, links);
      const world = await ProtectedWorld.open(guardedShop, { supergraph });
      const { data, asked } = await world.run('{ open }', stranger);
      expect({ data, asked }).toEqual({ data: { open: null }, asked: [] });
      expect((await world.run('{ open }', somebody(['a'], ['p']))).data).toEqual({ open: 'open' });
    });
  }

  test('by a link specification that was renamed itself', async () => {
    const links = `@core(url: "${specs}/authenticated/v0.1", for: SECURITY)`;
    const supergraph = guard(openShop, { 'Query.open': '@authenticated' }, links)
      .replaceAll(`@link(url: "${specs}/link/v1.0")`, `@core(url: "${specs}/link/v1.0", as: "core")`)
      .replaceAll('@link(', '@core(');
    const world = await ProtectedWorld.open(guardedShop, { supergraph });
    expect((await world.run('{ open }', stranger)).data).toEqual({ open: null });
  });
});

describe('a protected field is read by an open one that requires it (GHSA-m8jr-fxqx-8xx6)', () => {
  const reading = '{ products { name tax } }';
  for (const closed of ['Product.weight', 'Product.shipping', 'Maker', 'Maker.country', 'Product.maker']) {
    test(`${closed}, at the end of a chain of requirements`, async () => {
      const supergraph = guard(openShop, { [closed]: '@policy(policies: "p")' });
      const world = await ProtectedWorld.open(guardedShop, { supergraph });
      const { data, asked } = await world.run(reading, somebody());
      expect(data).toEqual({ products: [{ name: 'Lamp', tax: null }] });
      expect(asked.map((each) => each.split(':')[0])).toEqual(['catalogue']);
      expect((await world.run(reading, somebody([], ['p']))).data).toEqual({
        products: [{ name: 'Lamp', tax: 0.2 }],
      });
    });
  }

  test('by a context: such a supergraph is not served', async () => {
    const supergraph = guard(openShop, {}, `@link(url: "${specs}/context/v0.1", for: SECURITY)`);
    await expect(createEngine({ supergraph, protections: 'filter' })).rejects.toThrow(/does not enforce/u);
  });
});

describe('a kind is protected and its interface is not (the polymorphic types of the same series)', () => {
  for (const query of [
    '{ node(id: "p1") { name } }',
    '{ node(id: "p1") { ... on Node { ... { name } } } }',
    '{ node(id: "p1") { ...N } } fragment N on Node { name }',
    '{ things { ... on Node { name } } }',
  ]) {
    test(query, async () => {
      const world = await ProtectedWorld.open(guardedShop, {
        supergraph: guard(openShop, { 'Product.name': '@authenticated' }),
      });
      const { errors, asked } = await world.run(query, stranger);
      expect([errors.map(([, code]) => code), asked]).toEqual([['UNAUTHENTICATED'], []]);
    });
  }
});

describe('fragments used over and over stall the planner (CVE-2025-32030, CVE-2025-32031)', () => {
  /** Each fragment spreads the next one so many times. */
  const reused = (levels: number, times: number): string =>
    `{ person { ...F0 } } ${Array.from({ length: levels }, (_, at) => {
      const next = Array.from({ length: times }, () => `...F${at + 1}`).join(' ');
      return `fragment F${at} on Person { ${next} }`;
    }).join(' ')} fragment F${levels} on Person { fullName vehicles { plate } }`;

  for (const [levels, times] of [
    [40, 2],
    [9, 2],
    [3, 7],
    [2, 20],
  ] as const) {
    test(`${times} times over, ${levels} deep: refused at once, however generous the other limits`, async () => {
      const engine = await fixtureEngine({
        tokens: 100_000,
        characters: 1_000_000,
        aliases: 10_000,
        directives: 10_000,
      });
      const startedAt = performance.now();
      expect(() => engine.prepare({ query: reused(levels, times) })).toThrow(/too-many-selections/u);
      expect(performance.now() - startedAt).toBeLessThan(2000);
      expect(engine.stats.plans).toBe(0);
    });
  }

  test('what passes the limit is planned in time', async () => {
    const engine = await fixtureEngine();
    const prepared = engine.prepare({ query: reused(6, 2) });
    const startedAt = performance.now();
    await engine.plan(prepared, new Map());
    expect(performance.now() - startedAt).toBeLessThan(2000);
  });
});

describe('overlapping fields make validation quadratic (CVE-2023-26144, GHSA-fc86-6rv6-2jpm)', () => {
  const many = Array.from({ length: 400 }, () => '... on Person { sex }').join(' ');
  const spreads = Array.from({ length: 400 }, () => '...F').join(' ');
  for (const [title, query] of Object.entries({
    'by inline fragments': `{ person { ${many} ${many} } }`,
    'by spreads': `{ person { ${spreads} ${spreads} } } fragment F on Person { sex }`,
    'by fields': `{ person { ${'sex '.repeat(2000)} } }`,
  })) {
    test(`${title}: refused before it is validated`, async () => {
      const engine = await fixtureEngine({ tokens: 100_000, characters: 1_000_000 });
      const startedAt = performance.now();
      expect(() => engine.prepare({ query })).toThrow(/too-many-selections/u);
      expect(performance.now() - startedAt).toBeLessThan(2000);
    });
  }
});
