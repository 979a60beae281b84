/** What a witness remembers: of each log the last checkpoint it cosigned, a file each. Losing it is losing its worth. */
import { createHash } from 'node:crypto';
import { link, mkdir, open, readdir, readFile, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';

/** The files of a witness. Its owner alone writes to the folder. */
export class WitnessStore {
  readonly #latest: string;
  readonly #evidence: string;

  private constructor(folder: string) {
    this.#latest = join(folder, 'latest');
    this.#evidence = join(folder, 'evidence');
  }

  /** Opens a folder, made where there is none. */
  static async open(folder: string): Promise<WitnessStore> {
    const store = new WitnessStore(folder);
    for (const path of [store.#latest, store.#evidence]) await mkdir(path, { recursive: true, mode: 0o700 });
    await syncFolder(folder);
    return store;
  }

  /** The last cosigned checkpoint of an origin, as it was answered; null before the first. */
  async read(origin: string): Promise<Uint8Array | null> {
    try {
      return await readFile(this.#file(origin));
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
      throw error;
    }
  }

  /** Replaces it, whole or not at all. When this returns, no power cut can undo it. */
  async replace(origin: string, note: string): Promise<void> {
    const file = this.#file(origin);
    await writeDurably(`${file}.new`, note, 'w');
    await rename(`${file}.new`, file);
    await syncFolder(this.#latest);
  }

  /** Keeps a checkpoint that was refused though the log had signed it: it may prove that the log told two histories. */
  async keepEvidence(note: Uint8Array): Promise<void> {
    if ((await readdir(this.#evidence)).length >= MOST_EVIDENCE) return;
    const name = createHash('sha256').update(note).digest('hex');
    await writeDurably(join(this.#evidence, name), note, 'w');
    await syncFolder(this.#evidence);
  }

  /** Origins are names of ours with a slash or more in them; no two are one file. */
  #file(origin: string): string {
    return join(this.#latest, encodeURIComponent(origin));
  }
}

/** Anybody can send such checkpoints by adding a false proof to a true one: as many as fill no disk. */
const MOST_EVIDENCE = 256;

/**
 * The secret in a file of mode 0600, made if there is none: whole or not at all, never over one that is there, and on
 * disk before it is used.
 */
export async function readOrMakeSecret(folder: string, name: string, make: () => string): Promise<string> {
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const file = join(folder, name);
  const known = await readFile(file, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return null;
    throw error;
  });
  if (known !== null) return known.trim();
  const fresh = `${file}.${process.pid}.new`;
  await writeDurably(fresh, `${make()}\n`, 'wx');
  await link(fresh, file).catch((error: NodeJS.ErrnoException) => {
    if (error.code !== 'EEXIST') throw error;
  });
  await rm(fresh);
  await syncFolder(folder);
  return (await readFile(file, 'utf8')).trim();
}

async function writeDurably(file: string, content: string | Uint8Array, flag: 'w' | 'wx'): Promise<void> {
  await using handle = await open(file, flag, 0o600);
  await handle.writeFile(content);
  await handle.sync();
}

/** A name in a folder is as durable as the folder. */
async function syncFolder(folder: string): Promise<void> {
  await using handle = await open(folder, 'r');
  await handle.sync();
}
