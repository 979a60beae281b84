import fc from 'fast-check';
import { expect, test } from 'vitest';
import { documents, people } from './fixtures/records.ts';
import { fakeSources, type RawAnswer } from './fixtures/fake-sources.ts';
import { fixtureEngine, oracle, runQuery } from './fixtures/run-query.ts';

const query = `{ person { fullName sex vehicles { plate brand power inspection { validTo passed } } passports { number } socialInsurance { totalMonths } }
  me { dependants { person { fullName vehicles { plate } } } linkedDocuments { document { ... on Vehicle { plate brand } ... on HealthInsurance { number } } } } }`;

const engine = await fixtureEngine();
const others = [await fixtureEngine({}, 'general'), await fixtureEngine({}, 'code')];

/** Everything a lying source may put anywhere in its answer, records of a stranger among it. */
const stranger = JSON.parse(JSON.stringify(people.get('mallory'))) as Record<string, unknown>;
const lies: readonly unknown[] = [
  null,
  0,
  -1.5,
  true,
  '',
  'vehicle-mallory-0',
  'mallory',
  [],
  {},
  [[]],
  [null],
  'holder-of-mallory',
  stranger,
  stranger['vehicles'],
  [...(documents['Vehicle']?.values() ?? [])].at(-1),
  { __proto__: null, constructor: 'x' },
];

/** Every place in a JSON value, as holder and key. */
function places(
  value: unknown,
  found: [Record<string, unknown>, string][] = [],
): [Record<string, unknown>, string][] {
  if (typeof value !== 'object' || value === null) return found;
  for (const key of Object.keys(value)) {
    found.push([value as Record<string, unknown>, key]);
    places((value as Record<string, unknown>)[key], found);
  }
  return found;
}

type Lie = readonly [place: number, how: number, what: number];

function tell(answer: RawAnswer, told: readonly Lie[]): RawAnswer {
  const lied = structuredClone(answer);
  for (const [place, how, what] of told) {
    const all = places(lied);
    const [holder, key] = all[place % all.length] ?? [{}, ''];
    const lie: unknown = structuredClone(lies[what % lies.length]);
    if (how === 0) delete holder[key];
    else if (how === 1) holder[`c_${what}`] = lie;
    else if (how === 2 && Array.isArray(holder)) holder.reverse();
    else if (how === 3 && Array.isArray(holder)) holder.push(lie);
    else if (how === 4) holder['errors'] = [{ message: 'x', path: [lie, key, what], extensions: lie }];
    else holder[key] = lie;
  }
  return lied;
}

const withoutVehicles = (data: unknown): unknown =>
  JSON.parse(
    JSON.stringify(data, (key, value: unknown) =>
      ['vehicles', 'plate', 'brand'].includes(key) ? undefined : value,
    ),
  );

test('whatever one source answers, the others are whole and no stranger’s record passes', async () => {
  const expected = ((await oracle(engine, query)) as { data: unknown }).data;
  const lie = fc.tuple(fc.nat(200), fc.nat(6), fc.nat(40));
  await fc.assert(
    fc.asyncProperty(fc.array(lie, { minLength: 1, maxLength: 3 }), async (told) => {
      const sources = fakeSources('an');
      sources.tamper.set('vehicles', (answer) => tell(answer, told));
      const { data, payload } = await runQuery(query, { engine, sources });
      for (const other of others) {
        const told = await runQuery(query, { engine: other, sources });
        expect(told.payload).toEqual({ ...payload, bytes: String(payload.bytes) });
      }
      expect(withoutVehicles(data)).toEqual(withoutVehicles(expected));
      expect(String(payload.bytes)).not.toMatch(/30A-mallory|holder|constructor/u);
      for (const error of payload.errors) {
        expect(error.source).toBe('vehicles');
        expect(['SOURCE_INVALID', 'SOURCE_UNAVAILABLE']).toContain(error.code);
        expect(JSON.stringify(error.path)).not.toMatch(/c_\d|_entities|_e\d/u);
      }
    }),
    { numRuns: 200, seed: 20261121 },
  );
}, 120_000);
