import { describe, expect, it } from 'vitest';
import { decidesAlone, needsOwnYes } from './ward-age.ts';

describe('a ward', () => {
  it.each([
    ['2019-11-22', '2026-11-21', false],
    ['2019-11-22', '2026-11-22', true],
    ['2008-11-23', '2026-11-22', true],
    ['2008-11-22', '2026-11-22', false],
    ['2019', '2026-01-01', true],
    ['2008', '2026-06-01', true],
    ['1940', '2026-06-01', false],
  ])('born %s is asked on %s: %s', (born, today, asked) => {
    expect(needsOwnYes(born, today)).toBe(asked);
  });

  it('of full age for certain decides alone', () => {
    expect(decidesAlone('2008-11-22', '2026-11-22')).toBe(true);
    expect(decidesAlone('2008-11-23', '2026-11-22')).toBe(false);
    expect(decidesAlone('2008', '2026-11-22')).toBe(false);
  });
});
