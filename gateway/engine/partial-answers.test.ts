import { describe, expect, test } from 'vitest';
import { fakeSources, type Tamper } from './fixtures/fake-sources.ts';
import { fixtureEngine, oracle, runQuery } from './fixtures/run-query.ts';

const profile = `{ person { fullName vehicles { plate inspection { validTo } } passports { number } drivingLicences { number }
  socialInsurance { number totalMonths } healthInsurance { number } } }`;

const ownedBy: Record<string, readonly string[]> = {
  population: ['fullName'],
  immigration: ['passports'],
  vehicles: ['vehicles'],
  'driving-licences': ['drivingLicences'],
  'social-insurance': ['socialInsurance', 'healthInsurance'],
};

/** The data of one `_entities` answer, to be changed in place. */
const entitiesOf = (answer: Parameters<Tamper>[0]): Record<string, unknown>[] =>
  answer.data?.['_entities'] as Record<string, unknown>[];

const unavailable: Record<string, Tamper> = {
  'fails with a code': () => ({ ok: false, code: 'SOURCE_UNAVAILABLE', reason: 'refused' }),
  throws: () => Promise.reject(new TypeError('connect ECONNREFUSED 10.0.0.7')),
  'never settles': () => new Promise(() => undefined),
  'answers null with a private error': () => ({ data: null, errors: [{ message: 'select * from citizen' }] }),
};

const invalid: Record<string, Tamper> = {
  'answers another person under a wrong key': (answer) => {
    for (const entity of entitiesOf(answer)) entity['subject'] = 'mallory';
    return answer;
  },
  'answers one entity too many': (answer) => ({ data: { _entities: [...entitiesOf(answer), null] } }),
  'answers one entity too few': () => ({ data: { _entities: [] } }),
  'answers no list': () => ({ data: { _entities: {} } }),
  'leaves the key out': (answer) => {
    for (const entity of entitiesOf(answer)) delete entity['subject'];
    return answer;
  },
  'adds a field nobody asked for': (answer) => {
    for (const entity of entitiesOf(answer)) entity['c_0'] = 'over somebody else’s field';
    return answer;
  },
  'leaves a field out': (answer) => {
    for (const entity of entitiesOf(answer))
      for (const key of Object.keys(entity)) if (key.startsWith('c_')) delete entity[key];
    return answer;
  },
  'answers without data and errors': () => ({ data: null }),
  'answers data that is no object': () => ({ ok: true, data: 'html' }),
  'answers errors that are no list': (answer) => ({ ok: true, data: answer.data, errors: 'no' as never }),
  'answers a list as an object, or the other way round': (answer) => {
    for (const entity of entitiesOf(answer)) {
      for (const key of Object.keys(entity))
        if (key.startsWith('c_')) entity[key] = Array.isArray(entity[key]) ? {} : [];
    }
    return answer;
  },
};

async function expectOthersWhole(service: string, code: string, tamper: Tamper): Promise<void> {
  const engine = await fixtureEngine();
  const sources = fakeSources('an');
  sources.tamper.set(service, tamper);
  const { data, errors, payload } = await runQuery(profile, { engine, sources, deadlineMs: 600 });
  const whole = (await oracle(engine, profile)) as { data: { person: Record<string, unknown> } };
  for (const field of ownedBy[service] ?? []) whole.data.person[field] = null;
  expect(data).toEqual(whole.data);
  expect(errors).toEqual(
    (ownedBy[service] ?? []).map((field) => ({
      message: `text of ${code}`,
      path: ['person', field],
      extensions: { code, source: service },
    })),
  );
  expect([...payload.sourcesFailed]).toEqual([[service, code]]);
  expect(payload.released.map((each) => each.source)).not.toContain(service);
}

for (const service of Object.keys(ownedBy)) {
  describe(`${service} is named as missing and the others are whole when it`, () => {
    for (const [title, tamper] of Object.entries(unavailable)) {
      test(title, () => expectOthersWhole(service, 'SOURCE_UNAVAILABLE', tamper));
    }
    for (const [title, tamper] of Object.entries(invalid)) {
      test(title, () => expectOthersWhole(service, 'SOURCE_INVALID', tamper));
    }
  });
}
