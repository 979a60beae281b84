import { expect, test } from 'vitest';
import { ByteRuns } from './byte-runs.ts';

/** Which of the next runs read bytes, each ending as told. */
function next(runs: ByteRuns, count: number, hasStayed: boolean): boolean[] {
  return Array.from({ length: count }, () => {
    const isInBytes = runs.next() !== null;
    if (isInBytes) runs.tellEnd(hasStayed, 100);
    return isInBytes;
  });
}

test('answers are parsed until a run brought long ones', () => {
  const runs = new ByteRuns([], 1000);
  runs.tellLength(999);
  expect(runs.next()).toBeNull();
  runs.tellLength(1000);
  expect(runs.next()).toEqual([]);
});

test('after runs that had to parse, ever longer, bytes are not tried; a run that stays in bytes ends that', () => {
  const runs = new ByteRuns([], 0);
  const tried = next(runs, 200, false).flatMap((isInBytes, at) => (isInBytes ? [at] : []));
  expect(tried).toEqual([0, 2, 5, 10, 19, 36, 69, 134]);
  const left = next(runs, 2000, true).filter((isInBytes) => !isInBytes).length;
  expect(left).toBeLessThanOrEqual(128);
  expect(next(runs, 2, false)).toEqual([true, false]);
  expect(next(runs, 2, true)).toEqual([true, true]);
  expect(runs.largest).toBe(100);
});
