import { describe, expect, test } from 'vitest';
import { fakeSources } from './fixtures/fake-sources.ts';
import { fixtureEngine, oracle, runQuery } from './fixtures/run-query.ts';
import { refusalOf } from './fixtures/refusal-of.ts';

const aliasTraps: Record<string, string> = {
  'an alias named like a hidden key, before the key is needed':
    '{ me { subject: displayName dependants { person { fullName } } } }',
  'the same after the key is needed': '{ me { dependants { person { fullName } } subject: displayName } }',
  'a name written over the key of a person':
    '{ person { subject: fullName vehicles { plate } passports { number } } }',
  'a typename replaced by text': '{ person { __typename: fullName vehicles { plate } } }',
  'a typename under another name':
    '{ person { x: __typename fullName } me { __typename: displayName level } }',
  'a document’s reference replaced': `{ me { linkedDocuments { document { ... on Vehicle { ref: plate brand }
    ... on DrivingLicence { ref: number } } } } }`,
  'an attestation replaced': '{ person { vehicles { holder: plate brand } holder: fullName } }',
  'names that JavaScript gives a meaning': `{ person { __proto__: fullName constructor: vehicles { prototype: plate
    toString: brand hasOwnProperty: power } then: sex } __proto__: me { constructor: level __proto__: displayName } }`,
  'names that the engine itself uses':
    '{ c_1: person { c_0: fullName c_3: sex c_2: vehicles { c_0: brand _entities: plate } } }',
};

describe('a client’s names reach neither keys nor other fields', () => {
  for (const [title, query] of Object.entries(aliasTraps)) {
    for (const subject of ['an', 'john']) {
      test(`${title}, for ${subject}`, async () => {
        const engine = await fixtureEngine();
        const sources = fakeSources(subject);
        const { data, errors } = await runQuery(query, { engine, subject, sources });
        expect(errors).toBeUndefined();
        expect(JSON.stringify(data)).toBe(
          JSON.stringify(((await oracle(engine, query, { subject })) as { data: unknown }).data),
        );
        for (const { entityKeys } of sources.requests) {
          for (const key of entityKeys)
            expect(key['subject'] ?? key['ref']).toMatch(/^(an|john|bao|(vehicle|licence|health)-an.*)$/u);
        }
      });
    }
  }
});

test('variables named like those of the plan are the client’s own', async () => {
  const query = `query($representations: Int!, $__batch_reps_0: Int!, $v_0: Boolean!) {
    person { a: ageOver(years: $representations) b: ageOver(years: $__batch_reps_0) sex @include(if: $v_0) }
    me { dependants { person { fullName ageOver(years: $representations) } } } }`;
  const engine = await fixtureEngine();
  const variables = { representations: 18, __batch_reps_0: 90, v_0: true };
  const { data } = await runQuery(query, { engine, variables });
  expect(data).toEqual(((await oracle(engine, query, { variables })) as { data: unknown }).data);
});

test('a condition on an untyped fragment keeps its source from being asked', async () => {
  const query =
    'query($with: Boolean!) { person { fullName ... @include(if: $with) { vehicles { plate } } } }';
  const sources = fakeSources('an');
  const { data } = await runQuery(query, { sources, variables: { with: false } });
  expect(data).toEqual({ person: { fullName: 'Name of an' } });
  expect(sources.asked()).toEqual(['population']);
});

const refusals: Record<string, [query: string, code: string, sentence: string]> = {
  'a hidden key': ['{ person { subject } }', 'BAD_USER_INPUT', 'invalid'],
  'an attestation': ['{ person { vehicles { holder } } }', 'BAD_USER_INPUT', 'invalid'],
  entities: ['{ _entities(representations: []) { __typename } }', 'BAD_USER_INPUT', 'invalid'],
  'the service document': ['{ _service { sdl } }', 'BAD_USER_INPUT', 'invalid'],
  'an unknown field': ['{ nonsense }', 'BAD_USER_INPUT', 'invalid'],
  'an object without selection': ['{ person }', 'BAD_USER_INPUT', 'invalid'],
  'a missing argument': ['{ person { ageOver } }', 'BAD_USER_INPUT', 'invalid'],
  'bad syntax': ['{ person { ', 'BAD_USER_INPUT', 'syntax'],
  'an empty text': ['', 'BAD_USER_INPUT', 'syntax'],
  'fragments alone': ['fragment F on Person { fullName }', 'BAD_USER_INPUT', 'invalid'],
  'a subscription': ['subscription { person { fullName } }', 'BAD_USER_INPUT', 'subscription'],
  'deferred parts': ['{ person { ... @defer { fullName } } }', 'BAD_USER_INPUT', 'invalid'],
  'streamed parts': [
    '{ person { vehicles @stream(initialCount: 1) { plate } } }',
    'BAD_USER_INPUT',
    'invalid',
  ],
  'two operations without a choice': [
    'query A { whoAmI } query B { whoAmI }',
    'BAD_USER_INPUT',
    'ambiguous-operation',
  ],
  'a fragment cycle with a sibling': [
    '{ person { ...A fullName } } fragment A on Person { sex ...B } fragment B on Person { fullName ...A @include(if: true) }',
    'BAD_USER_INPUT',
    'invalid',
  ],
  'a fragment that spreads itself': [
    '{ person { ...A } } fragment A on Person { fullName ...A }',
    'BAD_USER_INPUT',
    'invalid',
  ],
  'one token of 500 KB': [
    `mutation { lockAccount(reason: "${'x'.repeat(500_000)}") { level } }`,
    'QUERY_TOO_COSTLY',
    'too-many-tokens',
  ],
  'an introspection bomb': [
    `{ __schema { types { fields { type { fields { type { fields { type { fields { name } } } } } } } } } }`,
    'BAD_USER_INPUT',
    'invalid',
  ],
};

