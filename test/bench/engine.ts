/**
 * Our engine beside other gateways and beside the floor, on the same supergraphs and answers; what is measured, and how,
 * says `engine/README.md`. Run by `npm run bench -- engine`; writes `results/engine.json`, or `engine-sharing.json` with
 * `--sharing on`.
 */
import { execFileSync } from 'node:child_process';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { cpus, loadavg } from 'node:os';
import { parseOptions } from './engine/options.ts';
import { printTable } from './engine/print-table.ts';
import { runWorkload } from './engine/run-workload.ts';
import { summarise } from './engine/summarise.ts';
import type { Row } from './engine/summarise.ts';
import { BEFORE, workloads } from './engine/workloads.ts';

/** One workload in the file of results; its rounds are there as they were measured. */
interface Result {
  readonly title: string;
  readonly rows: readonly Row[];
  readonly rounds: Readonly<Record<string, unknown>>;
  /** Of the machine in the last minute, after the workload. */
  readonly load: number;
}

const options = parseOptions(process.argv.slice(2));
const commit = commitOf();
const results: Record<string, Result> = {};
for (const workload of workloads.filter(({ letter }) => options.workloads.includes(letter))) {
  const before = options.against === null ? [] : Object.entries(BEFORE);
  const gateways = workload.gateways
    .flatMap((name) => [name, ...before.flatMap(([now, then]) => (now === name ? [then] : []))])
    .filter((name) => options.gateways?.includes(name) ?? true);
  const runs = await runWorkload(workload, {
    ...options,
    gateways,
    progress: (line) => void process.stderr.write(`${line}\n`),
  });
  const rows = summarise(workload, runs);
  const title = `(${workload.letter}) ${workload.title}`;
  results[workload.letter] = {
    title,
    rows,
    rounds: Object.fromEntries(runs.map(({ gateway, rounds }) => [gateway, rounds])),
    load: Number((loadavg()[0] ?? Number.NaN).toFixed(2)),
  };
  process.stdout.write(`${printTable(title, rows)}\n`);
  await write();
}

/** After each workload, so that a run that is broken off leaves what it had. */
async function write(): Promise<void> {
  const folder = new URL('results/', import.meta.url);
  await mkdir(folder, { recursive: true });
  const { rounds, tries, seconds, sharing, requests } = options;
  const result = {
    at: new Date().toISOString(),
    commit,
    versions: { node: process.version, ...(await versions()) },
    cores: cpus().length,
    processor: cpus()[0]?.model,
    measured: { rounds, tries, seconds, sharing, requests },
    workloads: results,
  };
  const rounded = (_: string, value: unknown): unknown =>
    typeof value === 'number' ? Number(value.toPrecision(5)) : value;
  await writeFile(new URL(`${options.out}.json`, folder), `${JSON.stringify(result, rounded, 2)}\n`);
}

/** The commit that is checked out, `-dirty` if anything but figures differs from it. */
function commitOf(): string {
  const git = (...words: string[]): string => execFileSync('git', words, { encoding: 'utf8' }).trim();
  const changed = git('diff', '--name-only', 'HEAD', '--', ':/', ':(exclude,top)test/bench/results');
  return git('describe', '--always') + (changed === '' ? '' : '-dirty');
}

async function versions(): Promise<Readonly<Record<string, string>>> {
  const text = await readFile(new URL('package.json', import.meta.url), 'utf8');
  return (JSON.parse(text) as { dependencies: Record<string, string> }).dependencies;
}
