import { mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { KeyFolder } from './keys.ts';

let folder = '';
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'dinhdanh-keys-'));
});
afterEach(() => rm(folder, { recursive: true }));

describe('a key', () => {
  it('is made once and stays, for its owner’s eyes alone', async () => {
    const key = await new KeyFolder(folder).key('vehicles.caller');
    expect(key).toHaveLength(32);
    expect(await new KeyFolder(folder).key('vehicles.caller')).toEqual(key);
    expect(await new KeyFolder(folder).key('accounts.caller')).not.toEqual(key);
    expect((await stat(join(folder, 'keys'))).mode & 0o777).toBe(0o700);
    expect((await stat(join(folder, 'keys', 'vehicles.caller.key'))).mode & 0o777).toBe(0o600);
  });

  it('is one key, however many ask for it at once, and no half of one is left', async () => {
    const keys = await Promise.all(Array.from({ length: 20 }, () => new KeyFolder(folder).key('one')));
    expect(new Set(keys.map((key) => key.toString('hex'))).size).toBe(1);
    expect(await readdir(join(folder, 'keys'))).toEqual(['one.key']);
  });

  it('that is damaged is not replaced: the file is named and what to do', async () => {
    const keys = new KeyFolder(folder);
    await keys.key('one');
    const file = join(folder, 'keys', 'one.key');
    await writeFile(file, 'short');
    await expect(keys.key('one')).rejects.toThrow(`The key file ${file} is damaged: put it back from a copy`);
    expect(await readFile(file, 'utf8')).toBe('short');
  });

  it('that cannot be read is told of with the reason', async () => {
    await writeFile(join(folder, 'keys'), 'no folder');
    await expect(new KeyFolder(folder).key('one')).rejects.toThrow(
      /one\.key cannot be read \(E[A-Z]+\): make it/,
    );
  });
});
