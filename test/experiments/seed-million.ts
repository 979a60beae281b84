import { loadavg } from 'node:os';
import { readdirSync, readFileSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { runSql } from '@dinhdanh/kit/testing';
import { fillDatabases, serviceNames } from '@dinhdanh/start';
import type { ServiceName } from '@dinhdanh/start';
import { removeCluster, startEmbeddedPostgres } from '@dinhdanh/start/embedded-postgres';
import { rounded } from './experiment.ts';
import type { Experiment, ExperimentOptions } from './experiment.ts';

const MILLION = 1_000_000;
const GOAL_SECONDS = 20 * 60;
/** Clock ticks a second in /proc, on every Linux there is. */
const TICKS = 100;

/** Seeds a million people as a start does, on a server that waits for its disk as a start's does. */
export const experiment: Experiment = {
  about: 'a million people are seeded over six databases within 20 minutes on 2 processors',
  run: async (options) => {
    const { seed, people: count, keep, screen } = options;
    const people = count ?? MILLION;
    const dataFolder = dataFolderOf(options, people);
    await removeData(dataFolder);
    const server = await startEmbeddedPostgres({ dataFolder });
    try {
      const urls = new Map<ServiceName, string>();
      for (const name of serviceNames) urls.set(name, await server.databaseUrl(name));
      const seconds: Partial<Record<ServiceName, number>> = {};
      const startedAt = performance.now();
      const cpu = process.cpuUsage();
      const seeded = (name: ServiceName, milliseconds: number): void => {
        seconds[name] = rounded(milliseconds / 1000);
      };
      await fillDatabases(urls, { seed, people, today: '2026-11-21', screen, seeded });
      const wallSeconds = rounded((performance.now() - startedAt) / 1000);
      const { user, system } = process.cpuUsage(cpu);
      const databases = Object.fromEntries(
        await Promise.all(
          [...urls].map(
            async ([name, url]) => [name, { seconds: seconds[name], ...(await sizeOf(url)) }] as const,
          ),
        ),
      );
      return {
        holds: wallSeconds <= GOAL_SECONDS,
        figures: {
          people,
          goalSeconds: GOAL_SECONDS,
          wallSeconds,
          cpuSeconds: {
            node: rounded((user + system) / 1e6),
            postgresql: rounded(await serverCpuSeconds(urls.get('population') ?? '')),
          },
          loadAfter: loadavg().map((load) => rounded(load, 2)),
          databases,
        },
      };
    } finally {
      await server.stop();
      if (!keep) await removeData(dataFolder);
    }
  },
};

/** Where the data of so many people is put. */
export function dataFolderOf(
  { folder, seed }: Pick<ExperimentOptions, 'folder' | 'seed'>,
  people: number,
): string {
  return join(folder, `${seed}-${people}`);
}

/** Removes it, with what root had to put elsewhere. */
export async function removeData(dataFolder: string): Promise<void> {
  await removeCluster(dataFolder);
  await rm(dataFolder, { recursive: true, force: true });
}

async function sizeOf(
  url: string,
): Promise<{ rows: number; megabytes: number; tables: Record<string, number> }> {
  const names = await runSql<{ relname: string }>(
    url,
    `SELECT relname FROM pg_class WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace
       AND relname NOT LIKE '\\_%' ORDER BY relname`,
  );
  const tables: Record<string, number> = {};
  for (const { relname } of names) {
    const [counted] = await runSql<{ count: string }>(url, `SELECT count(*) FROM "${relname}"`);
    if (Number(counted?.count) > 0) tables[relname] = Number(counted?.count);
  }
  const [size] = await runSql<{ bytes: string }>(url, 'SELECT pg_database_size(current_database()) AS bytes');
  const rows = Object.values(tables).reduce((sum, count) => sum + count, 0);
  return { rows, megabytes: rounded(Number(size?.bytes) / 1e6, 0), tables };
}

/** Processor time of the server and all its processes, those that ended included. */
async function serverCpuSeconds(url: string): Promise<number> {
  const [file] = await runSql<{ text: string }>(url, "SELECT pg_read_file('postmaster.pid') AS text");
  const server = Number(file?.text.split('\n')[0]);
  let ticks = 0;
  for (const entry of readdirSync('/proc').filter((name) => /^\d+$/.test(name))) {
    const [, parent, own, ended] = timesOf(entry);
    if (Number(entry) === server) ticks += own + ended;
    else if (parent === server) ticks += own;
  }
  return ticks / TICKS;
}

/** proc(5): state, parent, own time and that of ended children, in ticks. */
function timesOf(pid: string): readonly [string, number, number, number] {
  try {
    const text = readFileSync(`/proc/${pid}/stat`, 'utf8');
    const fields = text.slice(text.lastIndexOf(')') + 2).split(' ');
    const at = (field: number): number => Number(fields[field - 3]);
    return [fields[0] ?? '', at(4), at(14) + at(15), at(16) + at(17)];
  } catch {
    return ['', 0, 0, 0];
  }
}
