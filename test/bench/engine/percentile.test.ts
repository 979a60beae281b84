import { expect, test } from 'vitest';
import { median, percentile } from './percentile.ts';

test.each([
  [0.5, 5],
  [0.99, 10],
  [0.1, 1],
  [0, 1],
  [1, 10],
])('the nearest rank at %f of one to ten is %i', (share, value) => {
  expect(percentile([1, 2, 3, 4, 5, 6, 7, 8, 9, 10], share)).toBe(value);
});

test('the median does not depend on the order', () => {
  expect(median([9, 1, 5])).toBe(5);
  expect(median([9, 1, 5, 6])).toBe(5.5);
  expect(median([])).toBeNaN();
});
