/**
 * A profile end to end with the real registries, a different person of the bulk each time: before a thousand people and
 * before a million, both systems running, asked in turns. Each is a process with all services and a database server of its own.
 * `npm run bench -- profile-scale [--people N] [--keep]`: writes `results/profile-scale.json`; exit code 1 where the promise is
 * not kept. What was seeded is left for the next run with `--keep`.
 */
import { fork } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { mkdir, writeFile } from 'node:fs/promises';
import { cpus, loadavg, totalmem } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { runSql } from '@dinhdanh/kit/testing';
import { PROFILE } from '../faults/profile-query.ts';
import { dataFolderOf, removeData } from '../experiments/people-data.ts';
import { median } from './closed-loop.ts';
import { send } from './keep-alive.ts';
import { mintSessions } from './mint-sessions.ts';
import type { ScaleSystem } from './profile-scale-system.ts';

const PROMISED_RATIO = 1.3;
const FEW = 1_000;

const { values } = parseArgs({
  options: {
    people: { type: 'string', default: '1000000' },
    sessions: { type: 'string', default: '20000' },
    rounds: { type: 'string', default: '20' },
    requests: { type: 'string', default: '100' },
    callers: { type: 'string', default: '1,8' },
    keep: { type: 'boolean', default: false },
  },
});
const many = Number(values.people);
const folder = join(import.meta.dirname, '../../.data/experiments');

/** One side of the comparison. */
interface Side extends ScaleSystem {
  readonly people: number;
  readonly process: ChildProcess;
  readonly tokens: readonly string[];
  /** Whose turn it is. */
  next: number;
}

const sides: Side[] = [];
try {
  for (const people of [FEW, many]) sides.push(await open(people));
  const results = [];
  for (const callers of values.callers.split(',').map(Number)) results.push(await compare(callers));
  await report(results);
} finally {
  for (const side of sides) await close(side);
}

async function open(people: number): Promise<Side> {
  const dataFolder = dataFolderOf({ folder, seed: 'dinhdanh' }, people);
  await mkdir(dataFolder, { recursive: true });
  const child = fork(new URL('profile-scale-system.ts', import.meta.url));
  const ready = new Promise<ScaleSystem>((resolve, reject) => {
    child.once('message', (system) => resolve(system as ScaleSystem));
    child.once('exit', (code) => reject(new TypeError(`the system of ${people} ended with ${code}`)));
  });
  child.send({ people, dataFolder });
  const system = await ready;
  for (const url of Object.values(system.databaseUrls))
    await runSql(url, 'CREATE EXTENSION IF NOT EXISTS pg_stat_statements');
  const tokens = await mintSessions(system.databaseUrls['accounts'] ?? '', Number(values.sessions));
  process.stdout.write(`${people} people: ${tokens.length} of them ask\n`);
  return { ...system, people, process: child, tokens, next: 0 };
}

async function close({ process: child, people }: Side): Promise<void> {
  const gone = new Promise((resolve) => child.once('exit', resolve));
  child.send('stop');
  await gone;
  if (!values.keep) await removeData(dataFolderOf({ folder, seed: 'dinhdanh' }, people));
}

async function readProfile(side: Side): Promise<number> {
  const token = side.tokens[side.next++ % side.tokens.length] ?? '';
  const startedAt = performance.now();
  const { status, text } = await send(`${side.url}/graphql`, {
    headers: { 'content-type': 'application/json', authorization: `Bearer ${token}` },
    body: JSON.stringify({ query: PROFILE }),
  });
  const tookMs = performance.now() - startedAt;
  if (status !== 200 || text.includes('"errors"')) throw new TypeError(`${status} ${text.slice(0, 400)}`);
  return tookMs;
}

/** So many requests of one side, so many at once. */
async function round(side: Side, callers: number): Promise<number[]> {
  const waits: number[] = [];
  let left = Number(values.requests);
  await Promise.all(
    Array.from({ length: callers }, async () => {
      for (; left > 0; ) {
        left -= 1;
        waits.push(await readProfile(side));
      }
    }),
  );
  return waits;
}

