import { expect, it } from 'vitest';
import { countryName } from './country.ts';

it('a country is named in the language of the screen, and shown by its code where it has no name', () => {
  expect(countryName('VNM', 'vi')).toBe('Việt Nam');
  expect(countryName('VNM', 'en')).toBe('Viet Nam');
  expect(countryName('KOR', 'en')).toBe('South Korea');
  expect(countryName('XXA', 'vi')).toBe('XXA');
});
