import { expect, test } from 'vitest';
import { fakeSources } from './fixtures/fake-sources.ts';
import { fixtureEngine, runQuery } from './fixtures/run-query.ts';

const refusal = (...path: (string | number)[]) => ({
  message: 'text of LEVEL_REQUIRED',
  path,
  extensions: { code: 'LEVEL_REQUIRED' },
});

test('a field all of whose leaves are refused is null with one error, and its source is not asked', async () => {
  const sources = fakeSources('an');
  const { data, errors } = await runQuery(
    '{ person { fullName vehicles { plate inspection { validTo } } } }',
    {
      sources,
      refuse: (coordinate) => /^(Vehicle|Inspection)\./u.test(coordinate),
    },
  );
  expect(data).toEqual({ person: { fullName: 'Name of an', vehicles: null } });
  expect(errors).toEqual([refusal('person', 'vehicles')]);
  expect(sources.asked()).toEqual(['population']);
});

test('a refused leaf is null with an error for each list item, and is not in the request', async () => {
  const sources = fakeSources('an');
  const { data, errors } = await runQuery('{ person { vehicles { p: plate brand } } }', {
    sources,
    refuse: (coordinate) => coordinate === 'Vehicle.plate',
  });
  expect(data).toEqual({
    person: {
      vehicles: [
        { p: null, brand: 'Honda' },
        { p: null, brand: null },
        { p: null, brand: 'Honda' },
      ],
    },
  });
  expect(errors).toEqual([0, 1, 2].map((index) => refusal('person', 'vehicles', index, 'p')));
  expect(sources.requests.map((request) => request.body).join()).not.toContain('plate');
});

test('nothing is planned when everything is refused', async () => {
  const engine = await fixtureEngine();
  const sources = fakeSources('an');
  const { data, errors } = await runQuery('{ person { fullName } me { displayName } }', {
    engine,
    sources,
    refuse: () => true,
  });
  expect(data).toEqual({ person: null, me: null });
  expect(errors).toEqual([refusal('person'), refusal('me')]);
  expect(engine.stats.plans).toBe(0);
  expect(sources.requests).toEqual([]);
});

test('a typename of a plain type does not let the length of a refused list out', async () => {
  const { data } = await runQuery('{ person { fullName vehicles { __typename plate } } }', {
    refuse: (coordinate) => coordinate === 'Vehicle.plate',
  });
  expect(data).toEqual({ person: { fullName: 'Name of an', vehicles: null } });
});

test('the kind of a person is a leaf that keeps the person when other leaves are refused', async () => {
  const { data, errors } = await runQuery('{ person { __typename fullName } }', {
    refuse: (coordinate) => coordinate === 'Person.fullName',
  });
  expect(data).toEqual({ person: { __typename: 'Citizen', fullName: null } });
  expect(errors).toEqual([refusal('person', 'fullName')]);
});

test('a refused leaf that may not be null takes its object with it', async () => {
  const { data, errors } = await runQuery('{ person { vehicles { plate inspection { passed validTo } } } }', {
    refuse: (coordinate) => coordinate === 'Inspection.validTo',
  });
  expect(data).toMatchObject({
    person: { vehicles: [{ inspection: null }, { inspection: null }, { inspection: null }] },
  });
  expect(errors).toEqual(
    [1, 2].map((index) => refusal('person', 'vehicles', index, 'inspection', 'validTo')),
  );
});

test('a refused root field of a mutation does nothing', async () => {
  const sources = fakeSources('an');
  const { data } = await runQuery(
    'mutation { rename(name: "x") { displayName } lockAccount(reason: "y") { level } }',
    {
      sources,
      refuse: (coordinate) => coordinate === 'Account.displayName',
    },
  );
  expect(data).toEqual({ rename: null, lockAccount: { level: 0 } });
  expect(sources.requests.map((request) => request.body).join()).not.toContain('rename');
});

test('occurrences of one field are refused each by its own leaf', async () => {
  const query = `{ me { dependants { person { vehicles { plate } ... on ForeignResident { vehicles { brand } } } } } }`;
  const { data } = await runQuery(query, { refuse: (coordinate) => coordinate === 'Vehicle.plate' });
  expect(data).toEqual({
    me: {
      dependants: [
        { person: { vehicles: null } },
        { person: { vehicles: [{ plate: null, brand: 'Honda' }] } },
      ],
    },
  });
});

test('a leaf refused on the kind is refused although the interface allows it', async () => {
  const query = '{ person { fullName sex ... on Citizen { fullName } } }';
  const refuse = (coordinate: string) => coordinate === 'Citizen.fullName';
  const { data, errors } = await runQuery(query, { refuse });
  expect(data).toEqual({ person: { fullName: null, sex: 'MALE' } });
  expect(errors).toEqual([refusal('person', 'fullName')]);
  const other = await runQuery(query, { refuse, subject: 'john' });
  expect(other.data).toEqual({ person: { fullName: 'Name of john', sex: 'FEMALE' } });
});

test('plans are kept per shape and refused set, whatever the client calls its fields', async () => {
  const engine = await fixtureEngine();
  const all = { engine, refuse: () => false };
  await runQuery('{ person { fullName } }', all);
  await runQuery('query Named { someone: person { ...F } } fragment F on Person { name: fullName }', all);
  expect(engine.stats).toMatchObject({ documents: 2, plans: 1, planHits: 1 });
  await runQuery('{ person { fullName } }', all);
  expect(engine.stats).toMatchObject({ documents: 2, documentHits: 1, plans: 1, planHits: 2 });
});