async function compare(callers: number) {
  for (let warm = 0; warm < 3; warm += 1) for (const side of sides) await round(side, callers);
  for (const side of sides) await runSql(anyUrl(side), 'SELECT pg_stat_statements_reset()');
  const waits = new Map<Side, number[]>(sides.map((side) => [side, []]));
  const ratios: number[] = [];
  for (let turn = 0; turn < Number(values.rounds); turn += 1) {
    const medians = new Map<Side, number>();
    for (const side of turn % 2 === 0 ? sides : sides.toReversed()) {
      const took = await round(side, callers);
      waits.get(side)?.push(...took);
      medians.set(side, median(took));
    }
    const [few = Number.NaN, large = Number.NaN] = sides.map((side) => medians.get(side) ?? Number.NaN);
    ratios.push(large / few);
  }
  const [few, large] = await Promise.all(sides.map((side) => figuresOf(side, waits.get(side) ?? [])));
  const ratio = rounded(
    median(waits.get(sides[1] ?? missing()) ?? []) / median(waits.get(sides[0] ?? missing()) ?? []),
    3,
  );
  process.stdout.write(`${callers} callers: p50 ${few?.p50Ms} and ${large?.p50Ms} ms: ${ratio} times\n`);
  return {
    callers,
    p50Ratio: ratio,
    p50RatioOfEachRound: ratios.map((one) => rounded(one, 3)),
    few,
    many: large,
  };
}

async function figuresOf(side: Side, waits: readonly number[]) {
  const sorted = waits.toSorted((one, other) => one - other);
  const at = (share: number): number => rounded(sorted[Math.floor(sorted.length * share)] ?? Number.NaN, 2);
  return {
    people: side.people,
    requests: waits.length,
    p50Ms: at(0.5),
    p99Ms: at(0.99),
    databaseMsARequest: await databaseTime(side, waits.length),
  };
}

/** Time the database server spent on statements, by service and table, the longest first, in milliseconds a request. */
async function databaseTime(side: Side, requests: number): Promise<Record<string, number>> {
  const rows = await runSql<{ datname: string; query: string; ms: number }>(
    anyUrl(side),
    `SELECT datname, query, total_exec_time + total_plan_time AS ms FROM pg_stat_statements
     JOIN pg_database ON pg_database.oid = dbid WHERE query NOT LIKE '%pg_stat%' ORDER BY ms DESC`,
  );
  const times: Record<string, number> = {};
  for (const { datname, query, ms } of rows) {
    const table = /\b(?:FROM|INTO|UPDATE)\s+(?:"?public"?\.)?"?([a-z_]+)"?/i.exec(query)?.[1] ?? 'other';
    const name = `${datname} ${table}`;
    times[name] = rounded((times[name] ?? 0) + ms / requests, 3);
  }
  return Object.fromEntries(
    Object.entries(times)
      .toSorted(([, one], [, other]) => other - one)
      .slice(0, 24),
  );
}

function anyUrl({ databaseUrls }: Side): string {
  return databaseUrls['population'] ?? '';
}

async function report(results: readonly Awaited<ReturnType<typeof compare>>[]): Promise<void> {
  // One caller at a time: with more, what is measured is the queue before two processors.
  const kept = (results[0]?.p50Ratio ?? Number.NaN) <= PROMISED_RATIO;
  const result = {
    at: new Date().toISOString(),
    node: process.version,
    cores: cpus().length,
    memoryGb: rounded(totalmem() / 2 ** 30, 1),
    load: loadavg().map((load) => rounded(load, 2)),
    promised: { p50Ratio: PROMISED_RATIO },
    people: [FEW, many],
    kept,
    results,
  };
  const where = new URL('results/', import.meta.url);
  await mkdir(where, { recursive: true });
  await writeFile(new URL('profile-scale.json', where), `${JSON.stringify(result, null, 2)}\n`);
  if (!kept) process.exitCode = 1;
}

function rounded(value: number, digits: number): number {
  return Number(value.toFixed(digits));
}

function missing(): never {
  throw new TypeError('not there');
}
