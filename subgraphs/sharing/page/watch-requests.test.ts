import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import type { PageRow } from './store.ts';
import { RequestWatch } from './watch-requests.ts';

const rowOf = (handle: string): PageRow => ({ handle }) as PageRow;

describe('the watch over open requests', () => {
  it('looks at all of them in one statement, and at none while no page is open', async () => {
    const looks: (readonly string[])[] = [];
    const watch = new RequestWatch(async (handles) => {
      looks.push(handles);
      return handles.map(rowOf);
    }, 5);
    await sleep(20);
    expect(looks).toEqual([]);
    const told: string[] = [];
    const ends = ['a', 'b', 'b'].map((handle) => watch.watch(handle, (row) => told.push(row.handle)));
    await expect.poll(() => told.slice(0, 3)).toEqual(['a', 'b', 'b']);
    expect(looks[0]).toEqual(['a', 'b']);
    for (const end of ends) end();
    await sleep(20);
    const count = looks.length;
    await sleep(30);
    expect(looks.length).toBe(count);
  });

  it('looks twice a second, so that a change is told within one', async () => {
    vi.useFakeTimers();
    onTestFinished(() => void vi.useRealTimers());
    const told: string[] = [];
    const watch = new RequestWatch(async (handles) => handles.map(rowOf));
    const end = watch.watch('a', (row) => told.push(row.handle));
    await vi.advanceTimersByTimeAsync(3_000);
    expect(told).toEqual(['a', 'a', 'a', 'a', 'a', 'a']);
    end();
    await vi.advanceTimersByTimeAsync(3_000);
    expect(told).toHaveLength(6);
  });

  it('goes on after a look that failed, and does not begin one before the last has ended', async () => {
    let under = 0;
    let most = 0;
    let looks = 0;
    const watch = new RequestWatch(async (handles) => {
      under += 1;
      most = Math.max(most, under);
      await sleep(15);
      under -= 1;
      looks += 1;
      if (looks === 1) throw new TypeError('away');
      return handles.map(rowOf);
    }, 1);
    const told: string[] = [];
    const end = watch.watch('a', (row) => told.push(row.handle));
    await expect.poll(() => told.length).toBeGreaterThan(1);
    end();
    expect(most).toBe(1);
  });
});
