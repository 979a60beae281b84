import { describe, expect, it } from 'vitest';
import { languages } from '../../format/language.ts';
import { claimGroups, claimWords, purposeWords } from '../claim-words.ts';
import { consoleCatalogues } from './console-catalogues.ts';

/** Every place of a catalogue with the kind of what stands there. */
function placesOf(value: unknown, path = ''): string[] {
  if (typeof value !== 'object' || value === null) return [`${path}: ${typeof value}`];
  return Object.entries(value).flatMap(([key, inner]) => placesOf(inner, `${path}.${key}`));
}

/** Every plain sentence of a catalogue with its place. */
function sentencesOf(value: unknown, path = ''): [string, string][] {
  if (typeof value === 'string') return [[path, value]];
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, inner]) => sentencesOf(inner, `${path}.${key}`));
}

describe('the console’s catalogues', () => {
  it('say the same things in every language', () => {
    const [first, ...others] = languages.map((language) => placesOf(consoleCatalogues[language]).toSorted());
    for (const other of others) expect(other).toEqual(first);
  });

  it.each(languages)('leave nothing unsaid in %s, in composed letters', (language) => {
    for (const [path, text] of sentencesOf(consoleCatalogues[language])) {
      expect(text.trim(), path).not.toBe('');
      expect(text, path).toBe(text.normalize('NFC'));
    }
  });

  it('claims are told in the words of the person concerned, with their legal class', () => {
    expect(claimWords('age.over(years:18)', 'vi')).toEqual({
      label: 'Đã đủ 18 tuổi hay chưa',
      sensitive: false,
    });
    expect(claimWords('sensitive.religion', 'en').sensitive).toBe(true);
    expect(claimWords('no.such.claim', 'en').label).toContain('no.such.claim');
    expect(claimGroups('vi').flatMap(({ claims }) => claims).length).toBeGreaterThan(40);
  });

  it('purposes without words are shown as they are', () => {
    expect(purposeWords('hotel_check_in', 'vi')).toBe('Nhận phòng khách sạn, thông báo lưu trú');
    expect(purposeWords('toString', 'vi')).toBe('toString');
  });
});
