import { legalDateOf } from '@dinhdanh/kit';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { dayBounds, isNight, legalDay, legalHour, nightBounds, nightOf } from './legal-hours.ts';

const instants = fc.date({
  min: new Date('2000-01-01T00:00:00Z'),
  max: new Date('2100-01-01T00:00:00Z'),
  noInvalidDate: true,
});

describe('legal hours', () => {
  it('are those of Viet Nam on every day', () => {
    fc.assert(
      fc.property(instants, (at) => {
        expect(legalDay(at)).toBe(legalDateOf(at));
        const { from, to } = dayBounds(legalDay(at));
        expect(from <= at && at < to).toBe(true);
      }),
    );
  });

  it('make one night of an evening and the morning after it', () => {
    fc.assert(
      fc.property(instants, (at) => {
        const { from, to } = nightBounds(nightOf(at));
        expect(from <= at && at < to).toBe(isNight(at));
        expect(to.getTime() - from.getTime()).toBe(8 * 3_600_000);
      }),
    );
    expect(nightOf(new Date('2026-11-10T15:00:00Z'))).toBe('2026-11-10');
    expect(nightOf(new Date('2026-11-10T22:59:59.999Z'))).toBe('2026-11-10');
    expect([15, 14, 22, 23].map((hour) => isNight(new Date(Date.UTC(2026, 10, 10, hour))))).toEqual([
      true,
      false,
      true,
      false,
    ]);
    expect(legalHour(new Date('2026-11-10T17:30:00Z'))).toBe(0);
  });
});
