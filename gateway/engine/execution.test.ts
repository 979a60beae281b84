import { getIntrospectionQuery, graphqlSync } from 'graphql';
import { describe, expect, test } from 'vitest';
import { createEngine } from './create-engine.ts';
import { fakeSources } from './fixtures/fake-sources.ts';
import { fixtureEngine, runQuery } from './fixtures/run-query.ts';
import { compose } from './fixtures/registries.ts';

/** Given to what must be in time, on a busy machine too, while something else is late. */
const DEADLINE_MS = 1_000;

const late = <Value>(value: Value, ms: number): Promise<Value> =>
  new Promise((resolve) => setTimeout(resolve, ms, value));

describe('deadlines', () => {
  test('a source that never settles costs no more than the deadline', async () => {
    const engine = await fixtureEngine();
    const sources = fakeSources('an');
    sources.tamper.set('vehicles', () => new Promise(() => undefined));
    const { data, errors } = await runQuery('{ person { fullName vehicles { plate } } }', {
      engine,
      sources,
      deadlineMs: DEADLINE_MS,
    });
    expect(data).toEqual({ person: { fullName: 'Name of an', vehicles: null } });
    expect(errors?.map((error) => error.extensions['code'])).toEqual(['SOURCE_UNAVAILABLE']);
    expect(sources.requests.every((request) => request.signal.aborted)).toBe(true);
  });

  test('an answer after the deadline changes nothing any more', async () => {
    const sources = fakeSources('an');
    const { promise: heldBack, resolve: letGo } = Promise.withResolvers<void>();
    sources.tamper.set('vehicles', (answer) => heldBack.then(() => answer));
    const { data, payload } = await runQuery('{ person { vehicles { plate } } }', {
      sources,
      deadlineMs: DEADLINE_MS,
    });
    const released = [...payload.released];
    letGo();
    await late(null, 50);
    expect(data).toEqual({ person: { vehicles: null } });
    expect(payload.released).toEqual(released);
    expect(released.map((each) => each.source)).toEqual(['caller']);
  });

  test('a deadline already past asks and waits for nothing', async () => {
    const { data, errors } = await runQuery('{ person { fullName } me { level } }', { deadlineMs: -1000 });
    expect(data).toEqual({ person: null, me: null });
    expect(errors).toHaveLength(2);
  });

  test('a client that went away ends the work', async () => {
    const sources = fakeSources('an');
    const leaving = new AbortController();
    sources.tamper.set('vehicles', () => {
      setTimeout(() => leaving.abort(), 30);
      return new Promise(() => undefined);
    });
    // The deadline is later than this test may last.
    const { data } = await runQuery('{ person { vehicles { plate } } }', {
      sources,
      signal: leaving.signal,
      deadlineMs: 60_000,
    });
    expect(data).toEqual({ person: { vehicles: null } });
  });

  test('what waits for a late source is named once, where it would have stood', async () => {
    const sources = fakeSources('an');
    sources.tamper.set('accounts', () => new Promise(() => undefined));
    const { data, errors, payload } = await runQuery(
      '{ me { dependants { person { fullName } } } person { fullName } }',
      { sources, deadlineMs: DEADLINE_MS },
    );
    expect(data).toEqual({ me: null, person: { fullName: 'Name of an' } });
    expect(errors?.map((error) => error.path)).toEqual([['me']]);
    expect([...payload.sourcesFailed]).toEqual([['accounts', 'SOURCE_UNAVAILABLE']]);
  });
});

test('a slow root of another field does not hold up a person’s registries', async () => {
  const sources = fakeSources('an');
  const known = Promise.withResolvers<void>();
  sources.tamper.set('accounts', async (answer) => {
    await known.promise;
    return answer;
  });
  const running = runQuery('{ me { level } person { fullName vehicles { plate } } }', { sources });
  await expect.poll(() => sources.asked().toSorted()).toEqual(['accounts', 'population', 'vehicles']);
  known.resolve();
  expect((await running).errors).toBeUndefined();
});

test('a person’s registries and linked documents share one request for each registry', async () => {
  const sources = fakeSources('an');
  const query = `{ me { dependants { person { fullName vehicles { plate } } } linkedDocuments { document { ... on Vehicle { plate } } } }
    person { fullName vehicles { brand } } }`;
  const { errors } = await runQuery(query, { sources });
  expect(errors).toBeUndefined();
  expect(sources.asked().filter((service) => service === 'vehicles')).toHaveLength(1);
  expect(sources.asked().filter((service) => service === 'population')).toHaveLength(1);
});

