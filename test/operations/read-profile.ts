import type { Persona } from '@dinhdanh/people';
import { expect } from 'vitest';
import { ask, at } from '../harness/client.ts';
import { expectedCitizen, expectedForeigner } from './expected-person.ts';
import { everyFieldOf } from './select-everything.ts';

/** A profile as it was answered, field by field, with the parts that vary settled. */
export type Profile = Readonly<Record<string, unknown>>;

/** Where a person stands in an operation, and how an answer leads to them. */
export interface Way {
  readonly wrap: (selection: string) => string;
  readonly reach: (data: unknown) => unknown;
}

/** One's own record. */
export const ownRecord: Way = {
  wrap: (selection) => `{ person { ${selection} } }`,
  reach: (data) => at(data, 'person'),
};

/** The record of a ward, by the id of the relation. */
export function wardRecord(id: string): Way {
  return {
    wrap: (selection) => `{ me { dependants { id person { ${selection} } } } }`,
    reach: (data) => {
      const dependants = at(data, 'me', 'dependants') as readonly { id: string; person: unknown }[];
      return dependants.find((dependant) => dependant.id === id)?.person;
    },
  };
}

/** The type a person of the cast has in the schema. */
export function typeOf({ account }: Persona): 'Citizen' | 'ForeignResident' {
  return account.kind === 'FOREIGN_RESIDENT' ? 'ForeignResident' : 'Citizen';
}

/** Asks for every field of a person, one field an operation; any error fails. */
export async function readProfile(url: string, token: string, persona: Persona, way: Way): Promise<Profile> {
  const profile: Record<string, unknown> = {};
  for (const [field, selection] of everyFieldOf(typeOf(persona))) {
    const answer = await ask(url, way.wrap(selection), { token });
    expect(answer.errors, `${persona.key} ${field}`).toEqual([]);
    profile[field] = settle(at(way.reach(answer.data), field));
  }
  return profile;
}

/** Compares a profile with what the cast states by hand, every field of it. */
export function expectProfile(profile: Profile, persona: Persona, isAdult: boolean): void {
  const expected =
    typeOf(persona) === 'ForeignResident'
      ? expectedForeigner(persona.records, isAdult)
      : expectedCitizen(persona.records, isAdult);
  const { nameParts, identityCard, vehicles, ...rest } = profile;
  const { identityCard: expectedCard, vehicles: expectedVehicles, ...expectedRest } = expected;
  expect(rest).toEqual(expectedRest);
  // No order of vehicles is promised.
  expect(byPlate(vehicles)).toEqual(byPlate(expectedVehicles));
  const { portrait, ...card } = (identityCard ?? {}) as Profile;
  if (expectedCard === null) expect(identityCard).toBeNull();
  else {
    expect(card).toEqual(expectedCard);
    expect(String(portrait)).toMatch(/^data:image\/svg\+xml;base64,/);
  }
  const { surname, middleName, givenName } = nameParts as Readonly<Record<string, string | null>>;
  expect([surname, middleName, givenName].filter(Boolean).join(' ')).toBe(expected['fullName']);
}

/** The parts that vary from answer to answer, checked for their form and then left out. */
function settle(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(settle);
  if (typeof value !== 'object' || value === null) return value;
  const record = Object.fromEntries(Object.entries(value).map(([name, part]) => [name, settle(part)]));
  if ('endCursor' in record) return { hasNextPage: record['hasNextPage'] };
  if (!('fetchedAt' in record)) return record;
  expect(record['database']).toMatch(/\p{L}/u);
  expect(record['agency']).toMatch(/\p{L}/u);
  expect(Date.now() - Date.parse(String(record['fetchedAt']))).toBeLessThan(60_000);
  const { database: _database, agency: _agency, fetchedAt: _fetchedAt, ...rest } = record;
  return rest;
}

function byPlate(vehicles: unknown): unknown {
  return (vehicles as { plate: string }[]).toSorted((one, other) => one.plate.localeCompare(other.plate));
}
