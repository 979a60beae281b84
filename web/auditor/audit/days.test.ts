import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { gridOf, lastDays, spansOf } from './days.ts';

describe('days of a chart', () => {
  it('days without readings are there, days outside are not', () => {
    const counts = [
      { label: '2026-02-27', count: 3 },
      { label: '2026-03-01', count: 4 },
      { label: '2026-04-01', count: 9 },
    ];
    expect(spansOf(counts, { from: '2026-02-27', to: '2026-03-01' })).toEqual([
      { from: '2026-02-27', to: '2026-02-27', count: 3 },
      { from: '2026-02-28', to: '2026-02-28', count: 0 },
      { from: '2026-03-01', to: '2026-03-01', count: 4 },
    ]);
  });

  it('a long time is told by weeks, and nothing is lost', () => {
    const range = { from: '2025-11-22', to: '2026-11-21' };
    const counts = spansOf([], range).map(({ from }) => ({ label: from, count: 2 }));
    const spans = spansOf(counts, range);
    expect(spans).toHaveLength(53);
    expect(spans[0]).toMatchObject({ from: '2025-11-22', to: '2025-11-28' });
    expect(spans.at(-1)?.to).toBe('2026-11-21');
    expect(spans.reduce((sum, { count }) => sum + count, 0)).toBe(53 * 2);
  });

  it('the last days end today', () => {
    expect(lastDays('2026-03-01', 7)).toEqual({ from: '2026-02-23', to: '2026-03-01' });
  });

  it('lines behind a chart are few, whole, and reach above the largest', () => {
    expect(gridOf(46)).toEqual([20, 40, 60]);
    expect(gridOf(0)).toEqual([1]);
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 10_000_000 }), (largest) => {
        const lines = gridOf(largest);
        expect(lines.length).toBeLessThanOrEqual(5);
        expect(lines.every((line) => Number.isInteger(line))).toBe(true);
        expect(lines.at(-1)).toBeGreaterThanOrEqual(largest);
      }),
    );
  });
});
