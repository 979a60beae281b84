import { errorCodes } from '@dinhdanh/kit';
import { publicSchema, readSupergraph } from '@dinhdanh/schema';
import { assertObjectType } from 'graphql';
import { describe, expect, it } from 'vitest';
import { errorCodes as ours } from '../api/error-codes.ts';
import { languages } from '../format/language.ts';
import { catalogues } from './catalogues.ts';

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

describe('the catalogues', () => {
  it('say the same things in every language', () => {
    const [first, ...others] = languages.map((language) => placesOf(catalogues[language]).toSorted());
    for (const other of others) expect(other).toEqual(first);
  });

  it.each(languages)('leave nothing unsaid in %s', (language) => {
    const silent = sentencesOf(catalogues[language]).filter(([, text]) => text.trim() === '');
    expect(silent.map(([path]) => path)).toEqual(['.person.birthPartial.day']);
  });

  it('have words for every code of the contract, and for no others but our own', () => {
    expect([...ours].toSorted()).toEqual([...errorCodes].toSorted());
    for (const language of languages) {
      expect(Object.keys(catalogues[language].errors).toSorted()).toEqual(
        [...errorCodes, 'UNREACHABLE'].toSorted(),
      );
    }
  });

  it('have words for every reason of the contract to stop a consent', () => {
    const consent = assertObjectType(publicSchema(readSupergraph()).getType('Consent'));
    const told = consent.getFields()['stopReason']?.description?.match(/\b[A-Z]{4,}\b/g) ?? [];
    expect(told).toContain('LOCKED');
    for (const language of languages) {
      expect(Object.keys(catalogues[language].consents.stopReasons).toSorted()).toEqual(told.toSorted());
    }
  });

  it.each([
    [
      'vi',
      'dữ liệu không dây',
      ['cài đặt', 'ô vuông', 'giữa phía trên mặt sau', 'giữ yên', 'từ trên xuống dưới'],
      'Rê thẻ',
    ],
    [
      'en',
      'without wires',
      ['settings', 'square', 'top centre of the back', 'still', 'from top to bottom'],
      'Move it slowly',
    ],
  ] as const)(
    'R77 R78 R79 R80 R81 R82 R83: tell what NFC is, where the chip is held and what helps, in %s',
    (language, what, guide, help) => {
      const { chip } = catalogues[language].registration;
      expect(chip.what).toContain('NFC');
      expect(chip.whatBody).toContain(what);
      for (const [place, said] of guide.entries()) expect(chip.guide[place]).toContain(said);
      expect(chip.faults.NFC_OFF).toContain('NFC');
      expect(chip.faults.NFC_NOT_FOUND).toContain(help);
      expect(chip.understood).not.toBe(chip.start);
    },
  );

  it('are written in composed letters, so that they are found by searching', () => {
    for (const language of languages) {
      for (const [path, text] of sentencesOf(catalogues[language])) {
        expect(text, path).toBe(text.normalize('NFC'));
      }
    }
  });
});
