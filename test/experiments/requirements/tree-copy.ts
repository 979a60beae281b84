import {
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
 * A copy of the whole tree by hard links: no file is copied, and none is written to. A fault takes the place of its file
 * in the copy alone; the tree that was copied is never touched.
 */
export class TreeCopy {
  readonly #tree: string;
  readonly folder: string;

  constructor(tree: string, folder: string) {
    this.#tree = tree;
    this.folder = folder;
    rmSync(folder, { recursive: true, force: true });
    this.#link('');
  }

  /** Does something while a fault stands in the copy. */
  async with<Result>(fault: Fault, work: () => Promise<Result>): Promise<Result> {
    const path = join(this.folder, fault.file);
    const broken = withFault(readFileSync(path, 'utf8'), fault);
    // A link is taken away first: written to, it would write to the tree.
    rmSync(path);
    writeFileSync(path, broken);
    try {
      return await work();
    } finally {
      this.renew(fault.file);
    }
  }

  /** Makes a file or folder what it is in the tree. */
  renew(path: string): void {
    rmSync(join(this.folder, path), { recursive: true, force: true });
    this.#link(path);
  }

  remove(): void {
    rmSync(this.folder, { recursive: true, force: true });
  }

  #link(path: string): void {
    const [from, to] = [join(this.#tree, path), join(this.folder, path)];
    if (!statSync(from).isDirectory()) {
      linkSync(from, to);
      return;
    }
    mkdirSync(to, { recursive: true });
    for (const entry of readdirSync(from, { withFileTypes: true })) {
      if (LEFT_OUT.has(entry.name)) continue;
      const inner = join(path, entry.name);
      if (entry.isDirectory()) this.#link(inner);
      else if (entry.isSymbolicLink())
        symlinkSync(readlinkSync(join(this.#tree, inner)), join(this.folder, inner));
      else if (entry.isFile()) linkSync(join(this.#tree, inner), join(this.folder, inner));
    }
  }
}
