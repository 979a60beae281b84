import { describe, expect, test } from 'vitest';
import { EngineRefusal } from './engine-refusal.ts';
import { fixtureEngine } from './fixtures/run-query.ts';
import type { EngineLimits } from './limits.ts';

/** What fits exactly, and what is one more. */
type Way = readonly [limit: keyof EngineLimits, at: number, fits: string, exceeds: string];

const ways: Record<string, Way> = {
  'depth by fields': ['depth', 3, '{ me { dependants { id } } }', '{ me { dependants { person { sex } } } }'],
  'depth by typenames': ['depth', 2, '{ me { __typename } }', '{ me { dependants { __typename } } }'],
  'depth by fragments': [
    'depth',
    3,
    '{ ...A } fragment A on Query { me { ...B } } fragment B on Account { dependants { id } }',
    '{ ...A } fragment A on Query { me { ...B } } fragment B on Account { dependants { person { sex } } }',
  ],
  'depth by inline fragments': [
    'depth',
    3,
    '{ ... { me { ... on Account { dependants { ... { id } } } } } }',
    '{ ... { me { ... on Account { dependants { person { ... { sex } } } } } } }',
  ],
  'aliases of leaves': [
    'aliases',
    2,
    '{ person { a: sex b: sex sex } }',
    '{ person { a: sex b: sex c: sex } }',
  ],
  'aliases of root fields': ['aliases', 2, '{ a: whoAmI b: whoAmI }', '{ a: whoAmI b: whoAmI c: whoAmI }'],
  'aliases of typenames': ['aliases', 1, '{ a: __typename }', '{ a: __typename b: __typename }'],
  'aliases by a fragment used twice': [
    'aliases',
    3,
    '{ a: person { ...F } person { ...F } } fragment F on Person { x: sex }',
    '{ a: person { ...F } b: person { ...F } } fragment F on Person { x: sex }',
  ],
  'aliases by fragments in fragments': [
    'aliases',
    4,
    '{ ...A ...A } fragment A on Query { ...B ...B } fragment B on Query { a: whoAmI }',
    '{ ...A ...A ...B } fragment A on Query { ...B ...B } fragment B on Query { a: whoAmI }',
  ],
  'aliases inside introspection': [
    'aliases',
    2,
    '{ __schema { a: queryType { name } b: queryType { name } } }',
    '{ s: __schema { a: queryType { name } b: queryType { name } } }',
  ],
  'aliases inside a fragment on the schema': [
    'aliases',
    2,
    '{ __schema { ...S } } fragment S on __Schema { a: queryType { b: name } }',
    '{ __schema { ...S } } fragment S on __Schema { a: queryType { b: name c: name } }',
  ],
  'directives on fields': [
    'directives',
    1,
    '{ whoAmI @include(if: true) }',
    '{ whoAmI @include(if: true) me @skip(if: true) { level } }',
  ],
  'directives on one field': [
    'directives',
    1,
    '{ whoAmI @include(if: true) }',
    '{ whoAmI @include(if: true) @skip(if: false) }',
  ],
  'directives on spreads and inline fragments': [
    'directives',
    2,
    '{ ...F @include(if: true) ... @skip(if: false) { whoAmI } } fragment F on Query { whoAmI }',
    '{ ...F @include(if: true) ... @skip(if: false) { whoAmI } } fragment F on Query { whoAmI @skip(if: true) }',
  ],
  'directives by a fragment used twice': [
    'directives',
    3,
    '{ ...F ...F ...F } fragment F on Query { whoAmI @skip(if: false) }',
    '{ ...F ...F ...F ...F } fragment F on Query { whoAmI @skip(if: false) }',
  ],
  'selections by fields': ['selections', 2, '{ me { level } }', '{ me { level displayName } }'],
  'selections by inline fragments': [
    'selections',
    3,
    '{ ... { ... { whoAmI } } }',
    '{ ... { ... { ... { whoAmI } } } }',
  ],
  'selections by a fragment used twice': [
    'selections',
    6,
    '{ ...A ...A } fragment A on Query { whoAmI __typename }',
    '{ ...A ...A __typename } fragment A on Query { whoAmI __typename }',
  ],
  'selections that are skipped all the same': [
    'selections',
    2,
    '{ whoAmI @skip(if: true) __typename }',
    '{ whoAmI @skip(if: true) me @skip(if: true) { level } }',
  ],
  'selections inside introspection': [
    'selections',
    3,
    '{ __schema { queryType { name } } }',
    '{ __schema { queryType { name kind } } }',
  ],
  'selections inside a type’s introspection, by a fragment': [
    'selections',
    4,
    '{ __type(name: "Person") { ...T kind } } fragment T on __Type { name }',
    '{ __type(name: "Person") { ...T kind } } fragment T on __Type { name description }',
  ],
  'selections of a fragment nobody uses': [
    'selections',
    9,
    '{ whoAmI ...U } fragment U on Query { whoAmI } fragment N on Query { ...U ...U ...U }',
    '{ whoAmI ...U } fragment U on Query { whoAmI } fragment N on Query { ...U ...U ...U ...U ...U }',
  ],
  'root fields by fragments': [
    'rootFields',
    3,
    '{ ...A a: whoAmI } fragment A on Query { b: whoAmI ... { c: whoAmI b: whoAmI } }',
    '{ ...A a: whoAmI } fragment A on Query { b: whoAmI ... { c: whoAmI d: whoAmI } }',
  ],
  'root fields by introspection': [
    'rootFields',
    3,
    '{ __typename a: __schema { description } b: __type(name: "Person") { name } }',
    '{ __typename a: __schema { description } b: __type(name: "Person") { name } whoAmI }',
  ],
  'root fields of a mutation': ['rootFields', 1, 'mutation { signOut }', 'mutation { signOut b: signOut }'],
  'tokens of fields': ['tokens', 3, '{ whoAmI }', '{ whoAmI whoAmI }'],
  'tokens of arguments': [
    'tokens',
    11,
    '{ person { ageOver(years: 18) } }',
    '{ person { ageOver(years: 18) sex } }',
  ],
  'tokens of fragments': [
    'tokens',
    11,
    '{ ...A } fragment A on Query { me }',
    '{ ...A } fragment A on Query { me me }',
  ],
  'characters of nothing': ['characters', 12, '{ whoAmI }  ', '{ whoAmI }   '],
};

