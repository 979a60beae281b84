/** The count of a run, kept in .data/test-results so that `.ci/run` can add up what the runners reported. */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from './tool.ts';

/** How many tests (or checks) held and how many did not. */
export interface Tally {
  passed: number;
  failed: number;
}

/** The folder of all reports, created on first use and never committed. */
export const resultsFolder: string = join(root, '.data/test-results');

/** Keeps the tally of a run under its name. */
export function writeTally(name: string, tally: Tally): void {
  mkdirSync(resultsFolder, { recursive: true });
  writeFileSync(join(resultsFolder, `${name}.json`), `${JSON.stringify(tally)}\n`);
}

/** Reads a tally back; a run that left none did not finish and counts as one failure. */
export function readTally(name: string): Tally {
  try {
    return JSON.parse(readFileSync(join(resultsFolder, `${name}.json`), 'utf8')) as Tally;
  } catch {
    return { passed: 0, failed: 1 };
  }
}

/** The plain line a run ends with. */
export function tallyLine({ passed, failed }: Tally): string {
  return `${passed} passed, ${failed} failed\n`;
}
