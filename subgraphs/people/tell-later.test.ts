import { describe, expect, it } from 'vitest';
import { cast, castOn, castPeopleOn, persona } from './cast.ts';
import { castFaults } from './cast-faults.ts';
import { SEED_TODAY, seedDayOn } from './seed-day.ts';
import { tellLater } from './tell-later.ts';

/** Longer than anybody will run this as it is. */
const YEARS = Array.from({ length: 60 }, (_, years) => years);

describe('a record told later', () => {
  it.each([
    ['a day', '2024-08-12', '2028-08-12'],
    ['a month', '2019-03', '2023-03'],
    ['a year alone', '1961', '1965'],
    ['an instant', '2024-08-15T03:00:00Z', '2028-08-15T03:00:00Z'],
    ['a personal number', '097188000101', '097192000101'],
    ['a personal number that turns the century', '099198000101', '099302000101'],
    ['a foreigner’s number, which tells no year', '098900000121', '098900000121'],
    ['a licence number', '971080000101', '971080000101'],
    ['a name', 'Sen.Hong-2026', 'Sen.Hong-2026'],
    ['nothing', null, null],
  ])('has %s as many years later', (_, told, after) => {
    expect(tellLater({ told: [told] }, 4)).toEqual({ told: [after] });
  });

  it('has 29 February only in leap years', () => {
    expect([1, 4, 76].map((years) => tellLater('2024-02-29', years))).toEqual([
      '2025-03-01',
      '2028-02-29',
      '2100-03-01',
    ]);
  });

  it('counts nothing but the year of a vehicle', () => {
    expect(tellLater({ year: 2022, seats: 5 }, 3)).toEqual({ year: 2025, seats: 5 });
  });
});

describe('the day people are told as of', () => {
  it.each([
    ['2020-01-01', SEED_TODAY],
    ['2026-11-22', SEED_TODAY],
    ['2027-11-20', SEED_TODAY],
    ['2027-11-21', '2027-11-21'],
    ['2041-02-28', '2040-11-21'],
  ])('for %s is %s', (day, told) => {
    expect(seedDayOn(day)).toBe(told);
  });
});

describe('the cast', () => {
  it('is what was written on the day it was written for, and before', () => {
    expect(castOn(SEED_TODAY)).toBe(cast);
    expect(castOn('2020-01-01')).toBe(cast);
  });

  it('is sound in every year, and its user names are distinct from all others’', () => {
    for (const years of YEARS) {
      const told = castOn(`${2026 + years}-11-21`);
      expect(castFaults(told)).toEqual([]);
      for (const { account } of told.filter(({ account: { kind } }) => kind !== 'STAFF'))
        expect(account.username.slice(6) < '001000', account.username).toBe(true);
    }
  });

  it('holds in any year what journeys show: cards in force and licences taken for a year yet, and children who are no adults', () => {
    for (const years of YEARS) {
      const today = `${2026 + years}-11-21`;
      const nextYear = `${2027 + years}-11-21`;
      for (const { population, drivingLicences } of castPeopleOn(today)) {
        for (const { heldOrSuspended } of drivingLicences)
          expect((heldOrSuspended?.until ?? '9999') > nextYear).toBe(true);
        if (population === undefined || population.identityCard === null) continue;
        expect((population.identityCard.expiryDate ?? '9999') > nextYear, population.fullName).toBe(true);
      }
      for (const child of [persona('minor', today), persona('child', today)]) {
        const [year, day] = [Number(nextYear.slice(0, 4)) - 14, nextYear.slice(4)];
        expect((child.account.identifiers?.dateOfBirth ?? '') > `${year}${day}`, child.key).toBe(true);
      }
    }
  });
});
