import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { formatCountdown, formatMoney, groupDigits, maskNumber, yearsAndMonths } from './numbers.ts';

describe('numbers', () => {
  it('a masked number keeps its length and shows three figures at either end', () => {
    expect(maskNumber('097158030798')).toBe('097••••••798');
    fc.assert(
      fc.property(fc.stringMatching(/^\d{9,12}$/), (number) => {
        const masked = maskNumber(number);
        expect(masked).toHaveLength(number.length);
        expect(masked.replaceAll('•', '')).toHaveLength(6);
      }),
    );
  });

  it('a short number is hidden whole', () => {
    expect(maskNumber('12345678')).toBe('••••••••');
    expect(maskNumber('')).toBe('');
  });

  it('long numbers are read in threes with no digit left over, other text is left alone', () => {
    expect(groupDigits('097158030798')).toBe('097 158 030 798');
    expect(groupDigits('9712076020')).toBe('971 207 6020');
    expect(groupDigits('X2616501')).toBe('X2616501');
  });

  it('money is whole đồng in the marks of the language', () => {
    expect(formatMoney(12500000, 'vi')).toBe('12.500.000 ₫');
    expect(formatMoney(12500000, 'en')).toBe('12,500,000 ₫');
    expect(formatMoney(0, 'vi')).toBe('0 ₫');
  });

  it('months of contribution become years and months', () => {
    expect(yearsAndMonths(130)).toEqual({ years: 10, months: 10 });
    expect(yearsAndMonths(11)).toEqual({ years: 0, months: 11 });
  });

  it('a countdown never shows less than is left and ends at nought', () => {
    expect(formatCountdown(7)).toBe('0:07');
    expect(formatCountdown(749.2)).toBe('12:30');
    expect(formatCountdown(-3)).toBe('0:00');
    expect(formatCountdown(86_399)).toBe('23:59:59');
  });
});