test('a registry of the other kind of person is not asked', async () => {
  const sources = fakeSources('john');
  await runQuery('{ person { fullName vehicles { plate } } }', { sources, subject: 'john' });
  expect(sources.asked().sort()).toEqual(['immigration', 'vehicles']);
});

test('one person at two places is answered at both', async () => {
  const sources = fakeSources('bao');
  const query =
    '{ person { fullName healthInsurance { number } } me { dependants { person { fullName healthInsurance { number } } } } }';
  const { data } = await runQuery(query, { sources, subject: 'bao' });
  const bao = { fullName: 'Name of bao', healthInsurance: { number: 'hi-bao' } };
  expect(data).toMatchObject({ person: bao, me: { dependants: [{ person: bao }, {}] } });
  expect(sources.asked().filter((service) => service === 'social-insurance')).toHaveLength(1);
});

test('one document linked twice is asked for once, and each copy is its own', async () => {
  const sources = fakeSources('an');
  sources.tamper.set('accounts', (answer) => {
    const me = answer.data?.['c_0'] as Record<string, unknown[]> | undefined;
    me?.['c_1']?.push(structuredClone(me['c_1'][0]));
    return answer;
  });
  const query = '{ me { linkedDocuments { document { ... on Vehicle { plate inspection { validTo } } } } } }';
  const { data } = await runQuery(query, { sources });
  const document = { plate: '30A-an-1', inspection: { validTo: '2027-02' } };
  expect(data).toEqual({
    me: {
      linkedDocuments: [{ document }, { document: {} }, { document: {} }, { document: null }, { document }],
    },
  });
  const keys = sources.requests.find((request) => request.service === 'vehicles')?.entityKeys;
  expect(keys).toEqual([{ __typename: 'Vehicle', ref: 'vehicle-an-1' }]);
});

test('what a slow source holds up is asked for without it, and the rest later', async () => {
  const sources = fakeSources('an');
  sources.tamper.set('accounts', (answer) => late(answer, 200));
  const query = '{ me { dependants { person { fullName } } } person { fullName } }';
  const { data, errors } = await runQuery(query, { sources });
  expect(errors).toBeUndefined();
  expect(data).toMatchObject({
    me: { dependants: [{ person: { fullName: 'Name of bao' } }, {}] },
    person: { fullName: 'Name of an' },
  });
  const population = sources.requests.filter((request) => request.service === 'population');
  expect(population.map((request) => request.entityKeys.map((key) => key['subject']))).toEqual([
    ['an'],
    ['bao'],
  ]);
  expect(new Set(sources.requests.map((request) => request.step)).size).toBe(sources.requests.length);
});

test('each request says which leaves it asks for, and the answer says what each brought', async () => {
  const engine = await fixtureEngine();
  const sources = fakeSources('an');
  const query =
    '{ person { fullName vehicles { plate } kind: __typename } me { level dependants { person { fullName } } } }';
  const { payload } = await runQuery(query, { engine, sources });
  const { leaves } = engine.prepare({ query });
  const named = (ids: readonly number[]) => ids.map((id) => `${leaves[id]?.path.join('.')}`);
  const asked = new Map(sources.requests.map((request) => [request.service, named(request.leaves)]));
  expect(Object.fromEntries(asked)).toEqual({
    accounts: ['me.level'],
    vehicles: ['person.vehicles.plate'],
    population: ['person.fullName', 'me.dependants.person.fullName'],
    immigration: ['me.dependants.person.fullName'],
  });
  const released = payload.released.map(
    (each) => `${each.source} ${JSON.stringify(each.key?.['subject'])}: ${named(each.leaves).join(' ')}`,
  );
  expect(released.sort()).toEqual([
    'accounts undefined: me.level',
    'caller undefined: person.kind',
    'immigration "john": me.dependants.person.fullName',
    'population "an": person.fullName',
    'population "bao": me.dependants.person.fullName',
    'vehicles "an": person.vehicles.plate',
  ]);
});