/** Fragment i spreads fragment i + 1 twice: 2^levels selections in a few lines of text. */
const doubling = (levels: number, leaf = 'fullName'): string =>
  `{ person { ...F0 } } ${Array.from({ length: levels }, (_, at) => `fragment F${at} on Person { ...F${at + 1} ...F${at + 1} }`).join(' ')}
   fragment F${levels} on Person { ${leaf} }`;

const repeated = (count: number, part: (index: number) => string): string =>
  Array.from({ length: count }, (_, at) => part(at)).join(' ');

const bombs: Record<string, string> = {
  'fragments doubling 30 times': doubling(30),
  'fragments doubling 12 times': doubling(12),
  '5,000 aliases of a leaf': `{ person { ${repeated(5000, (at) => `a${at}: fullName`)} } }`,
  'aliases by the hundred': `{ person { ${repeated(100, (at) => `a${at}: fullName`)} } }`,
  '400 root aliases': `{ ${repeated(400, (at) => `a${at}: whoAmI`)} }`,
  'nested 3,000 deep': `{ person ${'{ a '.repeat(3000)}${'}'.repeat(3000)} }`,
  'fragments nested 3,000 deep': `{ person { ${'... { '.repeat(3000)} fullName ${'}'.repeat(3000)} } }`,
  'a list nested 3,000 deep': `{ person { ageOver(years: ${'['.repeat(3000)}${']'.repeat(3000)}) } }`,
  '88 KB of inline fragments': `{ person { ${repeated(100, () => repeated(40, () => '... on Person { sex }'))} } }`,
  'directives by the hundred': `{ person { fullName ${'@include(if: true) '.repeat(100)} } }`,
};

describe('refused before planning, quickly and with flat memory', () => {
  for (const [title, [query, code, sentence]] of Object.entries(refusals)) {
    test(title, async () => {
      const engine = await fixtureEngine();
      const refusal = refusalOf(() => engine.prepare({ query }));
      expect(refusal).toMatchObject({ code, sentence, status: 400 });
      expect(engine.stats.plans).toBe(0);
    });
  }
  for (const limits of [{}, { characters: 1_000_000 }, { characters: 1_000_000, tokens: 1_000_000 }]) {
    for (const [title, query] of Object.entries(bombs)) {
      test(`${title}, with limits ${JSON.stringify(limits)}`, async () => {
        const engine = await fixtureEngine(limits);
        const before = process.memoryUsage().heapUsed;
        // Of the processor: what others take of a busy machine says nothing of us.
        const used = process.cpuUsage();
        const refusal = refusalOf(() => engine.prepare({ query }));
        expect(process.cpuUsage(used).user / 1000).toBeLessThan(1000);
        expect(process.memoryUsage().heapUsed - before).toBeLessThan(60_000_000);
        expect(['QUERY_TOO_COSTLY', 'BAD_USER_INPUT']).toContain(refusal.code);
        expect(refusal.status).toBe(400);
        expect(engine.stats.plans).toBe(0);
      });
    }
  }
});

describe('variables are refused when they do not fit', () => {
  const query = 'query($years: Int!) { person { ageOver(years: $years) } }';
  for (const years of [undefined, null, 'x', 2 ** 40, {}, [1, 2], 1.5]) {
    test(JSON.stringify({ years }), async () => {
      const engine = await fixtureEngine();
      const refusal = refusalOf(() => engine.prepare({ query, variables: { years } }));
      expect(refusal).toMatchObject({ code: 'BAD_USER_INPUT', sentence: 'variables' });
    });
  }
  test('a null in the place of a default is refused where null is not allowed', async () => {
    const text = 'query($years: Int = 5) { person { ageOver(years: $years) } }';
    const engine = await fixtureEngine();
    const refusal = refusalOf(() => engine.prepare({ query: text, variables: { years: null } }));
    expect(refusal).toMatchObject({ code: 'BAD_USER_INPUT' });
  });
});
