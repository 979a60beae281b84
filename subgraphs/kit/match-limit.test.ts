import fc from 'fast-check';
import { expect, it } from 'vitest';
import { AppError } from './errors.ts';
import { MATCHES_MOST, MatchLimit } from './match-limit.ts';

const start = new Date('2026-11-21T03:00:00Z').getTime();
const at = (hours: number): Date => new Date(start + hours * 3_600_000);

function passes(limit: MatchLimit, registration: string, now: Date): boolean {
  try {
    limit.count(registration, now);
    return true;
  } catch (error) {
    expect(error).toBeInstanceOf(AppError);
    const { code, detail } = error as AppError;
    expect([code, detail.reason]).toEqual(['RATE_LIMITED', 'MATCHES']);
    expect(detail.retryAfterSeconds).toBeGreaterThan(0);
    expect(detail.retryAfterSeconds).toBeLessThanOrEqual(43_200);
    return false;
  }
}

it('refuses one registration beyond its share and no other, until a day has gone', () => {
  const limit = new MatchLimit();
  const passed = Array.from({ length: MATCHES_MOST + 5 }, () => passes(limit, 'one', at(0)));
  expect(passed.filter(Boolean)).toHaveLength(MATCHES_MOST);
  expect(passes(limit, 'other', at(0))).toBe(true);
  expect(passes(limit, 'one', at(13))).toBe(false);
  expect(passes(limit, 'one', at(40))).toBe(true);
});

it('lets no more through in any twelve hours than the share, whenever they come', () => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 0, max: 60 }), { minLength: 1, maxLength: 150 }), (hours) => {
      const limit = new MatchLimit();
      const passed = hours
        .toSorted((one, other) => one - other)
        .filter((hour) => passes(limit, 'one', at(hour)));
      for (const from of passed) {
        const within = passed.filter((hour) => hour >= from && hour < from + 12);
        expect(within.length).toBeLessThanOrEqual(MATCHES_MOST);
      }
    }),
  );
});
