import { cast } from '@dinhdanh/people';
import type { Persona } from '@dinhdanh/people';
import { describe, expect, inject, it } from 'vitest';
import { ask, at, readDemo, signIn } from '../harness/client.ts';
import { expectedCitizen, expectedForeigner } from './expected-person.ts';
import { everyFieldOf } from './select-everything.ts';

const { url, dataFolder } = inject('system');
const demo = readDemo(dataFolder);

/** The personas who read their whole profile themselves: level 2, active, of age. */
const readers = cast.filter(
  ({ account, key }) =>
    account.level === 2 && account.status === 'ACTIVE' && key !== 'minor' && key !== 'ward',
);

/** The parts that vary from answer to answer, checked for their form and then left out. */
function settle(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(settle);
  if (typeof value !== 'object' || value === null) return value;
  const settled = Object.entries(value).map(([name, part]) => [name, settle(part)] as const);
  const record = Object.fromEntries(settled);
  if ('fetchedAt' in record) {
    expect(record['database']).toMatch(/\p{L}/u);
    expect(record['agency']).toMatch(/\p{L}/u);
    expect(Date.now() - Date.parse(String(record['fetchedAt']))).toBeLessThan(60_000);
    const { database: _d, agency: _a, fetchedAt: _f, ...rest } = record;
    return rest;
  }
  if ('endCursor' in record) return { hasNextPage: record['hasNextPage'] };
  return record;
}

function byPlate(vehicles: unknown): unknown {
  return (vehicles as { plate: string }[]).toSorted((one, other) => one.plate.localeCompare(other.plate));
}

async function wholeProfile(persona: Persona): Promise<Record<string, unknown>> {
  const token = await signIn(url, demo.citizens[persona.key] ?? expect.unreachable('in demo.json'));
  const typeName = persona.account.kind === 'FOREIGN_RESIDENT' ? 'ForeignResident' : 'Citizen';
  const profile: Record<string, unknown> = {};
  for (const [field, selection] of everyFieldOf(typeName)) {
    const answer = await ask(url, `{ person { ${selection} } }`, { token });
    expect(answer.errors, `${persona.key} ${field}`).toEqual([]);
    profile[field] = settle(at(answer.data, 'person', field));
  }
  return profile;
}

describe('a person who signs in sees what the state holds on them, every field of it', () => {
  it.each(readers.map((persona) => [persona.key, persona] as const))('%s', async (_key, persona) => {
    const profile = await wholeProfile(persona);
    const { nameParts, identityCard, ...rest } = profile;
    const isForeign = persona.account.kind === 'FOREIGN_RESIDENT';
    const expected = isForeign
      ? expectedForeigner(persona.records, true)
      : expectedCitizen(persona.records, true);
    const { identityCard: expectedCard, ...expectedRest } = expected;
    // No order of vehicles is promised.
    expect({ ...rest, vehicles: byPlate(rest['vehicles']) }).toEqual({
      ...expectedRest,
      vehicles: byPlate(expectedRest['vehicles']),
    });
    const { portrait, ...card } = (identityCard ?? {}) as Record<string, unknown>;
    if (expectedCard === null) expect(identityCard).toBeNull();
    else {
      expect(card).toEqual(expectedCard);
      expect(String(portrait)).toMatch(/^data:image\/svg\+xml;base64,/);
    }
    const parts = nameParts as Record<string, string | null>;
    expect([parts['surname'], parts['middleName'], parts['givenName']].filter(Boolean).join(' ')).toBe(
      expected['fullName'],
    );
  });
});
