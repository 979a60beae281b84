import { accessHistory } from '@dinhdanh/people';
import type { PastReading } from '@dinhdanh/people';
import { beforeAll, describe, expect, it } from 'vitest';
import { claimWords } from '../format/claims.ts';
import { languages } from '../format/language.ts';
import { formatStatute } from '../format/statute.ts';
import { catalogues } from '../texts/catalogues.ts';

/** Everything that a year of the synthetic history says of a few hundred people. */
let history: readonly PastReading[];
beforeAll(() => {
  const persons = Array.from({ length: 300 }, (_, number) => ({
    number: String(97_190_000_000 + number).padStart(12, '0'),
    level: 2 as const,
    isCast: number < 20,
    wards: number % 7 === 0 ? [String(97_220_000_000 + number).padStart(12, '0')] : [],
  }));
  history = [...accessHistory({ persons, seed: 'words', until: '2026-11-21', days: 365 })];
});

function every<Value>(of: (reading: PastReading) => Value): readonly Value[] {
  return [...new Set(history.map(of))];
}

describe.each(languages)('all that the synthetic history tells has words (%s)', (language) => {
  const texts = catalogues[language];

  it('every purpose', () => {
    const purposes = every(({ purpose }) => purpose);
    expect(purposes.length).toBeGreaterThan(8);
    expect(purposes.filter((purpose) => !Object.hasOwn(texts.access.purposes, purpose))).toEqual([]);
  });

  it('every claim', () => {
    const claims = new Set(history.flatMap((reading) => reading.claims));
    const unexplained = claimWords([...claims], texts, language).filter(
      ({ explanation }) => explanation === null,
    );
    expect([claims.size > 10, unexplained]).toEqual([true, []]);
  });

  it('every legal basis, source and refusal', () => {
    for (const basis of every(({ legalBasis }) => legalBasis))
      expect(formatStatute(basis, language)).toMatch(/^(Luật|Nghị định|Law|Decree) \d/);
    for (const source of new Set(history.flatMap(({ sources }) => sources)))
      expect(Object.keys(texts.agencies)).toContain(source);
    const refusals = every(({ refusal }) => refusal).filter((refusal) => refusal !== null);
    for (const refusal of refusals) expect(Object.keys(texts.refusals)).toContain(refusal);
  });
});
