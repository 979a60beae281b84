import { service as immigration } from '@dinhdanh/immigration';
import { seed as seedImmigration } from '@dinhdanh/immigration/seed';
import { persona } from '@dinhdanh/people';
import { service as population } from '@dinhdanh/population';
import { seed as seedPopulation } from '@dinhdanh/population/seed';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { describeGuards } from './registry-guards.ts';
import { subjectOfPersona } from './registry-records.ts';
import { callerOf, entities, startRegistry } from './registry-under-test.ts';
import type { RegistryUnderTest } from './registry-under-test.ts';

const owner = subjectOfPersona(persona('level2'));
const { population: citizen, immigration: traveller } = persona('level2').records;

describe.each([
  {
    name: 'population',
    service: population,
    seed: seedPopulation,
    selection: 'identityCard { ref }',
    document: { __typename: 'IdentityCard', ref: citizen?.identityCard?.ref ?? '' },
    changes: 'populationChanges',
  },
  {
    name: 'immigration',
    service: immigration,
    seed: seedImmigration,
    selection: 'passports { ref }',
    document: { __typename: 'Passport', ref: traveller?.passports[0]?.ref ?? '' },
    changes: 'immigrationChanges',
  },
])('$name', ({ service, seed, ...given }) => {
  let registry: RegistryUnderTest;
  beforeAll(async () => {
    registry = await startRegistry(service, seed);
  });
  afterAll(() => registry.stop());

  describeGuards({
    ...given,
    registry: () => registry,
    owner,
    stranger: subjectOfPersona(persona('level1')),
    personType: 'Citizen',
  });

  const references = [{ __typename: 'Citizen', subject: owner.subject }];
  const ask = (jti: string) =>
    entities(registry, `... on Citizen { ${given.selection} }`, references, { ...callerOf(owner), jti });

  it('keeps what it served, by call and without a word of the person', async () => {
    await ask('kept.0');
    const rows = await registry.sql(`SELECT * FROM served WHERE call_id = 'kept.0'`);
    // The claims of the person and of the document, as the registry reads its schema: the token names none.
    expect(rows).toEqual([
      { call_id: 'kept.0', at: expect.any(Date), actor_kind: 'person', subjects: 1, claims: 2 },
    ]);
  });

  it('answers nothing that it could not keep a record of', async () => {
    await registry.sql('ALTER TABLE served RENAME TO served_away');
    const { status, body } = await ask('lost.0');
    await registry.sql('ALTER TABLE served_away RENAME TO served');
    expect([status, body]).toEqual([
      503,
      { errors: [{ message: 'SOURCE_UNAVAILABLE', extensions: { code: 'SOURCE_UNAVAILABLE' } }] },
    ]);
  });
});
