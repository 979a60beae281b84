/**
 * `npm run experiments`: lists them. `npm run experiments -- seed-million [--people N] [--seed word] [--keep]` runs one
 * and writes what was found to `test/experiments/results/<name>.json`; `--share 0.1` does a tenth of its rounds and writes
 * nothing; `--minutes 10` stops one that can go on later, with what it has found so far; `--all` tries everything where an
 * experiment draws some. Not part of `npm test`.
 */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { cpus, loadavg, totalmem } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { rounded } from './experiment.ts';
import type { Experiment } from './experiment.ts';

const experiments: Readonly<Record<string, () => Promise<{ readonly experiment: Experiment }>>> = {
  'seed-million': () => import('./seed-million.ts'),
  'cost-flat': () => import('./cost-flat.ts'),
  'plan-cache': () => import('./plan-cache.ts'),
  'revoke-race': () => import('./revoke-race.ts'),
  'consent-crashes': () => import('./consent-crashes.ts'),
  'registration-crashes': () => import('./registration-crashes.ts'),
  'access-log-crashes': () => import('./access-log-crashes.ts'),
  'access-log-tampering': () => import('./access-log-tampering.ts'),
  'face-matcher': () => import('./face-matcher.ts'),
  'engine-conformance': () => import('./engine-conformance.ts'),
  'broken-requirements': () => import('./broken-requirements.ts'),
};

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    people: { type: 'string' },
    seed: { type: 'string', default: 'dinhdanh' },
    keep: { type: 'boolean', default: false },
    share: { type: 'string', default: '1' },
    minutes: { type: 'string' },
    all: { type: 'boolean', default: false },
  },
});

if (positionals.length === 0) await list();
for (const name of positionals) if (!(await runNamed(name))) process.exitCode = 1;

async function list(): Promise<void> {
  for (const [name, load] of Object.entries(experiments)) {
    const { experiment } = await load();
    process.stdout.write(`${name}: ${experiment.about}\n`);
  }
}

async function runNamed(name: string): Promise<boolean> {
  const load = experiments[name];
  if (load === undefined) {
    process.stderr.write(`There is no experiment ${name}: ${Object.keys(experiments).join(', ')}.\n`);
    return false;
  }
  const { experiment } = await load();
  process.stdout.write(`${name}: ${experiment.about}\n`);
  const machine = describeMachine();
  const startedAt = new Date();
  const { holds, figures } = await experiment.run({
    seed: values.seed,
    people: values.people === undefined ? null : Number(values.people),
    keep: values.keep,
    share: Number(values.share),
    minutes: values.minutes === undefined ? null : Number(values.minutes),
    all: values.all,
    folder: join(import.meta.dirname, '../../.data/experiments'),
    screen: process.stderr,
  });
  const seconds = rounded((Date.now() - startedAt.getTime()) / 1000);
  const result = { experiment: name, holds, figures, seed: values.seed, startedAt, seconds, machine };
  const isWhole = values.share === '1';
  const folder = join(import.meta.dirname, 'results');
  mkdirSync(folder, { recursive: true });
  if (isWhole) writeFileSync(join(folder, `${name}.json`), `${JSON.stringify(result, null, 2)}\n`);
  process.stdout.write(
    `${JSON.stringify(figures, null, 2)}\n${name}: ${holds ? 'holds' : 'does NOT hold'}\n`,
  );
  return holds;
}

/** What a figure cannot be read without: processors, memory, Node, and how busy the machine was before we began. */
function describeMachine(): Readonly<Record<string, unknown>> {
  const [processor] = cpus();
  return {
    processors: cpus().length,
    model: processor?.model ?? 'unknown',
    memoryGb: rounded(totalmem() / 2 ** 30),
    kernel: readFileSync('/proc/version', 'utf8').split(' ')[2],
    node: process.version,
    loadBefore: loadavg().map((load) => rounded(load, 2)),
  };
}
