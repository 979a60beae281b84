import { describe, expect, test } from 'vitest';
import { createEngine } from './create-engine.ts';
import { fakeSources, type RawAnswer, type Tamper } from './fixtures/fake-sources.ts';
import { fixtureEngine, runQuery } from './fixtures/run-query.ts';
import { compose } from './fixtures/registries.ts';

type Entity = Record<string, unknown>;

const entities = (answer: RawAnswer, list = '_entities'): Entity[] => answer.data?.[list] as Entity[];

async function whenVehicles(query: string, tamper: Tamper) {
  const sources = fakeSources('an');
  sources.tamper.set('vehicles', tamper);
  return { ...(await runQuery(query, { sources })), sources };
}

const household =
  '{ me { dependants { person { fullName vehicles { plate } } } } person { fullName vehicles { plate } } }';

test('entities in another order than asked are caught by their keys', async () => {
  const { data, payload } = await whenVehicles(household, (answer) => {
    for (const list of Object.keys(answer.data ?? {})) entities(answer, list).reverse();
    return answer;
  });
  expect(data).toMatchObject({
    me: {
      dependants: [
        { person: { fullName: 'Name of bao', vehicles: null } },
        { person: { fullName: 'Name of john', vehicles: null } },
      ],
    },
    person: { fullName: 'Name of an', vehicles: null },
  });
  expect([...payload.sourcesFailed]).toEqual([['vehicles', 'SOURCE_INVALID']]);
});

test('another person’s records under the right key are caught by their attestation', async () => {
  const { data, errors } = await whenVehicles('{ person { fullName vehicles { plate } } }', (answer) => {
    for (const entity of entities(answer)) {
      for (const record of (entity['c_2'] ?? []) as Entity[]) record['holder'] = 'holder-of-mallory';
    }
    return answer;
  });
  expect(data).toEqual({ person: { fullName: 'Name of an', vehicles: null } });
  expect(errors?.[0]?.extensions).toEqual({ code: 'SOURCE_INVALID', source: 'vehicles' });
});

test('a child’s record under a parent’s key is caught, although both may be asked for', async () => {
  const { payload } = await whenVehicles(
    household,
    (answer) => JSON.parse(JSON.stringify(answer).replaceAll('holder-of-an', 'holder-of-john')) as RawAnswer,
  );
  expect([...payload.sourcesFailed]).toEqual([['vehicles', 'SOURCE_INVALID']]);
});

test('an attestation is asked of every record type that has one, and never answered', async () => {
  const { data, sources } = await whenVehicles(
    '{ person { fullName vehicles { plate inspection { validTo } } } }',
    (answer) => answer,
  );
  expect(JSON.stringify(data)).not.toContain('holder');
  const bodies = new Map(sources.requests.map((request) => [request.service, request.body]));
  expect(bodies.get('vehicles')).toContain('holder');
  expect(bodies.get('population')).toContain('holder');
});

test('a linked document that the source answers for another one is caught by its reference', async () => {
  const query =
    '{ me { linkedDocuments { document { ... on Vehicle { plate } ... on HealthInsurance { number } } } } }';
  const { data, errors } = await whenVehicles(query, (answer) => {
    for (const entity of entities(answer)) entity['ref'] = 'vehicle-mallory-0';
    return answer;
  });
  expect(data).toMatchObject({
    me: {
      linkedDocuments: [
        { document: { plate: null } },
        {},
        { document: { number: 'hi-an' } },
        { document: null },
      ],
    },
  });
  expect(errors?.map((error) => error.path)).toEqual([['me', 'linkedDocuments', 0, 'document', 'plate']]);
});

const kinds = [
  'String',
  'ID',
  'Int',
  'Float',
  'Boolean',
  'Colour',
  'Day',
  '[Int!]',
  'Part',
  '[Part!]',
] as const;
const right: Record<(typeof kinds)[number], readonly unknown[]> = {
  String: ['', 'x'],
  ID: ['x', 7],
  Int: [0, -2147483648, 2147483647],
  Float: [0, 1.5, 1e300],
  Boolean: [true, false],
  Colour: ['RED'],
  Day: ['2026-01-01'],
  '[Int!]': [[], [1, 2]],
  Part: [{ c_1: null }, { c_1: 'n' }],
  '[Part!]': [[], [{ c_1: 'n' }]],
};
const wrong: Record<(typeof kinds)[number], readonly unknown[]> = {
  String: [1, true, [], {}, ['x']],
  ID: [1.5, true, {}, []],
  Int: ['1', 1.5, 2147483648, true, {}, []],
  Float: ['1', true, {}],
  Boolean: ['true', 1, {}],
  Colour: ['BLUE', 'red', 1, {}],
  Day: ['soon', 3, {}],
  '[Int!]': [1, {}, [null], ['1'], [[1]]],
  Part: [1, 'x', [], [{ c_1: 'n' }], {}, { c_1: 1 }, { c_1: 'n', c_0: 'n' }, { name: 'n' }],
  '[Part!]': [{}, [null], [1], [[]], [{ c_1: 'n', extra: 1 }]],
};

