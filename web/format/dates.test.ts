import { describe, expect, it } from 'vitest';
import {
  dayBefore,
  formatClock,
  formatDate,
  formatInstant,
  formatWeekday,
  isPast,
  legalDay,
  precisionOf,
} from './dates.ts';

describe('dates', () => {
  it.each([
    ['1950', 'year', '1950', '1950'],
    ['1950-03', 'month', '03/1950', 'March 1950'],
    ['1950-03-02', 'day', '02/03/1950', '2 March 1950'],
    ['2024-02-29', 'day', '29/02/2024', '29 February 2024'],
  ])('%s is shown with exactly what is known of it', (date, precision, vi, en) => {
    expect(precisionOf(date)).toBe(precision);
    expect(formatDate(date, 'vi')).toBe(vi);
    expect(formatDate(date, 'en')).toBe(en);
  });

  it('text that is no date is shown as it stands', () => {
    expect(precisionOf('không rõ')).toBeNull();
    expect(formatDate('không rõ', 'en')).toBe('không rõ');
    expect(formatInstant('không rõ', 'vi')).toBe('không rõ');
  });

  it('an instant is shown by the clock of Viet Nam, over midnight too', () => {
    expect(formatInstant('2026-11-21T03:05:00Z', 'vi')).toBe('10:05, 21/11/2026');
    expect(formatInstant('2026-11-20T17:30:00Z', 'vi')).toBe('00:30, 21/11/2026');
    expect(formatInstant('2026-11-21T03:05:00Z', 'en')).toBe('21 November 2026, 10:05');
  });

  it('the time of day is that of Viet Nam, midnight is 00', () => {
    expect(formatClock('2026-11-20T17:05:00Z')).toBe('00:05');
    expect(formatClock('không rõ')).toBe('không rõ');
  });

  it('a day is named in the language of the screen, and has one before it', () => {
    expect(formatWeekday('2026-11-21', 'vi')).toBe('Thứ Bảy, 21/11/2026');
    expect(formatWeekday('2026-11-21', 'en')).toBe('Saturday, 21 November 2026');
    expect(dayBefore('2026-03-01')).toBe('2026-02-28');
    expect(dayBefore('2027-01-01')).toBe('2026-12-31');
  });

  it('the legal day changes at midnight in Viet Nam', () => {
    expect(legalDay(new Date('2026-11-20T16:59:59Z'))).toBe('2026-11-20');
    expect(legalDay(new Date('2026-11-20T17:00:00Z'))).toBe('2026-11-21');
  });

  it('the last day still counts, and what has no end never ends', () => {
    expect(isPast('2026-11-21', '2026-11-21')).toBe(false);
    expect(isPast('2026-11-20', '2026-11-21')).toBe(true);
    expect(isPast(null, '2026-11-21')).toBe(false);
  });
});
