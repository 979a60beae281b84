import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { holidays } from './holidays.ts';
import { dayAfter, endOfDay, isWorkingDay, lastDayOf } from './working-days.ts';

const working = (days: number) => ({ days, workingDays: true });
const calendar = (days: number) => ({ days, workingDays: false });

describe('working days in Viet Nam', () => {
  it.each([
    ['2026-11-20', true],
    ['2026-11-21', false],
    ['2026-11-22', false],
    ['2026-02-17', false],
    ['2026-04-27', false],
    ['2026-08-22', true],
    ['2026-09-02', false],
  ])('%s is one: %s', (day, is) => {
    expect(isWorkingDay(day)).toBe(is);
  });

  it.each([
    ['the day of receipt does not count', '2026-11-23', working(1), '2026-11-24'],
    ['over a weekend', '2026-11-20', working(1), '2026-11-23'],
    ['received on a Sunday', '2026-11-22', working(1), '2026-11-23'],
    ['over the lunar new year', '2026-02-13', working(1), '2026-02-23'],
    ['over the national day and its exchanged Monday', '2026-08-28', working(1), '2026-09-03'],
    ['a Saturday worked in exchange counts', '2026-08-21', working(1), '2026-08-22'],
    ['fifteen calendar days', '2026-11-02', calendar(15), '2026-11-17'],
    ['calendar days that end on a Sunday end on Monday', '2026-11-07', calendar(15), '2026-11-23'],
  ])('a term: %s', (_, begins, term, last) => {
    expect(lastDayOf(begins, term)).toBe(last);
  });

  it('a day ends at midnight in Viet Nam, whatever the machine’s zone', () => {
    expect(endOfDay('2026-11-24').toISOString()).toBe('2026-11-24T17:00:00.000Z');
  });

  it('a longer term never ends earlier, and always on a working day', () => {
    const day = fc
      .integer({ min: 0, max: 1400 })
      .map((at) => new Date(Date.UTC(2024, 0, 1 + at)).toISOString().slice(0, 10));
    fc.assert(
      fc.property(day, fc.integer({ min: 1, max: 20 }), fc.boolean(), (begins, days, workingDays) => {
        const last = lastDayOf(begins, { days, workingDays });
        expect(isWorkingDay(last)).toBe(true);
        expect(last > begins).toBe(true);
        expect(lastDayOf(begins, { days: days + 1, workingDays }) >= last).toBe(true);
      }),
    );
  });

  it('every day of the calendar stands there once, and says where it comes from', () => {
    expect(new Set(holidays.map(({ day }) => day)).size).toBe(holidays.length);
    for (const { day, source } of holidays) {
      expect(dayAfter(day)).not.toBe(day);
      expect(source).not.toBe('');
    }
  });
});
