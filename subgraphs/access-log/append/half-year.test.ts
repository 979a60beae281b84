import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { halfYearOf } from './half-year.ts';
import { monthBegin, monthLabel, monthOf } from './month.ts';

describe('half-years', () => {
  it.each([
    ['2026-01-01T00:00:00.000Z', '2026h1'],
    ['2026-06-30T23:59:59.999Z', '2026h1'],
    ['2026-07-01T00:00:00.000Z', '2026h2'],
    ['2026-12-31T23:59:59.999Z', '2026h2'],
    // Seven in the morning of the new year in Ha Noi.
    ['2027-01-01T00:00:00.000Z', '2027h1'],
  ])('at %s it is %s', (instant, label) => {
    expect(halfYearOf(new Date(instant)).label).toBe(label);
  });

  it('follow each other without a gap', () => {
    fc.assert(
      fc.property(
        fc.date({ min: new Date('2000-01-01'), max: new Date('2100-01-01'), noInvalidDate: true }),
        (at) => {
          const half = halfYearOf(at);
          expect(half.beginsAtMs <= at.getTime() && at.getTime() < half.endsAtMs).toBe(true);
          expect(halfYearOf(new Date(half.endsAtMs)).beginsAtMs).toBe(half.endsAtMs);
          expect(halfYearOf(new Date(half.beginsAtMs))).toEqual(half);
        },
      ),
    );
  });
});

describe('months', () => {
  it.each([
    ['2024-02-29T23:59:59.999Z', '2024_02', '2024-02-01T00:00:00.000Z'],
    ['2026-12-31T23:59:59.999Z', '2026_12', '2026-12-01T00:00:00.000Z'],
    ['2027-01-01T00:00:00.000Z', '2027_01', '2027-01-01T00:00:00.000Z'],
  ])('at %s it is %s', (instant, label, begin) => {
    const month = monthOf(Date.parse(instant));
    expect([monthLabel(month), monthBegin(month)]).toEqual([label, begin]);
  });
});
