import { open } from 'node:fs/promises';
import { SourceUnreadable, UsageError } from './findings.ts';

/** A line of a file, with its place for people. */
export interface FileLine {
  readonly text: string;
  /** `file:line`, from 1. */
  readonly where: string;
}

/**
 * The lines of a file that are not empty, one at a time: exports of a year do not fit into memory.
 *
 * @throws UsageError where there is no such file; SourceUnreadable
 */
export async function* readLines(path: string): AsyncGenerator<FileLine> {
  let number = 0;
  try {
    await using file = await open(path, 'r');
    for await (const line of file.readLines()) {
      number += 1;
      const text = line.trim();
      if (text !== '') yield { text, where: `${path}:${number}` };
    }
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : null;
    if (code === null) throw error;
    if (code === 'ENOENT') throw new UsageError(path);
    throw new SourceUnreadable(`${path}: ${code}`);
  }
}
