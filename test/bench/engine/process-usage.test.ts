import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { expect, test } from 'vitest';
import { parseCpuMs, parseFileKb, parseParent, parsePeakKb, readUsage } from './process-usage.ts';

test('a command with spaces and brackets does not shift the fields', () => {
  const stat = '7 (node (a) b) S 1 7 7 0 -1 4194304 100 0 0 0 250 150 9 9 20 0 11 0 1 2 3';
  expect(parseCpuMs(stat)).toBe(4_180);
  expect(parseParent(stat)).toBe(1);
});

test('the peak is what was held at most, not what is held now', () => {
  expect(parsePeakKb('VmPeak:\t  900 kB\nVmHWM:\t  512 kB\nVmRSS:\t  300 kB\n')).toBe(512);
  expect(parsePeakKb('Name:\tnode\n')).toBeNaN();
  expect(parseFileKb('RssAnon:\t  200 kB\nRssFile:\t  100 kB\n')).toBe(100);
});

test('the process that asks is found', () => {
  const { cpuMs, peakKb } = readUsage(process.pid);
  expect(cpuMs).toBeGreaterThan(0);
  expect(peakKb).toBeGreaterThan(1_000);
});

test('what its children use counts, while they live and afterwards', async () => {
  const before = readUsage(process.pid);
  const code =
    "while (process.cpuUsage().user < 200_000); process.stdout.write('.'); process.stdin.resume();";
  const child = spawn(process.execPath, ['-e', code], { stdio: ['pipe', 'pipe', 'inherit'] });
  await once(child.stdout, 'data');
  const during = readUsage(process.pid);
  const [own, whole] = [readUsage(child.pid ?? 0), during.peakKb - before.peakKb];
  expect(own.cpuMs).toBeGreaterThanOrEqual(100);
  expect(whole).toBeGreaterThanOrEqual(10_000);
  expect(whole).toBeLessThan(own.peakKb + during.peakKb);
  child.stdin.end();
  await once(child, 'close');
  expect(readUsage(process.pid).cpuMs - before.cpuMs).toBeGreaterThanOrEqual(own.cpuMs);
});
