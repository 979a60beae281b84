import { describe, expect, it } from 'vitest';
import { cast, castPeople, persona } from './cast.ts';
import { castFaults } from './cast-faults.ts';
import type { Persona } from './persona.ts';

/** A copy of the cast in which one persona's field, named by its path, holds another value. */
function altered(key: Persona['key'], path: string, value: unknown): string[] {
  const copy = structuredClone(cast);
  let place: unknown = copy.find((entry) => entry.key === key);
  const fields = path.split('.');
  for (const field of fields.slice(0, -1)) place = Reflect.get(place as object, field);
  Reflect.set(place as object, fields.at(-1) as string, value);
  return castFaults(copy);
}

it('the cast is sound', () => {
  expect(castFaults(cast)).toEqual([]);
  expect(cast.map(({ key }) => key)).toHaveLength(16);
  expect(castPeople).toHaveLength(11);
});

describe('a fault in the cast is told in a sentence', () => {
  it.each([
    ['level2', 'four classes', 'password', 'alllowercase'],
    ['level2', 'six digits', 'passcode', '111111'],
    ['level1', 'prefix 097', 'account.username', '001196000111'],
    ['level1', 'key of fullName', 'account.identifiers.matchName', 'somebody else'],
    ['locked', 'has a reason', 'account.lockReason', null],
    ['level2', 'no plate', 'records.vehicles.0.plate', '51-K48216'],
    ['level2', 'no chassis number', 'records.vehicles.0.chassisNumber', 'OIQ'],
    ['level2', 'no date', 'records.vehicles.0.issueDate', '15/04/2022'],
    ['level2', 'no UTC instant', 'account.approvedAt', '2024-08-15 10:00'],
    ['level2', 'document of no registry', 'account.linkedDocuments.0.ref', 'x'.repeat(22)],
    ['guardian', 'no account in the cast', 'account.dependants.0.subject', 'x'.repeat(22)],
    ['fleet', 'stands twice', 'records.vehicles.1.plate', '15K-100.00'],
    ['level2', 'health card code', 'records.healthInsurance.code15', 'DN4799700004822'],
  ] as const)('%s: %s', (key, sentence, path, value) => {
    expect(altered(key, path, value).join(' ')).toContain(sentence);
  });
});

it('between them the personas hold a value in every field of every record', () => {
  const empty = new Set<string>();
  const filled = new Set<string>();
  const visit = (value: unknown, path: string): void => {
    if (Array.isArray(value)) for (const entry of value) visit(entry, path);
    if (Array.isArray(value) && value.length > 0) filled.add(path);
    if (value === null || (Array.isArray(value) && value.length === 0)) empty.add(path);
    else if (typeof value === 'object' && !Array.isArray(value)) {
      for (const [field, entry] of Object.entries(value))
        if (field !== 'holder') visit(entry, `${path}.${field}`);
    } else if (value !== undefined) filled.add(path);
  };
  for (const { account, records } of cast) visit({ account, ...records }, '');
  const never = [...empty].filter(
    (path) => ![...filled].some((full) => full === path || full.startsWith(`${path}.`)),
  );
  // Nobody of the cast is dead or missing, and no plate or address is of the past.
  expect(never.toSorted()).toEqual([
    '.population.deathDate',
    '.population.missingDate',
    '.population.temporaryResidence.legacyText',
    '.vehicles.plateRecord.attachedTo',
  ]);
});

describe('the personas are what they are called', () => {
  it('level2 has something in each registry and links of both states', () => {
    const { records, account } = persona('level2');
    expect(records.population?.identityCard?.cardStatus).toBe('VALID');
    expect(records.immigration?.passports).toHaveLength(2);
    expect(records.drivingLicences[0]?.classes.map(({ scheme }) => scheme)).toEqual(['PRE_2025', 'LAW_2024']);
    expect(records.drivingLicences[0]?.points.map(({ value }) => value)).toEqual([12, 10]);
    expect(records.retainedPlates).toHaveLength(1);
    expect(account.linkedDocuments.map(({ status }) => status)).toContain('PENDING');
  });

  it('oldRecords stands under the 9-digit number and under a number cancelled since', () => {
    const { records, account } = persona('oldRecords');
    const old = account.identifiers?.oldIdNumber;
    expect(records.drivingLicences[0]?.holder).toMatchObject({ personalNumber: null, oldIdNumber: old });
    expect(records.vehicles[0]?.holder).toMatchObject({ personalNumber: null, oldIdNumber: old });
    expect(account.identifiers?.cancelledNumbers).toEqual([records.healthInsurance?.holder.personalNumber]);
  });

  it('mismatch has another name and another day of birth at immigration', () => {
    const { population, immigration } = persona('mismatch').records;
    expect(immigration?.fullName).not.toBe(population?.fullName);
    expect(immigration?.dateOfBirth).not.toBe(population?.dateOfBirth);
    expect(immigration?.personalNumber).toBe(population?.personalNumber);
  });

  it('the guardian acts for a child and a ward, level2 for the minor', () => {
    const acts = (key: 'guardian' | 'level2'): string[] =>
      persona(key).account.dependants.map(({ subject }) => subject);
    expect(acts('guardian')).toEqual([persona('child').account.subject, persona('ward').account.subject]);
    expect(acts('level2')).toEqual([persona('minor').account.subject]);
  });

  it('fleet owns a hundred vehicles, the foreigner holds a residence card, staff hold nothing', () => {
    expect(persona('fleet').records.vehicles).toHaveLength(100);
    expect(persona('foreigner').records.immigration?.residenceCard?.symbol).toBe('LĐ2');
    for (const { account, records } of cast.filter((entry) => entry.account.kind === 'STAFF')) {
      expect(account.identifiers).toBeNull();
      expect(records.population).toBeUndefined();
    }
  });
});
