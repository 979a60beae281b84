import { describe, expect, test } from 'vitest';
import { fakeSources } from './fixtures/fake-sources.ts';
import { fixtureEngine, oracle, runQuery } from './fixtures/run-query.ts';

const queries: Record<string, string> = {
  'a profile over five registries': `{ person { fullName vehicles { plate brand power inspection { validTo passed } }
    passports { number } drivingLicences { number points { group value } } socialInsurance { number totalMonths }
    healthInsurance { number benefitLevel } identityCard { number expiryDate } residence { text since } sex nationality } }`,
  'dependants of two kinds': `{ me { displayName dependants { relation person { __typename fullName ageOver(years: 18)
    vehicles { plate } ... on ForeignResident { residenceCard } ... on Citizen { religion } } } } }`,
  'linked documents of three kinds': `{ me { linkedDocuments { id status document { kind: __typename
    ... on Vehicle { plate brand } ... on DrivingLicence { number points(group: "A") { value } }
    ... on HealthInsurance { number } } } } }`,
  'everything in one operation': `{ me { level dependants { person { fullName vehicles { plate } } }
    linkedDocuments { document { ... on Vehicle { plate } } } } person { fullName vehicles { brand } } whoAmI }`,
  'two aliases of one field': `{ a: person { fullName } b: person { n: fullName vehicles { plate } } }`,
  'equal arguments in one key, other arguments in another': `{ person { a: ageOver(years: 18) a: ageOver(years: 18)
    b: ageOver(years: 90) drivingLicences { a: points(group: "A") { value } b: points(group: "B") { group } } } }`,
  'one response key for different fields of different kinds': `{ me { dependants { person {
    ... on Citizen { x: fullName d: identityCard { n: number } }
    ... on ForeignResident { x: residenceCard d: identityCard { n: expiryDate } } } } } }`,
  'merged selections': `{ person { vehicles { plate } } person { vehicles { brand } ... on Person { vehicles { power } } } }`,
  'only typenames': `{ __typename person { __typename vehicles { __typename } } me { __typename linkedDocuments { __typename } } }`,
};

describe('answers equal those of a plain server over the same data', () => {
  for (const [title, query] of Object.entries(queries)) {
    for (const subject of ['an', 'john']) {
      test(`${title}, for ${subject}`, async () => {
        const engine = await fixtureEngine();
        const { data, errors } = await runQuery(query, { engine, subject });
        expect({ data, errors }).toEqual({
          ...((await oracle(engine, query, { subject })) as object),
          errors: undefined,
        });
      });
    }
  }
});

test('a profile asks every registry at most once', async () => {
  const sources = fakeSources('an');
  await runQuery(queries['a profile over five registries'] ?? '', { sources });
  expect(sources.asked().sort()).toEqual([
    'driving-licences',
    'immigration',
    'population',
    'social-insurance',
    'vehicles',
  ]);
});
