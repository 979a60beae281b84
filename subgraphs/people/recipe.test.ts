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

describe('in a later year', () => {
  const citizens = (today: string) =>
    [...people({ count: 600, today })].flatMap(({ population, account }) =>
      population === undefined ? [] : [{ ...population, username: account?.username }],
    );

  it.each([1, 9, 40])(
    'after %d years the same people have the same papers, in force for as long',
    (years) => {
      const yearOf = (date: string): number => Number(date.slice(0, 4));
      const now = citizens('2026-11-21');
      const then = citizens(`${2026 + years}-11-21`);
      expect(then.map(({ fullName }) => fullName)).toEqual(now.map(({ fullName }) => fullName));
      const cards = (all: typeof now, from: number) =>
        all.map(({ identityCard: card, dateOfBirth }) => [
          from - yearOf(dateOfBirth),
          card?.cardStatus,
          card?.expiryDate && yearOf(card.expiryDate) - from,
        ]);
      expect(cards(then, 2026 + years)).toEqual(cards(now, 2026));
      for (const [place, { personalNumber, dateOfBirth, username = personalNumber }] of then.entries()) {
        // Some hold a number that was corrected since, or a year of birth that was, both the same as before.
        const told = now[place]?.dateOfBirth.slice(2, 4) === now[place]?.personalNumber.slice(4, 6);
        expect(dateOfBirth.slice(2, 4) === personalNumber.slice(4, 6)).toBe(told);
        expect(username).toBe(personalNumber);
      }
    },
  );
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
