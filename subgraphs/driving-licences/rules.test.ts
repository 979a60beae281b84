import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { holdsClass, isOutOfPoints, licenceStatus, pointsAfter } from './rules.ts';
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

describe('a class that is asked about', () => {
  const wanted = { class: 'B1', scheme: 'PRE_2025' };
  const held = { ...wanted, issueDate: '2020-01-01', expiryDate: null };
  const holds = (hold: Hold, ...classes: (typeof held | { expiryDate: string })[]): boolean =>
    holdsClass([{ ...hold, classes: classes.map((one) => ({ ...held, ...one })) }], wanted, today);

  it.each<[string, boolean, boolean]>([
    ['is held', holds(free, held), true],
    ['is held until its last day', holds(free, { expiryDate: today }), true],
    ['is not held past its date', holds(free, { expiryDate: '2026-11-20' }), false],
    ['is not held before it is given', holds(free, { ...held, issueDate: '2026-11-22' }), false],
    ['is not held while suspended', holds(open, held), false],
    ['is not held on the last day of a suspension', holds(endsToday, held), false],
    ['is held after a suspension', holds(ended, held), true],
    ['is not the same letters of the other scheme', holds(free, { ...held, scheme: 'LAW_2024' }), false],
    ['is not another class', holds(free, { ...held, class: 'B2' }), false],
    ['is not held without a licence', holdsClass([], wanted, today), false],
  ])('%s', (_, is, expected) => {
    expect(is).toBe(expected);
  });

  it('is held by the licence that is not stopped, whatever stops another', () => {
    const licences = [open, free].map((hold) => ({ ...hold, classes: [held] }));
    expect(holdsClass(licences, wanted, today)).toBe(true);
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
