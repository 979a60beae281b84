import {
  constants,
  copyFileSync,
  linkSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { withFault } from './fault.ts';
import type { Fault } from './fault.ts';

/** What is made by running and belongs to no tree. */
const LEFT_OUT = new Set(['.git', '.data', '.turbo', '.vite', '.vite-temp', '.vitest-cache', '.cache']);

/**
 * A copy of the whole tree: installed packages by hard links, since nobody writes to them, all else file by file, so that
 * whoever goes on working in the tree changes nothing in the copy. A fault takes the place of its file in the copy alone;
 * the tree that was copied is never written to.
 */
export class TreeCopy {
  readonly #tree: string;
  readonly folder: string;

  constructor(tree: string, folder: string) {
    this.#tree = tree;
    this.folder = folder;
    this.renew('');
  }

  /** Does something while a fault stands in the copy. */
  async with<Result>(fault: Fault, work: () => Promise<Result>): Promise<Result> {
    const path = join(this.folder, fault.file);
    const text = readFileSync(path, 'utf8');
    const broken = withFault(text, fault);
    // Taken away first: what is a link would be written to in the tree.
    rmSync(path);
    writeFileSync(path, broken);
    try {
      return await work();
    } finally {
      writeFileSync(path, text);
    }
  }

  /** Does something while a file is missing from the copy. */
  async without<Result>(path: string, work: () => Promise<Result>): Promise<Result> {
    rmSync(join(this.folder, path));
    try {
      return await work();
    } finally {
      this.renew(path);
    }
  }

  /** Makes a file or folder what it is in the tree. */
  renew(path: string): void {
    rmSync(join(this.folder, path), { recursive: true, force: true });
    this.#copy(path);
  }

  remove(): void {
    rmSync(this.folder, { recursive: true, force: true });
  }

  #copy(path: string): void {
    const [from, to] = [join(this.#tree, path), join(this.folder, path)];
    if (!statSync(from).isDirectory()) {
      this.#copyFile(path);
      return;
    }
    mkdirSync(to, { recursive: true });
    for (const entry of readdirSync(from, { withFileTypes: true })) {
      if (LEFT_OUT.has(entry.name)) continue;
      const inner = join(path, entry.name);
      if (entry.isDirectory()) this.#copy(inner);
      else if (entry.isSymbolicLink())
        symlinkSync(readlinkSync(join(from, entry.name)), join(to, entry.name));
      else if (entry.isFile()) this.#copyFile(inner);
    }
  }

  #copyFile(path: string): void {
    const [from, to] = [join(this.#tree, path), join(this.folder, path)];
    if (path.split('/').includes('node_modules')) linkSync(from, to);
    else copyFileSync(from, to, constants.COPYFILE_FICLONE);
  }
}