test('mutations keep their order and their follow-up requests are queries', async () => {
  const sources = fakeSources('an');
  const query =
    'mutation { a: rename(name: "x") { displayName } signOut b: lockAccount(reason: "y") { level dependants { person { fullName } } } }';
  const { data, errors } = await runQuery(query, { sources });
  expect(errors).toBeUndefined();
  expect(data).toMatchObject({
    a: { displayName: 'x' },
    signOut: true,
    b: { level: 0, dependants: [{ person: { fullName: 'Name of bao' } }, {}] },
  });
  expect(sources.requests.map((request) => [request.service, request.kind])).toEqual([
    ['accounts', 'mutation'],
    ['population', 'query'],
    ['immigration', 'query'],
  ]);
});

test('mutations of two sources run one after the other, in the client’s order', async () => {
  const engine = await createEngine({
    supergraph: compose({
      one: 'type Query { a: Int } type Mutation { first: Int third: Int }',
      two: 'type Query { b: Int } type Mutation { second: Int }',
    }),
  });
  const log: string[] = [];
  const compiled = await engine.plan(engine.prepare({ query: 'mutation { first second third }' }), new Map());
  const payload = await engine.execute(compiled, {
    fetch: async ({ service, body }) => {
      const key = /(c_\d):(\w+)/u.exec(body) ?? [];
      log.push(`${service} ${key[2]} starts`);
      await late(null, 5);
      log.push(`${service} ${key[2]} ends`);
      return { ok: true, data: { [key[1] ?? '']: 1 } };
    },
    deadlineAt: Date.now() + 1000,
    describe: ({ code }) => ({ message: code }),
  });
  expect(payload.bytes).toBe('{"data":{"first":1,"second":1,"third":1},"extensions":{');
  expect(log).toEqual([
    'one first starts',
    'one first ends',
    'two second starts',
    'two second ends',
    'one third starts',
    'one third ends',
  ]);
});

describe('introspection', () => {
  test('is answered as graphql-js answers it on the public schema', async () => {
    const engine = await fixtureEngine();
    const query = getIntrospectionQuery();
    const { data } = await runQuery(query, { engine });
    expect(data).toEqual(
      JSON.parse(JSON.stringify(graphqlSync({ schema: engine.schema, source: query }).data)),
    );
    expect(JSON.stringify(data)).not.toMatch(/"(subject|holder|_[A-Za-z]\w*|join__\w*)"/u);
    expect(engine.stats.plans).toBe(0);
  });

  test('mixes with data, conditions, fragments and variables', async () => {
    const query = `query($name: String!, $no: Boolean = false) { t: __type(name: $name) { n: name ...F } person { fullName }
      __schema @include(if: $no) { description } __typename } fragment F on __Type { k: kind }`;
    const { data } = await runQuery(query, { variables: { name: 'Citizen' } });
    expect(data).toEqual({
      t: { n: 'Citizen', k: 'OBJECT' },
      person: { fullName: 'Name of an' },
      __typename: 'Query',
    });
  });
});

test('directives of the public schema can be looked up by coordinate', async () => {
  const engine = await fixtureEngine();
  expect(engine.directive('Person.fullName', 'claim')).toEqual({
    id: 'identity.basic',
    self: 'LEVEL_2',
    share: 'ALLOWED',
    class: 'BASIC',
  });
  expect(engine.directive('Person.vehicles', 'claim')).toBeUndefined();
  expect(engine.directive('Nobody.nothing', 'claim')).toBeUndefined();
});

test('leaves tell place, arguments and what a type condition gives away', async () => {
  const query =
    'query($y: Int!) { p: person { ... on Citizen { adult: ageOver(years: $y) } k: __typename identityCard { number } } }';
  const { leaves } = (await fixtureEngine()).prepare({ query, variables: { y: 18 } });
  expect(leaves).toEqual([
    {
      id: 0,
      coordinate: 'Citizen.ageOver',
      path: ['p', 'adult'],
      parents: ['Query.person'],
      args: { years: 18 },
      isTypename: false,
      narrowedBy: ['Person.__typename'],
    },
    {
      id: 1,
      coordinate: 'Person.__typename',
      path: ['p', 'k'],
      parents: ['Query.person'],
      args: {},
      isTypename: true,
      narrowedBy: [],
    },
    {
      id: 2,
      coordinate: 'IdentityCard.number',
      path: ['p', 'identityCard', 'number'],
      parents: ['Query.person', 'Person.identityCard'],
      args: {},
      isTypename: false,
      narrowedBy: [],
    },
  ]);
});