const sentences: Partial<Record<keyof EngineLimits, string>> = {
  depth: 'too-deep',
  aliases: 'too-many-aliases',
  directives: 'too-many-directives',
  selections: 'too-many-selections',
  rootFields: 'too-many-root-fields',
  tokens: 'too-many-tokens',
  characters: 'too-many-tokens',
};

describe('at a limit an operation is read, one beyond it is refused before it is planned', () => {
  for (const [title, [limit, at, fits, exceeds]] of Object.entries(ways)) {
    test(title, async () => {
      const engine = await fixtureEngine({ [limit]: at });
      expect(refusalOf(() => engine.prepare({ query: fits }))?.code).not.toBe('QUERY_TOO_COSTLY');
      expect(refusalOf(() => engine.prepare({ query: exceeds }))).toMatchObject({
        code: 'QUERY_TOO_COSTLY',
        sentence: sentences[limit],
      });
      // It is this limit, by no more than one, that refuses.
      const wider = await fixtureEngine({ [limit]: title.endsWith('nobody uses') ? at + 2 : at + 1 });
      expect(refusalOf(() => wider.prepare({ query: exceeds }))?.code).not.toBe('QUERY_TOO_COSTLY');
      expect(engine.stats.plans).toBe(0);
    });
  }
});

/** The refusal of what is refused. */
function refusalOf(work: () => unknown): EngineRefusal | null {
  try {
    work();
    return null;
  } catch (error) {
    if (error instanceof EngineRefusal) return error;
    throw error;
  }
}
