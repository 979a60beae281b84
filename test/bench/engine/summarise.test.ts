import { expect, test } from 'vitest';
import { printTable } from './print-table.ts';
import type { GatewayRun } from './run-workload.ts';
import { summarise } from './summarise.ts';
import type { Measured } from './wire-orders.ts';

const round: Measured = {
  answered: 100,
  perSecond: 1_000,
  p50Ms: 10,
  p99Ms: 20,
  cpuMsEach: 1,
  busy: 0.99,
  peakKb: 102_400,
  askedEach: 6,
  unknown: 0,
  wrong: 0,
};
const run = (gateway: string, ...rounds: Partial<Measured>[]): GatewayRun => ({
  gateway,
  checked: { sameAnswer: true, different: [], bytes: 1 },
  rounds: rounds.map((changed) => ({ ...round, ...changed })),
});
const fast = { delayMs: 0 };

test('figures are medians over the rounds, the peak is the highest, and each is told in ours', () => {
  const rows = summarise(fast, [
    run('ours', {}, {}, {}),
    run('peer', { cpuMsEach: 7 }, { cpuMsEach: 9, peakKb: 204_800 }, { cpuMsEach: 8 }),
  ]);
  expect(rows[1]).toMatchObject({
    cpuMsEach: 8,
    peakMb: 200,
    flaws: [],
    toOurs: { cpuMsEach: 8, peakMb: 2, p50Ms: 1 },
  });
});

test('one idle round keeps a row from counting, but where the subgraphs set the pace', () => {
  const idle = [run('ours', {}, { busy: 0.94 })];
  expect(summarise(fast, idle)[0]?.flaws).toEqual(['core not busy']);
  expect(summarise({ delayMs: 20 }, idle)[0]?.flaws).toEqual([]);
});

test('another answer, a wrong one and a request that was not replayed keep a row from counting', () => {
  const other = {
    ...run('peer', { wrong: 1 }, { unknown: 2 }),
    checked: { sameAnswer: false, different: [], bytes: 1 },
  };
  expect(summarise(fast, [other])[0]?.flaws).toEqual([
    'answers otherwise',
    '1 wrong answers',
    '2 requests that could not be replayed',
  ]);
});

test('the table has a row for each gateway and as many cells as its head', () => {
  const lines = printTable('a', summarise(fast, [run('peer', {})])).split('\n');
  const cells = lines.filter((line) => line.startsWith('|')).map((line) => line.split('|').length);
  expect(cells).toHaveLength(3);
  expect(new Set(cells).size).toBe(1);
});
