import { randomUUID } from 'node:crypto';
import { link, mkdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { removeCluster } from './embedded-postgres.ts';
import { StartError } from './start-error.ts';

/** The folder this installation keeps its state in, held by one process at a time. */
export interface DataFolder {
  readonly path: string;
  readonly release: () => Promise<void>;
}

/** Who holds a folder. A number is given to another process some day, so the time of its birth stands beside it. */
interface Holder {
  readonly pid: number;
  /** In clock ticks since the machine booted; null where the system does not tell. */
  readonly bornAt: string | null;
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
    await makeFolder(folder);
    await hold(folder, file);
  } catch (error) {
    if (error instanceof StartError) throw error;
    throw new StartError(
      `The data folder ${folder} cannot be used (${(error as NodeJS.ErrnoException).code ?? 'unknown error'}): ` +
        'make it a folder this user may write to, or set DINHDANH_DATA to another one.',
    );
  }
  return { path: folder, release: () => rm(file, { force: true }) };
}

/** As `mkdir -p`; Node's own tries for ever where a folder exists in which nothing can be made, such as /proc. */
async function makeFolder(folder: string): Promise<void> {
  const made = (): Promise<unknown> =>
    mkdir(folder).catch(async (error: NodeJS.ErrnoException) => {
      const isThere = error.code === 'EEXIST' && (await stat(folder)).isDirectory();
      if (!isThere) throw error;
    });
  await made().catch(async (error: NodeJS.ErrnoException) => {
    if (error.code !== 'ENOENT') throw error;
    await makeFolder(dirname(folder));
    await made();
  });
}

async function hold(folder: string, file: string): Promise<void> {
  const claim = `${file}.${randomUUID()}`;
  const self: Holder = { pid: process.pid, bornAt: await birthOf(process.pid) };
  await writeFile(claim, JSON.stringify(self), { mode: 0o600 });
  try {
    // A link is made whole or not at all, and never over another's.
    while (!(await linked(claim, file))) {
      const holder = await readHolder(file);
      if (holder !== null && (await lives(holder))) {
        throw new StartError(
          `Dinhdanh already runs on ${folder} (process ${holder.pid}): stop it first, or set DINHDANH_DATA to another folder.`,
        );
      }
      await removeStale(claim, file);
    }
  } finally {
    await rm(claim, { force: true });
  }
}

/**
 * Removes the mark of a holder that has died. One at a time, and only after a second look: else two that found the same
 * mark would each remove it, the later one the mark that the earlier has just put in its place.
 */
async function removeStale(claim: string, file: string): Promise<void> {
  const turn = `${file}.turn`;
  if (!(await linked(claim, turn))) {
    const other = await readHolder(turn);
    if (other !== null && !(await lives(other))) await rm(turn, { force: true });
    await sleep(10);
    return;
  }
  const holder = await readHolder(file);
  if (holder === null || !(await lives(holder))) await rm(file, { recursive: true, force: true });
  await rm(turn, { force: true });
}

async function linked(claim: string, file: string): Promise<boolean> {
  try {
    await link(claim, file);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw error;
  }
}

/**
 * Forgets the databases of a data folder; keys stay. `withLog`: the access log's is among them. Then the witness beside
 * forgets what it has cosigned too: it would refuse a log that begins anew, as it must refuse one that was rewritten.
 */
export async function resetDataFolder(folder: DataFolder, withLog: boolean): Promise<void> {
  await removeCluster(folder.path);
  if (withLog) await rm(join(folder.path, 'witness', 'latest'), { recursive: true, force: true });
  await rm(join(folder.path, 'demo.json'), { force: true });
}

async function readHolder(file: string): Promise<Holder | null> {
  try {
    const { pid, bornAt } = JSON.parse(await readFile(file, 'utf8')) as Partial<Holder>;
    return typeof pid === 'number' ? { pid, bornAt: bornAt ?? null } : null;
  } catch {
    return null;
  }
}

async function lives({ pid, bornAt }: Holder): Promise<boolean> {
  try {
    process.kill(pid, 0);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EPERM') return false;
  }
  return bornAt === null || bornAt === (await birthOf(pid));
}

/**
 * When a process was born; null for none, one that is dead and only waits to be taken note of, and where the system
 * does not tell. proc(5): field 3 of `stat` is the state and field 22 the time, counted from behind the command, which
 * may hold spaces and brackets.
 */
async function birthOf(pid: number): Promise<string | null> {
  try {
    const text = await readFile(`/proc/${pid}/stat`, 'utf8');
    const fields = text.slice(text.lastIndexOf(')') + 2).split(' ');
    return fields[0] === 'Z' ? null : (fields[19] ?? null);
  } catch {
    return null;
  }
}
