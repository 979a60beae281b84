import { expect, test } from 'vitest';
import { parseCpuMs, parsePeakKb, readUsage } from './process-usage.ts';

test('a command with spaces and brackets does not shift the fields', () => {
  const stat = '7 (node (a) b) S 1 7 7 0 -1 4194304 100 0 0 0 250 150 9 9 20 0 11 0 1 2 3';
  expect(parseCpuMs(stat)).toBe(4_000);
});

test('the peak is what was held at most, not what is held now', () => {
  expect(parsePeakKb('VmPeak:\t  900 kB\nVmHWM:\t  512 kB\nVmRSS:\t  300 kB\n')).toBe(512);
  expect(parsePeakKb('Name:\tnode\n')).toBeNaN();
});

test('the process that asks is found', () => {
  const { cpuMs, peakKb } = readUsage(process.pid);
  expect(cpuMs).toBeGreaterThan(0);
  expect(peakKb).toBeGreaterThan(1_000);
});
