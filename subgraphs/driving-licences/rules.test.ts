import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isOutOfPoints, licenceStatus, pointsAfter } from './rules.ts';
import type { Hold, LicenceStatus } from './rules.ts';

const today = '2026-11-21';
const free: Hold = { holdKind: null, holdUntil: null };
const open: Hold = { holdKind: 'SUSPENDED', holdUntil: null };
const ended: Hold = { ...open, holdUntil: '2026-11-20' };
const endsToday: Hold = { ...open, holdUntil: today };

describe('a licence', () => {
  it.each<[LicenceStatus, Hold, (string | null)[]]>([
    ['VALID', free, ['2030-01-01']],
    ['VALID', free, [null]],
    ['VALID', free, [today]],
    ['VALID', free, ['2020-01-01', null]],
    ['VALID', free, []],
    ['EXPIRED', free, ['2026-11-20']],
    ['EXPIRED', free, ['2020-01-01', '2026-11-20']],
    ['NOT_VALID', open, [null]],
    ['NOT_VALID', endsToday, [null]],
    ['NOT_VALID', open, ['2020-01-01']],
    ['VALID', ended, [null]],
    ['EXPIRED', ended, ['2020-01-01']],
  ])('is %s with hold %j and classes until %j', (status, hold, ends) => {
    const classes = ends.map((expiryDate) => ({ expiryDate }));
    expect(licenceStatus(hold, classes, today)).toBe(status);
  });
});

describe('points', () => {
  it('go down to none and never below, and come back after a year unless none is left', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 12 }), fc.integer({ min: 1, max: 12 }), (value, deducted) => {
        const after = pointsAfter(value, deducted, '2026-11-20');
        expect(after.value).toBe(deducted > value ? 0 : value - deducted);
        expect(after.restoreAt).toBe(after.value === 0 ? null : '2027-11-20');
      }),
    );
    expect(pointsAfter(12, 2, '2028-02-29').restoreAt).toBe('2029-02-28');
  });

  it.each([
    [[0], true],
    [[0, 0], true],
    [[0, 1], false],
    [[12], false],
    [[], false],
  ])('of %j left stop the licence: %s', (values, stopped) => {
    expect(isOutOfPoints(values.map((value, place) => ({ group: `${place}`, value })))).toBe(stopped);
  });
});