describe('every leaf is checked against its type', () => {
  for (const kind of kinds) {
    const sdl = `enum Colour { RED GREEN } scalar Day type Part { n: String } type Query { f: ${kind} }`;
    const engine = createEngine({
      supergraph: compose({ only: sdl }),
      scalars: { Day: (value) => typeof value === 'string' && /^\d{4}-\d\d-\d\d$/u.test(value) },
    });
    const query = kind.includes('Part') ? '{ f { n } }' : '{ f }';
    const run = async (value: unknown) => {
      const { prepare, plan, execute } = await engine;
      return execute(await plan(prepare({ query }), new Map()), {
        fetch: () => Promise.resolve({ ok: true, data: { c_0: value } }),
        deadlineAt: Date.now() + 1000,
        describe: ({ code }) => ({ message: code }),
      });
    };
    for (const value of [null, ...right[kind]]) {
      test(`${kind} takes ${JSON.stringify(value)}`, async () => {
        expect((await run(value)).errors).toEqual([]);
      });
    }
    for (const value of [undefined, ...wrong[kind]]) {
      test(`${kind} refuses ${JSON.stringify(value)}`, async () => {
        const payload = await run(value);
        expect(payload.bytes).toMatch(/^\{"data":\{"f":null\},/u);
        expect(payload.errors).toEqual([{ code: 'SOURCE_INVALID', source: 'only', path: ['f'] }]);
      });
    }
  }
});

describe('what a source says of its own errors', () => {
  const query = '{ person { fullName v: vehicles { p: plate i: inspection { validTo } } } }';
  const cases: Record<string, [Tamper, unknown, string | undefined]> = {
    'a known code survives at the client’s path': [
      (answer) => {
        const list = entities(answer)[0]?.['c_2'] as Entity[];
        (list[1] as Entity)['c_3'] = null;
        return {
          ...answer,
          errors: [
            {
              message: 'row 7 of an',
              path: ['_entities', 0, 'c_2', 1, 'c_3'],
              extensions: { code: 'NOT_FOUND', row: 7 },
            },
          ],
        };
      },
      ['person', 'v', 1, 'p'],
      'NOT_FOUND',
    ],
    'an unknown code becomes SOURCE_UNAVAILABLE': [
      (answer) => {
        (entities(answer)[0] as Entity)['c_2'] = null;
        return {
          ...answer,
          errors: [{ message: 'SQL', path: ['_entities', 0, 'c_2'], extensions: { code: 'P2002' } }],
        };
      },
      ['person', 'v'],
      'SOURCE_UNAVAILABLE',
    ],
    'an entity that failed as a whole nulls its first fields': [
      () => ({
        data: { _entities: [null] },
        errors: [{ message: 'x', path: ['_entities', 0], extensions: { code: 'NOT_PERMITTED' } }],
      }),
      ['person', 'v'],
      'NOT_PERMITTED',
    ],
    'an error deeper than the null it explains': [
      () => ({
        data: { _entities: [{ subject: 'an', c_2: null }] },
        errors: [{ message: 'x', path: ['_entities', 0, 'c_2', 0, 'c_4', 'c_5'] }],
      }),
      ['person', 'v', 0, 'i', 'validTo'],
      'SOURCE_UNAVAILABLE',
    ],
    'an error without a place spoils the answer': [
      (answer) => ({ ...answer, errors: [{ message: 'x', extensions: { code: 'NOT_FOUND' } }] }),
      ['person', 'v'],
      'NOT_FOUND',
    ],
    'a value under an error is not passed on': [
      (answer) => ({ ...answer, errors: [{ message: 'x', path: ['_entities', 0, 'c_2'] }] }),
      ['person', 'v'],
      'SOURCE_UNAVAILABLE',
    ],
    'an error at a place that is inherited, not answered': [
      (answer) => ({ ...answer, errors: [{ message: 'x', path: ['__proto__', 'polluted'] }] }),
      ['person', 'v'],
      'SOURCE_UNAVAILABLE',
    ],
  };
  for (const [title, [tamper, path, code]] of Object.entries(cases)) {
    test(title, async () => {
      const { errors, payload } = await whenVehicles(query, tamper);
      expect(errors).toEqual([
        { message: `text of ${code}`, path, extensions: { code, source: 'vehicles' } },
      ]);
      expect(payload.bytes).not.toMatch(/row|SQL|_entities|c_\d/u);
      expect(({} as Entity)['polluted']).toBeUndefined();
    });
  }
});

test('a missing entity is null without an error, and nothing of it counts as released', async () => {
  const { data, errors, payload } = await whenVehicles('{ person { fullName vehicles { plate } } }', () => ({
    data: { _entities: [null] },
  }));
  expect(data).toEqual({ person: { fullName: 'Name of an', vehicles: null } });
  expect(errors).toBeUndefined();
  expect(payload.released.map((each) => each.source)).toEqual(['caller', 'population']);
});

test('a null in a place that forbids it is an error even where the source told none', async () => {
  const engine = await fixtureEngine();
  const sources = fakeSources('an');
  sources.tamper.set('accounts', () => ({ data: { c_0: null }, errors: [{ message: 'x', path: ['c_0'] }] }));
  const { data, errors } = await runQuery('{ whoAmI }', { engine, sources });
  expect(data).toBeNull();
  expect(errors).toEqual([
    {
      message: 'text of SOURCE_UNAVAILABLE',
      path: ['whoAmI'],
      extensions: { code: 'SOURCE_UNAVAILABLE', source: 'accounts' },
    },
  ]);
});
