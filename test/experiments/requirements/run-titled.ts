import { execFile } from 'node:child_process';
import { existsSync, mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { Dearness } from './proving-files.ts';
import type { TreeCopy } from './tree-copy.ts';

const run = promisify(execFile);

/** What the tests of a tree say of some requirements. */
export interface Verdict {
  /** By requirement, as the page of requirements has it; one without a test that ran is not there. */
  readonly rows: Readonly<Partial<Record<string, 'green' | 'red' | 'none'>>>;
  /** Titles of the tests that failed. */
  readonly failed: readonly string[];
}

/** Reads reports by the very code that makes the page. */
export async function judge(tree: string, reports: readonly string[]): Promise<Verdict> {
  const script = join(tree, '.ci/requirements/judge-reports.ts');
  const { stdout } = await run(process.execPath, [script, ...reports], { cwd: tree });
  return JSON.parse(stdout) as Verdict;
}

/** What starts the shared system for every run in which a file crosses services; the configuration looks whether it is there. */
const SHARED_SYSTEM = 'test/harness/global-setup.ts';

/** Runs the tests in some files of a copy whose titles name one of the requirements; gives the path of the report. */
export async function runTitled(
  copy: TreeCopy,
  dearness: Dearness,
  files: readonly string[],
  numbers: readonly string[],
): Promise<string> {
  const report = join(copy.folder, '.data', `${dearness}.json`);
  mkdirSync(join(copy.folder, '.data'), { recursive: true });
  rmSync(report, { force: true });
  const args = [
    join(copy.folder, 'node_modules/vitest/vitest.mjs'),
    'run',
    ...['--project', dearness === 'unit' ? 'unit' : 'system'],
    ...['-t', `\\b(?:${numbers.join('|')})\\b`],
    ...['--reporter=json', `--outputFile.json=${report}`],
    ...files,
  ];
  const work = (): Promise<{ stderr: string }> =>
    // A test that fails ends it with a code of its own: the report says what that was.
    run(process.execPath, args, { cwd: copy.folder, maxBuffer: 64 * 2 ** 20 }).catch(
      (error: { stderr: string }) => error,
    );
  const { stderr } = await (dearness === 'service' ? copy.without(SHARED_SYSTEM, work) : work());
  if (!existsSync(report))
    throw new TypeError(`the tests of ${numbers.join(' ')} left no report: ${stderr.slice(-2_000)}`);
  return report;
}
