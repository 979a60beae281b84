import { randomBytes } from 'node:crypto';
import { link, mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { StartError } from './start-error.ts';

const KEY_BYTES = 32;

/** Symmetric keys of this installation, 32 bytes each, in files of mode 0600, made at the first start. */
export class KeyFolder {
  readonly #folder: string;

  constructor(dataFolder: string) {
    this.#folder = join(dataFolder, 'keys');
  }

  /**
   * The key of a name, made if it is not there yet. What its thief gains stands in `docs/threats.md`.
   *
   * @throws StartError when the file cannot be read or holds no key
   */
  async key(name: string): Promise<Buffer> {
    const file = join(this.#folder, `${name}.key`);
    const text = await secretIn(file, () => randomBytes(KEY_BYTES).toString('base64url'));
    const key = Buffer.from(text, 'base64url');
    if (key.length >= KEY_BYTES) return key;
    throw new StartError(
      `The key file ${file} is damaged: put it back from a copy, or delete it on every machine that has it to have a new one made.`,
    );
  }
}

/**
 * The secret in a file of mode 0600, made if there is none: whole or not at all, and never over one that is there.
 *
 * @throws StartError when the file cannot be made or read
 */
export async function secretIn(file: string, make: () => string): Promise<string> {
  const folder = join(file, '..');
  try {
    await mkdir(folder, { recursive: true, mode: 0o700 });
    const known = await readFile(file, 'utf8').catch(() => null);
    if (known !== null) return known.trim();
    const fresh = `${file}.${randomBytes(6).toString('hex')}`;
    await writeFile(fresh, make(), { mode: 0o600, flag: 'wx' });
    await link(fresh, file).catch((error: NodeJS.ErrnoException) => {
      if (error.code !== 'EEXIST') throw error;
    });
    await rm(fresh);
    return (await readFile(file, 'utf8')).trim();
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code ?? 'unknown error';
    throw new StartError(
      `The key file ${file} cannot be read (${code}): make it and its folder readable for this user alone.`,
    );
  }
}
