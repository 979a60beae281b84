import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { people, peopleOfHousehold, totalPeople } from './recipe.ts';

function bytesOf(options: Parameters<typeof people>[0]): string {
  const hash = createHash('sha256');
  for (const person of people(options)) hash.update(JSON.stringify(person));
  return hash.digest('hex');
}

describe('the same seed gives the same bytes', () => {
  it('twice, and as it always was', () => {
    const bytes = bytesOf({ count: 2000 });
    expect(bytesOf({ count: 2000 })).toBe(bytes);
    // Changes with every change of the recipe, on purpose: seeded databases then hold other people.
    expect(bytes).toMatchInlineSnapshot(`"85d1107445f9248d97031d1058cc27ad897ae1629d1b6c058e1143e8220daee2"`);
  });

  it('and another seed or another day gives others', () => {
    const bytes = bytesOf({ count: 50 });
    expect(bytesOf({ count: 50, seed: 'other' })).not.toBe(bytes);
    expect(bytesOf({ count: 50, today: '2026-11-22' })).not.toBe(bytes);
  });
});

describe('a part alone equals the same part of the stream', () => {
  const stream = [...people({ count: 9000 })].map((person) => JSON.stringify(person));

  it('for any range', () => {
    fc.assert(
      fc.property(fc.nat(totalPeople(9000)), fc.nat(30), (from, length) => {
        const to = Math.min(from + length, totalPeople(9000));
        const part = [...people({ count: 9000, from, to })].map((person) => JSON.stringify(person));
        expect(part).toEqual(stream.slice(from, to));
      }),
      { numRuns: 60 },
    );
  });

  it('for any household, in any order', () => {
    fc.assert(
      fc.property(fc.nat(2400), (index) => {
        for (const person of peopleOfHousehold(index))
          expect(JSON.stringify(person)).toBe(stream[person.index]);
      }),
      { numRuns: 60 },
    );
  });

  it('and a larger seeding begins with the smaller one', () => {
    const smaller = [...people({ count: 100 })].slice(0, 100).map((person) => JSON.stringify(person));
    expect(stream.slice(0, 100)).toEqual(smaller);
  });
});

it('gives as many citizens as asked for and one foreigner for each thousand', () => {
  const kinds = [...people({ count: 1000 })].map(({ kind }) => kind);
  expect(kinds.filter((kind) => kind === 'CITIZEN')).toHaveLength(1000);
  expect(kinds.filter((kind) => kind === 'FOREIGN_RESIDENT')).toHaveLength(1);
});

it('refuses more people than there are distinct numbers', () => {
  expect(() => people({ count: 3_000_000 }).next()).toThrow(RangeError);
});
