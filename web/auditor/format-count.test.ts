import { expect, it } from 'vitest';
import { formatCount, formatShare, shortId } from './format-count.ts';

it('counts and shares are in the marks of the language, and what is there is never nought', () => {
  expect(formatCount(12345, 'vi')).toBe('12.345');
  expect(formatCount(12345, 'en')).toBe('12,345');
  expect(formatShare(0.456, 'vi')).toBe('46%');
  expect(formatShare(0.0001, 'vi')).toBe('<1%');
  expect(formatShare(0, 'vi')).toBe('0%');
});

it('long ids are cut in the middle, short ones are left whole', () => {
  expect(shortId('officer-0427')).toBe('officer-0427');
  expect(shortId('abcdefghijklmnopqrst')).toBe('abcdef…qrst');
});
