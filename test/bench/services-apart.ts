/**
 * The whole system as it is run in earnest: each service a process of its own as `npm start` makes it, all on one PostgreSQL
 * server that waits for its disk, with one folder of keys.
 */
import { mkdir, symlink } from 'node:fs/promises';
import { join } from 'node:path';
import { SEED_TODAY } from '@dinhdanh/people';
import { startEmbeddedPostgres } from '@dinhdanh/start/embedded-postgres';
import { OUTBOX_OFFSET, serviceNames } from '@dinhdanh/start';
import type { Demo } from '@dinhdanh/start';
import { readDemo } from '../harness/client.ts';
import { TemporaryFolders } from '../harness/temporary-folders.ts';
import { freePorts, serverOf, StartProcess } from '../start/start-process.ts';

/** How the system is started besides. */
export interface ApartOptions {
  readonly people: number;
  /** Settings of every process, as the environment has them. */
  readonly environment?: Readonly<Record<string, string>>;
  /** A folder that each process named here leaves its processor profile in (`node --cpu-prof`). */
  readonly profile?: { readonly folder: string; readonly of: readonly string[] };
}

/** The system, running. */
export interface ServicesApart {
  /** Where it is reached. */
  readonly url: string;
  /** The origin it goes by: tokens, proofs and passkeys are made out to it. */
  readonly origin: string;
  readonly demo: Demo;
  /** The data folder that all of them have their keys in. */
  readonly keysIn: string;
  /** Where the messages of accounts are shown. */
  readonly outbox: string;
  readonly databaseUrls: Readonly<Record<string, string>>;
  /** Process numbers by what they run; the database server as `postgres`. */
  readonly processes: ReadonlyMap<string, number>;
  readonly stop: () => Promise<void>;
}

/** Starts all of it; several at a time, as they wait for each other nowhere but at the database. */
export async function startServicesApart(options: ApartOptions): Promise<ServicesApart> {
  const folders = new TemporaryFolders();
  const base = await folders.make();
  const keys = join(base, 'keys');
  await mkdir(keys, { recursive: true, mode: 0o700 });
  const server = await startEmbeddedPostgres({ dataFolder: base });
  const port = await freePorts();
  const origin = `http://localhost:${port}`;
  const started = new Map<string, StartProcess>();
  const stop = async (): Promise<void> => {
    for (const each of started.values()) await each.stop();
    await server.stop();
    await folders.remove();
  };
  try {
    const databaseUrls: Record<string, string> = {};
    for (const name of serviceNames) databaseUrls[name] = await server.databaseUrl(name.replaceAll('-', '_'));
    const environment = { ...environmentOf(databaseUrls, origin), ...options.environment };
    const start = async (name: string): Promise<void> => {
      const dataFolder = await folders.make();
      await symlink(keys, join(dataFolder, 'keys'));
      // The witness is a process that the access log's start makes, and counts as its own.
      const only = name === 'access-log' ? 'access-log,witness' : name;
      const isProfiled = options.profile?.of.includes(name) === true;
      const each = new StartProcess({
        words: ['--only', only, '--people', String(options.people), '--port', String(port)],
        dataFolder,
        environment: isProfiled ? { ...environment, ...profiled(options.profile.folder, name) } : environment,
      });
      started.set(name, each);
      await each.ready();
      if (name === 'gateway') front = dataFolder;
    };
    let front = base;
    for (const name of [...serviceNames, 'gateway']) await start(name);
    const processes = new Map([...started].map(([name, { pid }]) => [name, pid]));
    processes.set('postgres', (await serverOf(base)) ?? 0);
    const url = `http://127.0.0.1:${port}`;
    const outbox = `http://127.0.0.1:${port + OUTBOX_OFFSET}`;
    return { url, origin, demo: readDemo(front), keysIn: base, outbox, databaseUrls, processes, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

function environmentOf(
  databaseUrls: Readonly<Record<string, string>>,
  origin: string,
): Record<string, string> {
  const urls = Object.entries(databaseUrls).map(([name, url]) => [
    `${name.toUpperCase().replaceAll('-', '_')}_DATABASE_URL`,
    url,
  ]);
  return {
    ...(Object.fromEntries(urls) as Record<string, string>),
    // Figures are of the same people in any year.
    DINHDANH_PEOPLE_AS_OF: SEED_TODAY,
    GATEWAY_PUBLIC_URL: origin,
    GATEWAY_REQUESTS_PER_MINUTE: '100000000',
    GATEWAY_SHARE_REQUESTS_PER_MINUTE: '100000000',
    GATEWAY_DEADLINE_MS: '30000',
    SHARING_CLAIMS_PER_HOUR: '1000000',
    SHARING_OPEN_PER_PARTY: '1000000',
  };
}

function profiled(folder: string, name: string): Record<string, string> {
  return { NODE_OPTIONS: `--cpu-prof --cpu-prof-dir=${folder} --cpu-prof-name=${name}.cpuprofile` };
}
