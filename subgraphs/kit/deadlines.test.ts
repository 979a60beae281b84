import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { Deadlines } from './deadlines.ts';

beforeEach(() => void vi.useFakeTimers({ toFake: ['performance', 'setTimeout', 'clearTimeout'] }));
afterEach(() => void vi.useRealTimers());

test('a deadline is told once, never early and at most a stretch late, whatever others there are', () => {
  const deadlines = new Deadlines();
  const told: [wanted: number, at: number][] = [];
  for (const ms of [500, 3, 77, 78, 2_000, 10, 0])
    deadlines.set(ms, () => told.push([ms, performance.now()]));
  vi.advanceTimersByTime(5_000);
  expect(told).toHaveLength(7);
  for (const [wanted, at] of told) {
    expect(at).toBeGreaterThanOrEqual(wanted);
    expect(at - wanted).toBeLessThanOrEqual(11);
  }
});

test('what was taken back is never told, and leaves nothing behind', () => {
  const deadlines = new Deadlines();
  const late = vi.fn();
  const other = vi.fn();
  deadlines.set(20, late).clear();
  deadlines.set(20, late).clear();
  deadlines.set(21, other);
  vi.advanceTimersByTime(100);
  expect(late).not.toHaveBeenCalled();
  expect(other).toHaveBeenCalledOnce();
  expect(vi.getTimerCount()).toBe(0);
});

test('a deadline that is set while others are told comes in its own time', () => {
  const deadlines = new Deadlines();
  const second = vi.fn();
  deadlines.set(10, () => void deadlines.set(10, second));
  vi.advanceTimersByTime(15);
  expect(second).not.toHaveBeenCalled();
  vi.advanceTimersByTime(20);
  expect(second).toHaveBeenCalledOnce();
});
