import { randomBytes } from 'node:crypto';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

/** Symmetric keys of this installation, 32 bytes each, in files of mode 0600, made at the first start. */
export class KeyFolder {
  readonly #folder: string;

  constructor(dataFolder: string) {
    this.#folder = join(dataFolder, 'keys');
  }

  /** The key of a name, made if it is not there yet. What its thief gains stands in `docs/threats.md`. */
  async key(name: string): Promise<Buffer> {
    const file = join(this.#folder, `${name}.key`);
    await mkdir(this.#folder, { recursive: true, mode: 0o700 });
    try {
      await writeFile(file, randomBytes(32).toString('base64url'), { mode: 0o600, flag: 'wx' });
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    }
    return Buffer.from((await readFile(file, 'utf8')).trim(), 'base64url');
  }
}
