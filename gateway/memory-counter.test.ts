import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { openMemoryCounter } from './memory-counter.ts';

beforeEach(() => void vi.useFakeTimers({ toFake: ['performance'] }));
afterEach(() => void vi.useRealTimers());

test('a key has its number in a window that begins with its first request, and the same again in the next', () => {
  const { take, look } = openMemoryCounter('any', { requests: 2, perSeconds: 10 });
  expect([look('a'), take('a')]).toEqual([0, 0]);
  vi.advanceTimersByTime(4_000);
  expect([look('a'), take('a'), look('a'), take('a')]).toEqual([0, 0, 6_000, 6_000]);
  expect(take('b')).toBe(0);
  vi.advanceTimersByTime(5_999);
  expect(take('a')).toBe(1);
  vi.advanceTimersByTime(1);
  expect([take('a'), take('a'), take('a')]).toEqual([0, 0, 10_000]);
  expect(take('b')).toBe(0);
});

test('looking counts nothing', () => {
  const { take, look } = openMemoryCounter('any', { requests: 1, perSeconds: 10 });
  for (let times = 0; times < 5; times += 1) expect(look('a')).toBe(0);
  expect(take('a')).toBe(0);
});

test('a number of none lets nothing pass', () => {
  expect(openMemoryCounter('any', { requests: 0, perSeconds: 1 }).take('a')).toBe(1_000);
});
