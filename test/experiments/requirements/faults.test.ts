import { mkdirSync, readFileSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { TemporaryFolders } from '../../harness/temporary-folders.ts';
import { readFaults } from '../broken-requirements.ts';
import { faultComplaint, withFault } from './fault.ts';
import type { Fault } from './fault.ts';
import { provingFiles } from './proving-files.ts';
import { TreeCopy } from './tree-copy.ts';

const root = join(import.meta.dirname, '../../..');
const faults = readFaults();
const folders = new TemporaryFolders();
afterAll(() => folders.remove());

function textOf(path: string): string | null {
  try {
    return readFileSync(join(root, path), 'utf8');
  } catch {
    return null;
  }
}

describe('the faults', () => {
  it('can all be planted: what each replaces stands in its file, once', () => {
    expect(faults.flatMap((fault) => faultComplaint(textOf(fault.file), fault) ?? [])).toEqual([]);
  });

  it('are of requirements that some test names', () => {
    const proving = provingFiles(root);
    expect(faults.filter(({ number }) => !proving.has(number))).toEqual([]);
  });

  it('are forty requirements and more, every deadline and every error case among them', () => {
    const rowsOf = (kind?: Fault['kind']): string[] => [
      ...new Set(
        faults.filter((fault) => kind === undefined || fault.kind === kind).map(({ number }) => number),
      ),
    ];
    expect(rowsOf().length).toBeGreaterThanOrEqual(40);
    expect(rowsOf('deadline')).toEqual(['R104', 'R105', 'R106', 'R107', 'R108', 'R109']);
    for (const number of ['R97', 'R100', 'R79', 'R81', 'R82', 'R101', 'R67', 'R68', 'R99'])
      expect(rowsOf('error case')).toContain(number);
  });
});

describe('a fault', () => {
  const fault: Fault = { number: 'R1', what: 'all is lost', file: 'room/a.ts', from: 'one', to: '$& two' };

  it.each([
    ['is not there', null],
    ['stands 0 times', 'another'],
    ['stands 2 times', 'one one'],
  ])('that cannot be planted is told: %s', (said, text) => {
    expect(faultComplaint(text, fault)).toContain(said);
    expect(() => withFault(text ?? '', fault)).toThrow('R1');
  });

  it('is planted as it is written, whatever signs stand in it', () => {
    expect(withFault('a one b', fault)).toBe('a $& two b');
    expect(faultComplaint('one', { ...fault, to: 'one' })).toContain('changes nothing');
  });

  describe('in a copy', () => {
    let [tree, copy]: [string, TreeCopy | null] = ['', null];
    const read = (folder: string, path: string): string => readFileSync(join(folder, path), 'utf8');

    beforeAll(async () => {
      tree = await folders.make();
      for (const folder of ['room', 'node_modules/a', '.data', '.git'])
        mkdirSync(join(tree, folder), { recursive: true });
      for (const path of ['room/a.ts', 'node_modules/a/b.js', '.data/x', '.git/x'])
        writeFileSync(join(tree, path), 'one');
      symlinkSync('../room', join(tree, 'node_modules/room'));
      copy = new TreeCopy(tree, join(await folders.make(), 'copy'));
    });

    it('stands there alone and as long as it is worked with, however that ends', async () => {
      const { folder } = copy ?? expect.unreachable('a copy');
      await copy?.with(fault, async () => {
        expect([read(folder, 'room/a.ts'), read(folder, 'node_modules/room/a.ts')]).toEqual([
          '$& two',
          '$& two',
        ]);
        expect(read(tree, 'room/a.ts')).toBe('one');
      });
      await expect(copy?.with(fault, () => Promise.reject(new TypeError('x')))).rejects.toThrow('x');
      expect(read(folder, 'room/a.ts')).toBe('one');
    });

    it('shares nothing with the tree but installed packages, and has nothing of what runs leave', () => {
      const { folder } = copy ?? expect.unreachable('a copy');
      const inode = (base: string, path: string): number => statSync(join(base, path)).ino;
      expect(inode(folder, 'node_modules/a/b.js')).toBe(inode(tree, 'node_modules/a/b.js'));
      expect(inode(folder, 'room/a.ts')).not.toBe(inode(tree, 'room/a.ts'));
      for (const path of ['.data', '.git']) expect(() => statSync(join(folder, path))).toThrow('ENOENT');
    });

    it('is planted in what was changed since as little as in what is not there', async () => {
      writeFileSync(join(tree, 'room/a.ts'), 'another');
      copy?.renew('room');
      await expect(copy?.with(fault, () => Promise.resolve())).rejects.toThrow('0 times');
    });
  });
});
