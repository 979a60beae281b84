import { runSql } from '@dinhdanh/kit/testing';
import type { PersonaKey } from '@dinhdanh/people';
import { describe, expect, inject, it } from 'vitest';
import { alone } from '../harness/alone.ts';
import { readDemo, signIn } from '../harness/client.ts';
import { cast, persona } from '../harness/told-people.ts';
import { expectProfile, ownRecord, readProfile, wardRecord } from './read-profile.ts';

const system = inject('system');
const { url, dataFolder, databaseUrls } = system;
const demo = readDemo(dataFolder);
const tokenOf = (key: PersonaKey): Promise<string> =>
  signIn(url, demo.citizens[key] ?? expect.unreachable('in demo.json'));

/** The personas who read their whole profile themselves: level 2, active, of age. */
const readers = cast.filter(
  ({ account, key }) =>
    account.level === 2 && account.status === 'ACTIVE' && key !== 'minor' && key !== 'ward',
);

describe('a person who signs in sees what the state holds on them, every field of it', () => {
  it.each(readers.map((reader) => [reader.key, reader] as const))('%s', async (key, reader) => {
    // One of them has rows that are altered below and restored.
    const profile = await alone(system, key, async () =>
      readProfile(url, await tokenOf(key), reader, ownRecord),
    );
    expectProfile(profile, reader, true);
  });
});

describe('a guardian sees the same of each ward', () => {
  it.each([
    ['guardian', 'child', false],
    ['guardian', 'ward', true],
    ['level2', 'minor', false],
  ] as const)('%s of %s', async (guardian, ward, isAdult) => {
    const { subject } = persona(ward).account;
    const relation = persona(guardian).account.dependants.find((dependant) => dependant.subject === subject);
    const way = wardRecord(relation?.id ?? expect.unreachable('a relation in the cast'));
    const profile = await readProfile(url, await tokenOf(guardian), persona(ward), way);
    expectProfile(profile, persona(ward), isAdult);
  });
});

/** One value of one row in each registry, and the field it is told in. */
const alterations = [
  ['population', 'citizens', 'ethnicity', 'personal_number'],
  ['immigration', 'passports', 'place_of_issue', 'personal_number'],
  ['driving-licences', 'licences', 'issuing_authority', 'personal_number'],
  ['vehicles', 'vehicles', 'brand', 'personal_number'],
  ['social-insurance', 'memberships', 'managing_agency', 'personal_number'],
] as const;

describe('the comparison would notice one altered row (control)', () => {
  it.each(alterations)('%s', async (registry, table, column, key) => {
    const databaseUrl = databaseUrls[registry] ?? expect.unreachable('a database each');
    const number = persona('mismatch').account.username;
    const where = `WHERE "${key}" = '${number}'`;
    const [row] = await runSql<{ value: string }>(
      databaseUrl,
      `SELECT "${column}" AS value FROM "${table}" ${where} LIMIT 1`,
    );
    const truth = row?.value ?? expect.unreachable('a row of this person');
    await alone(system, 'mismatch', async () => {
      await runSql(
        databaseUrl,
        `UPDATE "${table}" SET "${column}" = 'altered' ${where} AND "${column}" = '${truth}'`,
      );
      try {
        const profile = await readProfile(url, await tokenOf('mismatch'), persona('mismatch'), ownRecord);
        expect(() => expectProfile(profile, persona('mismatch'), true)).toThrow('to deeply equal');
      } finally {
        await runSql(
          databaseUrl,
          `UPDATE "${table}" SET "${column}" = '${truth}' ${where} AND "${column}" = 'altered'`,
        );
      }
    });
  });
});
