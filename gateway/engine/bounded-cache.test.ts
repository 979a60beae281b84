import { expect, test } from 'vitest';
import { BoundedCache } from './bounded-cache.ts';

test('the least recently used entry goes first, by number and by weight', () => {
  const cache = new BoundedCache<number>(3, 10);
  for (const each of [1, 2, 3]) cache.set(String(each), each, 2);
  cache.get('1');
  cache.set('4', 4, 2);
  expect([1, 2, 3, 4].map((each) => cache.get(String(each)))).toEqual([1, undefined, 3, 4]);
  cache.set('5', 5, 7);
  expect([1, 3, 4, 5].map((each) => cache.get(String(each)))).toEqual([undefined, undefined, 4, 5]);
});

test('an entry heavier than all allowed is kept alone, and replacing one forgets its weight', () => {
  const cache = new BoundedCache<string>(3, 10);
  cache.set('a', 'first', 9);
  cache.set('a', 'second', 1);
  cache.set('b', 'b', 9);
  expect(cache.size).toBe(2);
  cache.set('c', 'c', 50);
  expect([cache.size, cache.get('c')]).toEqual([1, 'c']);
});
