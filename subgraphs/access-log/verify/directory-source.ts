import { open } from 'node:fs/promises';
import { join } from 'node:path';
import { SourceUnreadable } from './findings.ts';
import type { LogSource } from './log-source.ts';

/** Reads a log from a folder. Paths are made by us out of numbers, so none leads out of it. */
export function directorySource(folder: string): LogSource {
  return {
    async read(path, mostBytes) {
      const file = join(folder, path);
      try {
        await using handle = await open(file, 'r');
        const { size } = await handle.stat();
        if (size > mostBytes) throw new SourceUnreadable(`${file}: ${size} bytes`);
        return await handle.readFile();
      } catch (error) {
        if (error instanceof SourceUnreadable) throw error;
        const code = error instanceof Error && 'code' in error ? String(error.code) : 'unreadable';
        // ENOTDIR: a tile's file where the folder of its partial ones would be.
        if (code === 'ENOENT' || code === 'ENOTDIR') return null;
        throw new SourceUnreadable(`${file}: ${code}`);
      }
    },
  };
}
