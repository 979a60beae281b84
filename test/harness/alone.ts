import { mkdir, rmdir } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { SharedSystem } from './global-setup.ts';

const patienceMs = 60_000;

/**
 * Runs work on something of the shared system that no other test file may touch meanwhile, such as the rows of a persona
 * that one file alters and another compares. The mark is a folder: making one is all or nothing, whoever asks.
 */
export async function alone<T>(system: SharedSystem, what: string, work: () => Promise<T>): Promise<T> {
  const mark = join(system.dataFolder, `alone-${what}`);
  const end = performance.now() + patienceMs;
  while (!(await made(mark))) {
    if (performance.now() > end) throw new Error(`${what} was kept by another test for a minute`);
    await sleep(25);
  }
  try {
    return await work();
  } finally {
    await rmdir(mark);
  }
}

async function made(folder: string): Promise<boolean> {
  try {
    await mkdir(folder);
    return true;
  } catch (failure) {
    if ((failure as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw failure;
  }
}
