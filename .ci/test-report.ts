/** Reads vitest's JSON report as a verdict. Pure. */
import type { Tally } from './tally.ts';

/** The part of vitest's JSON report (Jest's format) that the count is taken from. */
export interface Report {
  testResults: {
    /** Path of the test file. */
    name: string;
    status: string;
    message?: string;
    assertionResults: { fullName: string; title: string; ancestorTitles: string[]; status: string }[];
  }[];
}

/**
 * Counts a report.
 * @param report null when the runner left none
 * @param run its exit code, and whether it ran everything: only a chosen part may leave tests out
 * @returns the tally, and a sentence for each failure that is not a failed test
 */
export function countReport(
  report: Report | null,
  run: { exitCode: number; whole: boolean },
): { tally: Tally; complaints: string[] } {
  const tally: Tally = { passed: 0, failed: 0 };
  const complaints: string[] = [];
  const complain = (sentence: string): void => {
    tally.failed += 1;
    complaints.push(sentence);
  };

  if (report === null) {
    complain(`The test runner ended with code ${run.exitCode} and left no report.`);
    return { tally, complaints };
  }
  for (const file of report.testResults) {
    for (const test of file.assertionResults) {
      if (test.status === 'passed') tally.passed += 1;
      else if (test.status === 'failed') tally.failed += 1;
      else if (run.whole) complain(`Left out (${test.status}): ${file.name} > ${test.fullName}`);
    }
    if (file.status === 'failed' && !file.assertionResults.some((test) => test.status === 'failed')) {
      complain(`This test file failed outside its tests: ${file.name}`);
    }
  }
  if (tally.passed + tally.failed === 0) complain('No test ran.');
  if (run.exitCode !== 0 && tally.failed === 0) {
    complain(`All tests passed, but the runner ended with code ${run.exitCode}: see the errors above.`);
  }
  return { tally, complaints };
}
