import fc from 'fast-check';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { collectGarbage } from './collect-garbage.ts';
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

test('deadlines of any distance, set at any time and taken back in any order, are told in their own time', () => {
  const wish = fc.record({ after: fc.nat(90_000), ms: fc.nat(200_000), isTakenBack: fc.boolean() });
  fc.assert(
    fc.property(fc.array(wish, { maxLength: 40 }), (wishes) => {
      const deadlines = new Deadlines();
      const told: number[] = [];
      const wanted: number[] = [];
      const begun = performance.now();
      for (const [place, { after, ms, isTakenBack }] of wishes.entries()) {
        setTimeout(() => {
          wanted[place] = performance.now() + ms;
          const deadline = deadlines.set(ms, () => (told[place] = performance.now()));
          if (isTakenBack) setTimeout(() => deadline.clear(), ms / 2);
        }, after);
      }
      vi.advanceTimersByTime(400_000);
      for (const [place, { ms, isTakenBack }] of wishes.entries()) {
        if (isTakenBack) {
          // One of no time at all may be told before it is taken back.
          if (ms > 2) expect(told[place]).toBeUndefined();
          continue;
        }
        expect(told[place]).toBeGreaterThanOrEqual(wanted[place] ?? begun);
        expect((told[place] ?? 0) - (wanted[place] ?? 0)).toBeLessThanOrEqual(11);
      }
      expect(vi.getTimerCount()).toBe(0);
    }),
    { numRuns: 60 },
  );
});

test('a deadline that was taken back, or told, holds on to nothing', async () => {
  vi.useRealTimers();
  const deadlines = new Deadlines();
  const kept: unknown[] = [];
  const held = ((): WeakRef<object>[] =>
    [5, 5_000].map((ms) => {
      const answer = { ms };
      const deadline = deadlines.set(ms, () => void answer.ms);
      if (ms > 5) deadline.clear();
      kept.push(deadline);
      return new WeakRef(answer);
    }))();
  await new Promise((resolve) => setTimeout(resolve, 60));
  collectGarbage();
  expect(held.map((answer) => answer.deref())).toEqual([undefined, undefined]);
  expect(kept).toHaveLength(2);
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
