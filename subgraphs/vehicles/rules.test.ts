import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  displayPlate,
  isInspectionValid,
  isRetained,
  normalPlate,
  plateProvince,
  plateShapeOf,
  retention,
} from './rules.ts';
import type { PlateShape } from './rules.ts';

describe('a plate', () => {
  it.each<[string, PlateShape, string]>([
    ['30A12345', 'CAR', '30A-123.45'],
    ['30a-123.45', 'CAR', '30A-123.45'],
    ['51LD 123.45', 'CAR', '51LD-123.45'],
    ['29A1234', 'CAR', '29A-1234'],
    ['59X1-123.45', 'MOTORCYCLE', '59X1-123.45'],
    ['59n31234', 'MOTORCYCLE', '59N3-1234'],
    ['29AA12345', 'MOTORCYCLE', '29AA-123.45'],
    // The same letters and digits are two plates.
    ['29H11234', 'CAR', '29H-112.34'],
    ['29H11234', 'MOTORCYCLE', '29H1-1234'],
  ])('typed as %s is on a %s written %s', (typed, shape, written) => {
    expect(displayPlate(normalPlate(typed), shape)).toBe(written);
    expect(plateProvince(written)).toBe(written.slice(0, 2));
  });

  it.each(['', '30A', '30A123', '30A1234567', 'A3012345', '30Đ12345', '3012345'])('is not %s', (typed) => {
    expect(displayPlate(normalPlate(typed), 'CAR')).toBeNull();
    expect(displayPlate(normalPlate(typed), 'MOTORCYCLE')).toBeNull();
  });

  const digits = fc.stringMatching(/^\d{4,5}$/);
  const tail = (text: string) => (text.length === 4 ? text : `${text.slice(0, 3)}.${text.slice(3)}`);
  it.each<[PlateShape, RegExp]>([
    ['CAR', /^\d{2}[A-Z]{1,2}$/],
    ['MOTORCYCLE', /^\d{2}[A-Z][A-Z\d]$/],
  ])('of a %s is the same after it was typed without separators', (shape, series) => {
    fc.assert(
      fc.property(fc.stringMatching(series), digits, (letters, number) => {
        const written = `${letters}-${tail(number)}`;
        expect(displayPlate(normalPlate(written), shape)).toBe(written);
        expect(displayPlate(normalPlate(written.toLowerCase().replace('-', ' ')), shape)).toBe(written);
      }),
    );
  });

  it.each([
    ['MOTORCYCLE', 'MOTORCYCLE'],
    ['MOPED', 'MOTORCYCLE'],
    ['CAR', 'CAR'],
    ['TRUCK', 'CAR'],
    ['TRAILER', 'CAR'],
  ])('of a %s is read as a %s’s', (type, shape) => {
    expect(plateShapeOf(type)).toBe(shape);
  });

  it.each([
    ['2026-11-20', '2031-11-20'],
    ['2024-02-29', '2029-02-28'],
  ])('taken off on %s stays its owner’s until %s, that day included', (from, until) => {
    const kept = retention(from);
    expect(kept).toEqual({ retainedFrom: from, retainedUntil: until });
    expect(isRetained(kept, until)).toBe(true);
    expect(isRetained(kept, `${until}z`)).toBe(false);
    expect(isRetained({ retainedUntil: null }, from)).toBe(false);
  });
});

describe('an inspection', () => {
  const passed = { date: '2026-01-10', validTo: '2027-01-09', result: 'PASSED' };
  it.each([
    ['2026-01-09', false],
    ['2026-01-10', true],
    ['2027-01-09', true],
    ['2027-01-10', false],
  ])('that was passed is on %s valid: %s', (today, valid) => {
    expect(isInspectionValid(passed, today)).toBe(valid);
    expect(isInspectionValid({ ...passed, result: 'FAILED' }, today)).toBe(false);
  });
});
