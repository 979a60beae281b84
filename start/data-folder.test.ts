import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, onTestFinished } from 'vitest';
import { takeDataFolder } from './data-folder.ts';

let folder = '';
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'dinhdanh-folder-'));
});
afterEach(() => rm(folder, { recursive: true }));

function bystander(): ChildProcess & { readonly pid: number } {
  const child = spawn('sleep', ['60'], { stdio: 'ignore' });
  onTestFinished(() => void child.kill('SIGKILL'));
  if (child.pid === undefined) throw new TypeError('sleep could not be started');
  return child as ChildProcess & { pid: number };
}

const holder = async (): Promise<unknown> => JSON.parse(await readFile(join(folder, 'running.json'), 'utf8'));

describe('a data folder', () => {
  it('is held by one at a time and free again when released', async () => {
    const first = await takeDataFolder(join(folder, 'some', 'where'));
    await expect(takeDataFolder(join(folder, 'some', 'where'))).rejects.toThrow(
      new RegExp(`already runs on \\S+where \\(process ${process.pid}\\): stop it first`),
    );
    await first.release();
    expect(await readdir(join(folder, 'some', 'where'))).toEqual([]);
    await (await takeDataFolder(join(folder, 'some', 'where'))).release();
  });

  it('goes to one of many who want it at the same time', async () => {
    const attempts = await Promise.allSettled(Array.from({ length: 8 }, () => takeDataFolder(folder)));
    expect(attempts.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    expect(await readdir(folder)).toEqual(['running.json']);
  });

  it('goes to one of many also when the last holder has died', async () => {
    await writeFile(join(folder, 'running.json'), JSON.stringify({ pid: 4_194_305, bornAt: null }));
    const attempts = await Promise.allSettled(Array.from({ length: 8 }, () => takeDataFolder(folder)));
    expect(attempts.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    expect(await readdir(folder)).toEqual(['running.json']);
  });

  it('of a process that died is taken over', async () => {
    const child = bystander();
    await writeFile(join(folder, 'running.json'), JSON.stringify({ pid: child.pid, bornAt: null }));
    await expect(takeDataFolder(folder)).rejects.toThrow(`(process ${child.pid})`);
    child.kill('SIGKILL');
    await once(child, 'close');
    await takeDataFolder(folder);
    expect(await holder()).toMatchObject({ pid: process.pid });
  });

  it('of a process whose number another one bears now is taken over', async () => {
    const child = bystander();
    await writeFile(join(folder, 'running.json'), JSON.stringify({ pid: child.pid, bornAt: '1' }));
    await takeDataFolder(folder);
    expect(await holder()).toMatchObject({ pid: process.pid });
  });

  it.each(['', '{', '[]', '{"pid":"x"}'])(
    'with a note that says nothing (%s) is taken over',
    async (note) => {
      await writeFile(join(folder, 'running.json'), note);
      await takeDataFolder(folder);
      expect(await holder()).toMatchObject({ pid: process.pid });
    },
  );
});
