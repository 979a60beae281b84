import fc from 'fast-check';
import {
  getNamedType,
  isInterfaceType,
  isObjectType,
  Kind,
  parse,
  TypeInfo,
  visit,
  visitWithTypeInfo,
} from 'graphql';
import { expect, test } from 'vitest';
import { guard, guardedShop, openShop } from './fixtures/guarded-shop.ts';
import { diceOf, makeQuery } from './fixtures/random-query.ts';
import { ProtectedWorld, stranger } from './fixtures/run-protected.ts';
import { sourceSchemas } from './fixtures/source-schemas.ts';
import type { Rights } from './rights.ts';

const open = await ProtectedWorld.open(guardedShop, { supergraph: openShop });
const literals = { id: ['"p1"', '"b1"', '"nobody"'] };

/** What a directive may be put on. */
const coordinates = [
  'Query.secret',
  'Query.best',
  'Query.things',
  'Query.node',
  'Query.open',
  'Product',
  'Book',
  'Maker',
  'Secret',
  'Colour',
  'Note',
  'Node.views',
  'Node.name',
  'Product.name',
  'Product.weight',
  'Product.price',
  'Product.shipping',
  'Product.tax',
  'Product.maker',
  'Product.views',
  'Product.again',
  'Maker.country',
  'Maker.code',
  'Book.pages',
  'Secret.inner',
  'Secret.word',
];

/** Directives with the rights that open them, worked out here by hand and not by the engine. */
const kinds: readonly (readonly [directive: string, opens: (rights: Rights) => boolean])[] = [
  ['@authenticated', (rights) => rights.authenticated],
  [
    '@requiresScopes(scopes: [["a", "b"], ["c"]])',
    ({ scopes }) => (scopes.has('a') && scopes.has('b')) || scopes.has('c'),
  ],
  ['@requiresScopes(scopes: [["b"]])', ({ scopes }) => scopes.has('b')],
  ['@policy(policies: [["p"], ["q"]])', ({ policies }) => policies.has('p') || policies.has('q')],
];

const guards = fc.uniqueArray(fc.tuple(fc.nat(coordinates.length - 1), fc.nat(kinds.length - 1)), {
  minLength: 3,
  maxLength: 8,
  selector: ([coordinate]) => coordinate,
});
const rights = fc.record({
  authenticated: fc.boolean(),
  scopes: fc.subarray(['a', 'b', 'c']).map((each) => new Set(each)),
  policies: fc.subarray(['p', 'q']).map((each) => new Set(each)),
});
const numbers = fc.array(fc.nat(1000), { minLength: 30, maxLength: 90 });
const everything: Rights = {
  authenticated: true,
  scopes: new Set(['a', 'b', 'c']),
  policies: new Set(['p', 'q']),
};

test('no source is ever asked for what the rights do not open; with all rights nothing changes', async () => {
  let refusedOnce = 0;
  await fc.assert(
    fc.asyncProperty(guards, rights, numbers, async (guarded, held, shape) => {
      const directives = guarded.map(
        ([at, kind]) => [coordinates[at] ?? '', kinds[kind] ?? kinds[0]] as const,
      );
      const world = await ProtectedWorld.open(guardedShop, {
        supergraph: guard(
          openShop,
          Object.fromEntries(directives.map(([name, kind]) => [name, kind?.[0] ?? ''])),
        ),
      });
      const closed = new Set(directives.flatMap(([name, kind]) => (kind?.[1](held) === true ? [] : [name])));
      const query = makeQuery(world.engine.schema, diceOf(shape), { literals, depth: 4 });
      const answer = await world.run(query, held);
      refusedOnce += answer.errors.length > 0 ? 1 : 0;
      for (const asked of answer.asked) expectNothingClosed(asked, closed);
      expect(
        answer.errors.every(
          ([, code]) => code === (held.authenticated ? 'NOT_PERMITTED' : 'UNAUTHENTICATED'),
        ),
      ).toBe(true);
      expect(await world.run(query, everything)).toEqual(await open.run(query, stranger));
    }),
    { numRuns: 50 },
  );
  // A property that never meets a refusal says nothing.
  expect(refusedOnce).toBeGreaterThan(8);
}, 60_000);

/** What is sent back for a key is no reading: `id` and the typename join sources whatever is closed. */
const joining: ReadonlySet<string> = new Set(['id', '__typename', '_entities']);

/** Looks through the text of one request for fields, or fields of types, that are closed. */
function expectNothingClosed(asked: string, closed: ReadonlySet<string>): void {
  const service = asked.slice(0, asked.indexOf(':'));
  const schema = sourceSchemas(guardedShop).get(service);
  if (!schema) throw new TypeError(service);
  const types = new TypeInfo(schema);
  visit(
    parse(asked.slice(asked.indexOf(':') + 1)),
    visitWithTypeInfo(types, {
      [Kind.FIELD]: (node) => {
        const parent = types.getParentType();
        const field = node.name.value;
        if (!parent || joining.has(field)) return;
        const definition =
          isObjectType(parent) || isInterfaceType(parent) ? parent.getFields()[field] : undefined;
        const returned = definition ? getNamedType(definition.type).name : '';
        for (const name of [`${parent.name}.${field}`, parent.name, returned]) {
          expect(closed, `${service} is asked ${parent.name}.${field}`).not.toContain(name);
        }
      },
    }),
  );
}
