import { describe, expect, it } from 'vitest';
import { Random } from '../experiments/access-log/random.ts';
import { compareSamples } from './two-samples.ts';

const random = new Random('two samples');
const dice = (): number => random.next();
/** Times as a service’s are: most alike, some much longer. */
const times = (count: number, more = 0): number[] =>
  Array.from({ length: count }, () => 20 + more - 4 * Math.log(1 - dice()));

describe('two rows of times', () => {
  it('that come of the same are seldom told apart: of twenty-five pairs hardly one at one in a hundred', () => {
    const pairs = Array.from({ length: 25 }, () => compareSamples(times(80), times(80), dice));
    expect(pairs.filter(({ p }) => p < 0.01).length).toBeLessThanOrEqual(3);
    const outside = pairs.filter(({ interval: [low, high] }) => low > 0 || high < 0);
    expect(outside.length).toBeLessThanOrEqual(4);
  });

  it('of which one takes two longer are told apart, and by how much', () => {
    const { p, medianDifference, interval } = compareSamples(times(400), times(400, 2), dice);
    expect(p).toBeLessThan(1e-6);
    expect(interval[0]).toBeGreaterThan(0.5);
    expect(interval[1]).toBeLessThan(3.5);
    expect(medianDifference).toBeGreaterThan(1);
  });

  it('are as far apart as their distributions: half of one below all of the other is a half', () => {
    expect(compareSamples([1, 2, 3, 4], [3, 4, 3, 4], dice).distance).toBe(0.5);
    expect(compareSamples([1, 2], [1, 2], dice)).toMatchObject({ distance: 0, p: 1, medianDifference: 0 });
    expect(compareSamples([1, 2], [8, 9], dice)).toMatchObject({ distance: 1, medianDifference: 7 });
  });
});
