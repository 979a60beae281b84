import { describe, expect, it } from 'vitest';
import { workingDaysAfter } from './working-days.ts';

describe('working days', () => {
  it.each([
    ['a Monday', '2026-11-23', '2026-11-25'],
    ['a Thursday, over the weekend', '2026-11-26', '2026-11-30'],
    ['a Friday', '2026-11-27', '2026-12-01'],
    ['a Saturday', '2026-11-28', '2026-12-01'],
    ['a Sunday at the end of a year', '2028-12-31', '2029-01-02'],
  ])('two after %s', (_which, day, due) => {
    expect(workingDaysAfter(day, 2, [])).toBe(due);
  });

  it('leave out holidays, once where they fall on a weekend', () => {
    expect(workingDaysAfter('2027-04-29', 2, ['2027-04-30', '2027-05-01', '2027-05-03'])).toBe('2027-05-05');
  });
});
