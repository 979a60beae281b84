import { describe, expect, it } from 'vitest';
import { keepServed, sweepServed } from './keep-served.ts';
import { RecordingLog } from './testing.ts';

const room = (rows: number, log = new RecordingLog()) => {
  const state = { rows, batches: 0, months: 0 };
  const sweep = async (months: number, most: number): Promise<number> => {
    state.batches += 1;
    state.months = months;
    const gone = Math.min(most, state.rows);
    state.rows -= gone;
    return gone;
  };
  return { state, log, given: { served: { sweep }, months: 13, log } };
};

describe('the retention of served records', () => {
  it('deletes all that is too old, in batches, and tells how much', async () => {
    const { state, log, given } = room(12_000);
    expect(await sweepServed(given, new AbortController().signal)).toBe(12_000);
    expect(state).toEqual({ rows: 0, batches: 3, months: 13 });
    expect(log.lines).toEqual([{ event: 'SERVED_SWEPT', fields: { count: 12_000 } }]);
  });

  it('is silent where nothing is too old', async () => {
    const { state, log, given } = room(0);
    await sweepServed(given, new AbortController().signal);
    expect([state.batches, log.lines]).toEqual([1, []]);
  });

  it('ends between two batches when the service does, and while it waits', async () => {
    const { state, given } = room(50_000);
    const ending = new AbortController();
    const sweep = async (months: number, most: number): Promise<number> => {
      ending.abort();
      return given.served.sweep(months, most);
    };
    await sweepServed({ ...given, served: { sweep } }, ending.signal);
    expect(state.batches).toBe(1);
    await keepServed(given).stop();
    expect(state.batches).toBe(1);
  });
});
