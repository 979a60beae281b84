/**
 * `npm run bench -- log-search [--entries 1000000,10000000]`: what an auditor's and a person's searches take in a log of
 * a million and of ten million entries, side by side, through the service's own door; the first page and a deep one.
 * Exit code 1 where a search takes more than 300 ms (p95), or looks at more than twice as many pages of the database in ten
 * times the entries, to find as many. Pages and not milliseconds tell whether a cost grows: how many of them are in memory is another matter.
 */
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { cpus, loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { service } from '@dinhdanh/access-log';
import { RecordingLog, runSql, ServiceClient } from '@dinhdanh/kit/testing';
import { startEmbeddedPostgres } from '@dinhdanh/start/embedded-postgres';
import { fillLog, NOW } from './log-search-data.ts';
import { questions } from './log-search-questions.ts';
import type { Question } from './log-search-questions.ts';

const LIMIT_MS = 300;
/** Ten times the entries may cost so many times the pages: indexes are one level deeper. */
const FLAT = 2;
/** Below so many a ratio says nothing. */
const FEW_PAGES = 400;
const RUNS = 40;

interface Measured {
  readonly p50: number;
  readonly p95: number;
  /** Pages of 8 kB that the database looked at for one answer, wherever they were. */
  readonly pages: number;
  readonly found: number;
}

const { values } = parseArgs({ options: { entries: { type: 'string', default: '1000000,10000000' } } });
const sizes = values.entries.split(',').map(Number);
const callerKey = Buffer.alloc(32, 7);
const pseudonymKey = Buffer.alloc(32, 5);

const folder = await mkdtemp(join(tmpdir(), 'log-search-'));
const server = await startEmbeddedPostgres({
  dataFolder: folder,
  settings: ['fsync=off', 'full_page_writes=off', 'max_wal_size=8GB', 'shared_buffers=1GB', 'jit=off'],
});
const measured = new Map<number, Map<string, Measured>>();
try {
  for (const entries of sizes) measured.set(entries, await measure(entries));
} finally {
  await server.stop();
  await rm(folder, { recursive: true, force: true });
}
process.exitCode = (await report()) ? 0 : 1;

async function measure(entries: number): Promise<Map<string, Measured>> {
  const databaseUrl = await server.databaseUrl(`log_${entries}`);
  await runSql(databaseUrl, 'CREATE EXTENSION IF NOT EXISTS pg_stat_statements');
  await service.migrate(databaseUrl);
  await fillLog(databaseUrl, pseudonymKey, entries);
  const clock = (): Date => NOW;
  const started = await service.start({
    ...{ host: '127.0.0.1', port: 0, databaseUrl, callerKey, clock, log: new RecordingLog() },
    settings: {
      ...{ pseudonymKey, detailKey: Buffer.alloc(32, 6), signingKey: Buffer.alloc(32, 1) },
      reading: { rollUpSeconds: 3600 },
      // Its rows are not of their bytes.
      compareSeconds: 3600,
    },
  });
  const client = new ServiceClient(started, callerKey, clock);
  const results = new Map<string, Measured>();
  try {
    for (const question of questions) {
      const asked = { databaseUrl, client, question };
      results.set(question.name, await time(asked, null));
      if (!question.paged) continue;
      const cursor = await deepCursor(client, question);
      if (cursor !== null) results.set(`${question.name}, deep`, await time(asked, cursor));
    }
  } finally {
    await started.stop();
  }
  return results;
}

/** Ten pages of a hundred down the list; null where it is shorter. */
async function deepCursor(client: ServiceClient, question: Question): Promise<string | null> {
  let after: string | null = null;
  for (let page = 0; page < 10; page += 1) {
    const { query, variables, caller } = question.ask(0, { after, first: 100 });
    const answer = await client.ask(query, variables, caller);
    const { hasNextPage, endCursor } = question.read(answer.body.data).pageInfo;
    if (!hasNextPage) return null;
    after = endCursor;
  }
  return after;
}

interface Asked {
  readonly databaseUrl: string;
  readonly client: ServiceClient;
  readonly question: Question;
}

async function time({ databaseUrl, client, question }: Asked, after: string | null): Promise<Measured> {
  const times: number[] = [];
  await runSql(databaseUrl, 'SELECT pg_stat_statements_reset()');
  let found = 0;
  for (let run = 0; run < RUNS; run += 1) {
    const { query, variables, caller } = question.ask(run, { after, first: 20 });
    const begun = performance.now();
    const answer = await client.ask(query, variables, caller);
    times.push(performance.now() - begun);
    if (answer.body.errors !== undefined)
      throw new TypeError(`${question.name}: ${JSON.stringify(answer.body.errors)}`);
    found = question.read(answer.body.data).nodes.length;
  }
  const sorted = times.toSorted((one, other) => one - other);
  const at = (part: number): number => Math.round((sorted[Math.floor(part * (RUNS - 1))] ?? 0) * 10) / 10;
  const [looked] = await runSql<{ pages: string }>(
    databaseUrl,
    `SELECT sum(shared_blks_hit + shared_blks_read) AS pages FROM pg_stat_statements
     WHERE dbid = (SELECT oid FROM pg_database WHERE datname = current_database())`,
  );
  return { p50: at(0.5), p95: at(0.95), pages: Math.round(Number(looked?.pages) / RUNS), found };
}

/** Prints and keeps what came out; tells whether all held. */
async function report(): Promise<boolean> {
  const names = [...new Set([...measured.values()].flatMap((results) => [...results.keys()]))];
  const rows = names.map((name) => {
    const each = sizes.map((entries) => measured.get(entries)?.get(name));
    const [few, many] = [each[0]?.pages, each.at(-1)?.pages];
    const ratio = few === undefined || many === undefined ? null : Math.round((many / few) * 100) / 100;
    const slow = each.some((one) => (one?.p95 ?? 0) > LIMIT_MS);
    // Who has ten times the entries is shown more of them, until a page is full: that is no cost of the log's.
    const asMany = each[0]?.found === each.at(-1)?.found;
    const steep = ratio !== null && asMany && ratio > FLAT && (many ?? 0) > FEW_PAGES;
    return { name, ratio, holds: !slow && !steep, each };
  });
  for (const { name, ratio, holds, each } of rows) {
    const figures = each.map((one) =>
      one === undefined ? '–'.padStart(24) : `${one.p50} / ${one.p95} (${one.pages})`.padStart(24),
    );
    process.stdout.write(
      `${name.padEnd(48)} ${figures.join('')}  × ${ratio ?? '–'} ${holds ? '' : 'TOO SLOW'}\n`,
    );
  }
  const holds = rows.every((row) => row.holds);
  const result = {
    bench: 'log-search',
    about:
      'p50 and p95 in milliseconds of searches through the service, pages of the database looked at, and the ratio of the pages',
    data: 'rows made in bulk for this measurement, bytes of some 600; the log’s own writer is not in it',
    ...{ holds, limitMs: LIMIT_MS, sizes, runs: RUNS, rows },
    machine: { cpus: cpus().length, model: cpus()[0]?.model, load: loadavg() },
    at: new Date().toISOString(),
  };
  await writeFile(
    join(import.meta.dirname, 'results/log-search.json'),
    `${JSON.stringify(result, null, 2)}\n`,
  );
  process.stdout.write(`log-search: ${holds ? 'holds' : 'does NOT hold'}\n`);
  return holds;
}
