import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { Random } from './access-log/random.ts';
import type { Experiment, Finding } from './experiment.ts';
import { rounded } from './experiment.ts';
import { openKeptRounds } from './kept-rounds.ts';
import type { Fault } from './requirements/fault.ts';
import { provingFiles } from './requirements/proving-files.ts';
import type { Dearness, ProvingFiles } from './requirements/proving-files.ts';
import { judge, runTitled } from './requirements/run-titled.ts';
import type { Verdict } from './requirements/run-titled.ts';
import { TreeCopy } from './requirements/tree-copy.ts';

/** So many are drawn where not all are tried. */
const DRAWN = 10;
/** The cheapest tests first: a row that is red stays red. */
const order: readonly Dearness[] = ['unit', 'service', 'system', 'journey'];
const root = join(import.meta.dirname, '../..');

interface Trial {
  readonly fault: Fault;
  readonly status: 'green' | 'red' | 'none';
  /** A test that found it out. */
  readonly by: string | null;
  readonly seconds: number;
}

/** Breaks what the product does for a requirement, one line at a time, and looks at its row. */
export const experiment: Experiment = {
  about:
    'whatever a requirement asks for, once it is broken its row is red; `--all` breaks all that is listed, else ten',
  run: async ({ seed, all, minutes, folder, screen }) => {
    const faults = readFaults();
    const chosen = all ? faults : drawn(faults, new Random(`${seed}/broken-requirements`));
    const kept = await openKeptRounds<Kept>(folder, 'broken-requirements');
    const copy = new TreeCopy(root, join(folder, 'broken-tree'));
    const until = minutes === null ? Number.POSITIVE_INFINITY : Date.now() + minutes * 60_000;
    try {
      const proving = provingFiles(root);
      const trials: Trial[] = [];
      for (const fault of chosen) {
        const files = proving.get(fault.number);
        const key = keyOf(fault, files);
        const before = kept.rounds.find((round) => round.key === key);
        if (before === undefined && Date.now() >= until) continue;
        const trial = before?.trial ?? (await tryFault(copy, fault, files));
        if (before === undefined) await kept.add({ key, trial });
        trials.push(trial);
        screen.write(`${trials.length}/${chosen.length} ${fault.number} ${fault.what}: ${trial.status}\n`);
      }
      const left = chosen.length - trials.length;
      // Who has no time for all of them has none for this either.
      const unbroken = left > 0 ? null : await unbrokenRows(copy, chosen, proving);
      if (unbroken?.length === 0) await kept.clear();
      return finding(trials, { unbroken, left, listed: faults.length });
    } finally {
      copy.remove();
    }
  },
};

/** A trial of an earlier start, and what it depended on. */
interface Kept {
  readonly key: string;
  readonly trial: Trial;
}

/** Changes with the fault, with its file and with the tests that are to find it out. */
function keyOf(fault: Fault, files: ProvingFiles | undefined): string {
  const hash = createHash('sha256').update(JSON.stringify(fault));
  for (const path of [fault.file, ...order.flatMap((dearness) => files?.[dearness] ?? [])])
    hash.update(readFileSync(join(root, path)));
  return hash.digest('base64url');
}

/** The list of faults. */
export function readFaults(): Fault[] {
  return JSON.parse(readFileSync(join(import.meta.dirname, 'requirements/faults.json'), 'utf8')) as Fault[];
}

/** As many requirements as are drawn, one fault of each. */
function drawn(faults: readonly Fault[], random: Random): Fault[] {
  const shuffled = faults
    .map((fault) => ({ fault, place: random.next() }))
    .toSorted((one, other) => one.place - other.place)
    .map(({ fault }) => fault);
  return [...new Map(shuffled.map((fault) => [fault.number, fault])).values()].slice(0, DRAWN);
}

/** Rows that are not green as things are, and the tests that failed: what they say of a fault would prove nothing. */
async function unbrokenRows(
  copy: TreeCopy,
  chosen: readonly Fault[],
  proving: ReadonlyMap<string, ProvingFiles>,
): Promise<string[]> {
  const numbers = [...new Set(chosen.map(({ number }) => number))];
  const reports: string[] = [];
  for (const dearness of order) {
    const files = [...new Set(numbers.flatMap((number) => proving.get(number)?.[dearness] ?? []))];
    if (files.length > 0) reports.push(await runTitled(copy, dearness, files, numbers));
  }
  const { rows, failed } = await judge(copy.folder, reports);
  const wanted = numbers.filter((number) => rows[number] !== 'green');
  const titles = failed.filter((title) => wanted.some((number) => new RegExp(`\\b${number}\\b`).test(title)));
  return [...wanted.map((number) => `${number} ${rows[number] ?? 'none'}`), ...titles];
}

async function tryFault(copy: TreeCopy, fault: Fault, files: ProvingFiles | undefined): Promise<Trial> {
  const began = Date.now();
  const { rows, failed } = await copy.with(fault, () => rowOf(copy, fault, files));
  const seconds = rounded((Date.now() - began) / 1000);
  return { fault, status: rows[fault.number] ?? 'none', by: failed[0] ?? null, seconds };
}

/** Runs what proves a requirement, the dearer tests only while it is not red. */
async function rowOf(copy: TreeCopy, fault: Fault, files: ProvingFiles | undefined): Promise<Verdict> {
  const reports: string[] = [];
  let isBuilt = false;
  try {
    for (const dearness of order) {
      const chosen = files?.[dearness] ?? [];
      if (chosen.length === 0) continue;
      if ((dearness === 'system' || dearness === 'journey') && !isBuilt && fault.file.startsWith('web/')) {
        isBuilt = true;
        await buildScreens(copy.folder);
      }
      reports.push(await runTitled(copy, dearness, chosen, [fault.number]));
      const verdict = await judge(copy.folder, reports);
      if (verdict.rows[fault.number] === 'red') return verdict;
    }
  } finally {
    if (isBuilt) copy.renew('web/dist');
  }
  return judge(copy.folder, reports);
}

/** Screens are served as they were built. */
async function buildScreens(tree: string): Promise<void> {
  const script = join(tree, 'node_modules/vite/bin/vite.js');
  await promisify(execFile)(process.execPath, [script, 'build'], { cwd: join(tree, 'web') });
}

function finding(
  trials: readonly Trial[],
  {
    unbroken,
    left,
    listed,
  }: { readonly unbroken: readonly string[] | null; readonly left: number; readonly listed: number },
): Finding {
  const missed = trials.filter(({ status }) => status !== 'red');
  const of = (kind: Fault['kind']): number =>
    new Set(trials.filter(({ fault }) => fault.kind === kind).map(({ fault }) => fault.number)).size;
  return {
    holds: missed.length === 0 && unbroken?.length === 0 && left === 0,
    figures: {
      listed,
      tried: trials.length,
      left,
      red: trials.length - missed.length,
      rows: new Set(trials.map(({ fault }) => fault.number)).size,
      errorCaseRows: of('error case'),
      deadlineRows: of('deadline'),
      notGreenUnbroken: unbroken,
      missed: missed.map(({ fault, status }) => `${fault.number} ${fault.what}: ${status}`),
      trials: trials.map(({ fault, status, by, seconds }) => ({
        ...{ number: fault.number, what: fault.what, file: fault.file, status, by, seconds },
      })),
    },
  };
}
