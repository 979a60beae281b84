import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { parseStat } from '../living-processes.ts';
import { parseFileKb, parsePeakKb, readUsage } from './process-usage.ts';

test('a command with spaces and brackets does not shift the fields', () => {
  const stat = '7 (node (a) b) S 1 7 7 0 -1 4194304 100 0 0 0 250 150 9 9 20 0 11 0 1 2 3';
  expect(parseStat(stat)).toEqual({ parent: 1, cpuMs: 4_180 });
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

/** Uses 200 ms of processor time, says so, and ends when it is told to. */
const BUSY = "while (process.cpuUsage().user < 200_000); process.stdout.write('.'); process.stdin.resume();";
/** Begins such a child, tells its number, and tells when it has ended, which it lets it when it is told to. */
const PARENT = `
  const child = require('node:child_process').spawn(process.execPath, ['-e', ${JSON.stringify(BUSY)}]);
  child.stdout.once('data', () => process.stdout.write(String(child.pid)));
  child.once('close', () => process.stdout.write('.'));
  process.stdin.once('data', () => child.stdin.end());
  process.stdin.on('end', () => process.exit());
`;

test('what its children use counts, while they live and afterwards', async () => {
  const parent = spawn(process.execPath, ['-e', PARENT], { stdio: ['pipe', 'pipe', 'inherit'] });
  const pid = parent.pid ?? 0;
  const [child] = (await once(parent.stdout, 'data')) as [Buffer];
  const own = readUsage(Number(String(child)));
  const parentsKb = parsePeakKb(readFileSync(`/proc/${pid}/status`, 'utf8'));
  const whole = readUsage(pid);
  expect(own.cpuMs).toBeGreaterThanOrEqual(100);
  expect(whole.cpuMs).toBeGreaterThanOrEqual(own.cpuMs);
  const beside = whole.peakKb - parentsKb;
  expect(beside).toBeGreaterThanOrEqual(2_000);
  expect(beside).toBeLessThan(own.peakKb);
  parent.stdin.write('.');
  await once(parent.stdout, 'data');
  expect(readUsage(pid).cpuMs).toBeGreaterThanOrEqual(own.cpuMs);
  parent.stdin.end();
  await once(parent, 'close');
});
