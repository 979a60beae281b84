import { existsSync } from 'node:fs';
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { removeCluster } from './embedded-postgres.ts';
import { StartError } from './start-error.ts';

/** The folder this installation keeps its state in, held by one process at a time. */
export interface DataFolder {
  readonly path: string;
  readonly release: () => Promise<void>;
}

/**
 * Takes the data folder for this process. A folder held by a process that lives is refused; one whose holder has died
 * is taken over.
 *
 * @throws StartError naming the other process, or what is wrong with the folder
 */
export async function takeDataFolder(path: string): Promise<DataFolder> {
  const folder = resolve(path);
  const file = join(folder, 'running.json');
  try {
    await mkdir(folder, { recursive: true });
    const holder = await readHolder(file);
    if (holder !== undefined && isAlive(holder)) {
      throw new StartError(
        `Dinhdanh already runs on ${folder} (process ${holder}): stop it first, or set DINHDANH_DATA to another folder.`,
      );
    }
    await writeFile(file, JSON.stringify({ pid: process.pid }), { mode: 0o600 });
  } catch (error) {
    if (error instanceof StartError) throw error;
    throw new StartError(
      `The data folder ${folder} cannot be used (${(error as NodeJS.ErrnoException).code ?? 'unknown error'}): ` +
        'make it a folder this user may write to, or set DINHDANH_DATA to another one.',
    );
  }
  return { path: folder, release: () => rm(file, { force: true }) };
}

/** Forgets the databases of a data folder; keys stay. */
export async function resetDataFolder(folder: DataFolder): Promise<void> {
  await removeCluster(folder.path);
  await rm(join(folder.path, 'demo.json'), { force: true });
}

async function readHolder(file: string): Promise<number | undefined> {
  if (!existsSync(file)) return undefined;
  try {
    const { pid } = JSON.parse(await readFile(file, 'utf8')) as { pid?: unknown };
    return typeof pid === 'number' ? pid : undefined;
  } catch {
    return undefined;
  }
}

function isAlive(pid: number): boolean {
  if (pid === process.pid) return false;
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}
