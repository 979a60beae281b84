import { expect, it } from 'vitest';
import { ageBandOf, portrait } from './portrait.ts';

it('gives the same picture for the same seed and another for another', () => {
  const one = portrait({ seed: 'a', sex: 'FEMALE', ageBand: 'ADULT' });
  expect(portrait({ seed: 'a', sex: 'FEMALE', ageBand: 'ADULT' })).toBe(one);
  const pictures = new Set(
    Array.from({ length: 200 }, (_, n) => portrait({ seed: `p${n}`, sex: 'MALE', ageBand: 'ADULT' })),
  );
  expect(pictures.size).toBeGreaterThan(150);
});

it('says in the picture that it is synthetic, holds no script and no link, and stays small', () => {
  for (const sex of ['MALE', 'FEMALE', 'UNSPECIFIED'] as const)
    for (const ageBand of ['CHILD', 'ADULT', 'ELDER'] as const) {
      const svg = portrait({ seed: '"><script>', sex, ageBand });
      expect(svg).toMatch(/^<svg [^>]*>.*dữ liệu giả lập · synthetic.*<\/svg>$/su);
      expect(svg).not.toMatch(/script|href|NaN|undefined/u);
      expect(Buffer.byteLength(svg)).toBeLessThan(3000);
    }
});

it.each([
  [13, 'CHILD'],
  [14, 'ADULT'],
  [60, 'ELDER'],
] as const)('at %i the band is %s', (age, band) => {
  expect(ageBandOf(age)).toBe(band);
});
