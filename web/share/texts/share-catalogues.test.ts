import { describe, expect, it } from 'vitest';
import { languages } from '../../format/language.ts';
import { shareCatalogues } from './share-catalogues.ts';

/** Every place of a catalogue with what stands there. */
function placesOf(value: unknown, path = ''): [string, unknown][] {
  if (typeof value !== 'object' || value === null) return [[path, value]];
  return Object.entries(value).flatMap(([key, inner]) => placesOf(inner, `${path}.${key}`));
}

describe('the words of the page of a request', () => {
  it('say the same things in every language', () => {
    const [first, ...others] = languages.map((language) =>
      placesOf(shareCatalogues[language]).map(([path, value]) => `${path}: ${typeof value}`),
    );
    for (const other of others) expect(other).toEqual(first);
  });

  it.each(languages)('leave nothing unsaid in %s, in composed letters', (language) => {
    for (const [path, value] of placesOf(shareCatalogues[language])) {
      if (typeof value !== 'string') continue;
      expect(value.trim(), path).not.toBe('');
      expect(value, path).toBe(value.normalize('NFC'));
    }
  });
});
