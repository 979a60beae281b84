import { createHmac, hkdfSync } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { Pseudonyms } from './pseudonyms.ts';

const master = Buffer.alloc(32, 1);
const pseudonyms = new Pseudonyms(master);

describe('a pseudonym', () => {
  it('is the HMAC of the number under a key that follows from master and year', () => {
    const key = Buffer.from(hkdfSync('sha256', master, '', 'pseudonym 2026', 32));
    const expected = createHmac('sha256', key).update('097188000101').digest('base64url');
    expect(pseudonyms.of('097188000101', 2026)).toBe(expected);
  });

  it('is pinned: entries of years ago must be found under it for ever', () => {
    expect(pseudonyms.of('097188000101', 2026)).toMatchInlineSnapshot(
      `"f4AubKsU8FC8FZlhkW2u2nZx3rwixYY74EkiMDcerR4"`,
    );
  });

  it('is another for another number, another year, another master, in whatever order they are asked for', () => {
    const other = new Pseudonyms(Buffer.alloc(32, 2));
    const all = [
      pseudonyms.of('097188000101', 2026),
      pseudonyms.of('097188000101', 2027),
      pseudonyms.of('097188000102', 2027),
      pseudonyms.of('097188000102', 2026),
      other.of('097188000101', 2026),
    ];
    expect(new Set(all).size).toBe(5);
    expect(pseudonyms.of('097188000101', 2026)).toBe(all[0]);
    expect(pseudonyms.of('097188000101', 2026)).toBe(all[0]);
  });

  it('is looked for under every number and year', () => {
    expect(pseudonyms.pseudonymsOf(['097188000101', '097188000102'], [2025, 2026])).toEqual([
      { name: pseudonyms.of('097188000101', 2025), year: 2025 },
      { name: pseudonyms.of('097188000102', 2025), year: 2025 },
      { name: pseudonyms.of('097188000101', 2026), year: 2026 },
      { name: pseudonyms.of('097188000102', 2026), year: 2026 },
    ]);
  });
});
