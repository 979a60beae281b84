import fc from 'fast-check';
import { expect, test } from 'vitest';
import { birthday, hasCompleted } from './partial-date.ts';

test.each([
  ['2008-11-21', 18, '2026-11-20', false],
  ['2008-11-21', 18, '2026-11-21', true],
  ['2008-02-29', 18, '2026-02-28', false],
  ['2008-02-29', 18, '2026-03-01', true],
  ['2008', 18, '2026-12-30', false],
  ['2008', 18, '2026-12-31', true],
  ['2008-03', 18, '2026-03-30', false],
  ['2008-03', 18, '2026-03-31', true],
  ['2007-02', 18, '2025-02-27', false],
  ['2007-02', 18, '2025-02-28', true],
  ['2008-02', 18, '2026-02-28', false],
  ['2008-02', 18, '2026-03-01', true],
])('born %s, %i years on %s: %s', (dateOfBirth, years, today, completed) => {
  expect(hasCompleted(dateOfBirth, years, today)).toBe(completed);
});

test('of an incomplete date the earliest and the latest day it allows are told', () => {
  expect(birthday('1950', 60, 'earliest')).toBe('2010-01-01');
  expect(birthday('1950-02', 60, 'latest')).toBe('2010-02-28');
});

test('an incomplete date never makes anybody older than the whole date would', () => {
  const day = fc
    .date({ min: new Date('1900-01-01'), max: new Date('2026-12-31'), noInvalidDate: true })
    .map((date) => date.toISOString().slice(0, 10));
  fc.assert(
    fc.property(day, day, fc.integer({ min: 1, max: 150 }), (born, today, years) => {
      const certain = hasCompleted(born, years, today);
      for (const known of [born.slice(0, 7), born.slice(0, 4)]) {
        if (hasCompleted(known, years, today)) expect(certain).toBe(true);
      }
    }),
  );
});

test.each([
  ['2008-11-21', 18, '2026-11-21', '2026-11-21'],
  ['2008-02-29', 18, '2026-03-01', '2026-03-01'],
  ['2008-02-29', 4, '2012-02-29', '2012-02-29'],
  ['2008', 18, '2026-01-01', '2026-12-31'],
  ['2008-02', 18, '2026-02-01', '2026-03-01'],
  ['2007-02', 18, '2025-02-01', '2025-02-28'],
])(
  'the birthday of %s for %i years is %s at the earliest, %s at the latest',
  (born, years, earliest, latest) => {
    expect(birthday(born, years, 'earliest')).toBe(earliest);
    expect(birthday(born, years, 'latest')).toBe(latest);
  },
);
