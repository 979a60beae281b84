import { execFile } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import { chmod, chown, mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';
import pg from 'pg';
import { freePort } from './ports.ts';
import { secretIn } from './keys.ts';
import { choosePlace, preparePlace, removePlace } from './postgres-place.ts';
import type { Place } from './postgres-place.ts';
import { StartError } from './start-error.ts';

const run = promisify(execFile);

/** How long a server may take to start, or to end what it is about, in seconds. */
const PATIENCE_SECONDS = 60;

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

/**
 * Starts the PostgreSQL that comes with the npm package, making its cluster at the first start. A server left running
 * by a process that was killed is taken over.
 *
 * @throws StartError with a sentence that says what to do
 */
export async function startEmbeddedPostgres(options: EmbeddedPostgresOptions): Promise<EmbeddedPostgres> {
  const place = await choosePlace(options.dataFolder);
  await preparePlace(options.dataFolder, place);
  const passwordFile = join(options.dataFolder, 'keys', 'postgres.password');
  const password = await secretIn(passwordFile, () => randomBytes(24).toString('base64url'));
  if (!existsSync(place.cluster)) await makeCluster(place, password);
  const port = (await runningPort(place)) ?? (await launch(place, options.settings ?? []));
  const url = (name: string): string => `postgresql://dinhdanh:${password}@127.0.0.1:${port}/${name}`;
  const stop = (): Promise<void> => stopServer(place, 'fast');
  return {
    databaseUrl: async (name) => {
      await createDatabase(url('postgres'), name).catch((cause: unknown) => {
        // 28P01: invalid_password.
        if ((cause as { code?: unknown }).code !== '28P01') throw cause;
        throw new StartError(
          `The embedded database does not take the password in ${passwordFile}: put that file back from a copy, or start again with --reset, which forgets the data.`,
        );
      });
      return url(name);
    },
    stop,
  };
}

/** Removes a cluster, wherever {@link startEmbeddedPostgres} put it; a server that was left running on it is stopped. */
export async function removeCluster(dataFolder: string): Promise<void> {
  const place = await choosePlace(dataFolder);
  if ((await runningPort(place)) !== undefined) {
    await preparePlace(dataFolder, place);
    await stopServer(place, 'immediate');
  }
  await removePlace(dataFolder, place);
}

async function stopServer(place: Place, mode: 'fast' | 'immediate'): Promise<void> {
  const words = ['stop', '-D', place.cluster, '-m', mode, '-w', '-t', String(PATIENCE_SECONDS)];
  await run(join(place.bin, 'pg_ctl'), words, credentials(place));
}

function credentials(place: Place): { uid?: number; gid?: number; cwd: string; env: Record<string, string> } {
  const owner = place.owner === undefined ? {} : { uid: place.owner, gid: place.owner };
  return { ...owner, cwd: '/', env: { LC_ALL: 'C', PATH: '/usr/bin:/bin', TZ: 'UTC' } };
}

/** Makes the cluster beside its place and puts it there when it is whole: a start that was killed leaves no half of one. */
async function makeCluster(place: Place, password: string): Promise<void> {
  const fresh = `${place.cluster}.new`;
  const passwordFile = `${place.cluster}.pwfile`;
  try {
    await rm(fresh, { recursive: true, force: true });
    await mkdir(fresh, { recursive: true, mode: 0o700 });
    await rm(passwordFile, { force: true });
    await writeFile(passwordFile, password, { mode: 0o600 });
    if (place.owner !== undefined) {
      await chown(fresh, place.owner, place.owner);
      await chown(passwordFile, place.owner, place.owner);
    }
    await chmod(fresh, 0o700);
    await run(
      join(place.bin, 'initdb'),
      [
        ...['-D', fresh, '-U', 'dinhdanh', `--pwfile=${passwordFile}`, '--auth=scram-sha-256'],
        ...['-E', 'UTF8', '--locale=C', '--data-checksums'],
      ],
      credentials(place),
    );
    await rename(fresh, place.cluster);
  } catch (cause) {
    throw new StartError(
      `The embedded database could not be made in ${place.cluster} (${reasonOf(cause)}): see that there is room and that this user may write there.`,
    );
  } finally {
    await rm(passwordFile, { force: true });
    await rm(fresh, { recursive: true, force: true });
  }
}

/**
 * The port of a server that still runs on this cluster, left by a process that was killed; one that is starting or
 * stopping is waited for.
 */
async function runningPort(place: Place): Promise<number | undefined> {
  for (let waited = 0; waited < PATIENCE_SECONDS * 10; waited += 1) {
    // Its lines: process, folder, start time, port, socket folder, address, shared memory, state.
    const text = await readFile(join(place.cluster, 'postmaster.pid'), 'utf8').catch(() => '');
    const [pid, , , port, , , , state] = text.split('\n');
    if (pid === undefined || !(await isServerOf(pid, place.cluster))) return undefined;
    if (state?.trim() === 'ready') return Number(port);
    await sleep(100);
  }
  throw new StartError(
    `A database server on ${place.cluster} neither starts nor ends: stop that process, then start again.`,
  );
}

async function isServerOf(pid: string, cluster: string): Promise<boolean> {
  if (!/^\d+$/.test(pid)) return false;
  const words = await readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => '');
  return words.split('\0').includes(cluster);
}

async function launch(place: Place, settings: readonly string[]): Promise<number> {
  const port = await freePort();
  const options = [
    `-p ${port}`,
    '-c listen_addresses=127.0.0.1',
    '-c unix_socket_directories=',
    '-c max_connections=200',
    // A million people are loaded without a checkpoint every few seconds.
    '-c max_wal_size=2GB',
    '-c shared_preload_libraries=pg_stat_statements',
    '-c timezone=UTC',
    ...settings.map((setting) => `-c ${setting}`),
  ];
  const log = join(place.cluster, 'server.log');
  const words = ['start', '-D', place.cluster, '-l', log, '-o', options.join(' '), '-w'];
  try {
    await run(join(place.bin, 'pg_ctl'), [...words, '-t', String(PATIENCE_SECONDS)], credentials(place));
  } catch {
    throw new StartError(
      `The embedded database in ${place.cluster} did not start; its own words are at the end of ${log}: ` +
        'mend what they say, or start again with --reset, which forgets the data.',
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

function reasonOf(cause: unknown): string {
  const { stderr, code } = cause as { stderr?: string; code?: unknown };
  const lastLine = stderr?.trim().split('\n').at(-1);
  return lastLine || (typeof code === 'string' ? code : 'unknown error');
}
