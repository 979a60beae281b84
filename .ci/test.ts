/**
 * `npm test`: every test of the repository in one vitest run, then one plain line `N passed, N failed` counted from
 * its report. Arguments are handed on (`npm test -- gateway/engine`, `npm test -- -t name`).
 * A whole run fails when a test was skipped or left to do, or when there was none: what is not run proves nothing.
 */
import { mkdirSync, readFileSync, rmSync } from 'node:fs';
import { join, relative } from 'node:path';
import { keepRequirements } from './requirements/keep-requirements.ts';
import { resultsFolder, tallyLine, writeTally } from './tally.ts';
import { countReport, type Report } from './test-report.ts';
import { root, runShown, toolScript } from './tool.ts';

const reportPath = join(resultsFolder, 'vitest.json');
const chosen = process.argv.slice(2);

mkdirSync(resultsFolder, { recursive: true });
rmSync(reportPath, { force: true });
rmSync(join(resultsFolder, 'tests.json'), { force: true });

const exitCode = await runShown(toolScript('vitest'), [
  'run',
  '--reporter=default',
  '--reporter=json',
  `--outputFile.json=${reportPath}`,
  ...chosen,
]);
const report = readReport();
const whole = chosen.length === 0;
const { tally, complaints } = countReport(report, { exitCode, whole });
if (report && whole) {
  const stale = keepRequirements(report);
  complaints.push(...stale);
  tally.failed += stale.length;
}
for (const complaint of complaints) process.stdout.write(`${complaint}\n`);
writeTally('tests', tally);
process.stdout.write(tallyLine(tally));
process.exitCode = tally.failed > 0 ? 1 : 0;

function readReport(): Report | null {
  try {
    const report = JSON.parse(readFileSync(reportPath, 'utf8')) as Report;
    for (const file of report.testResults) file.name = relative(root, file.name);
    return report;
  } catch {
    return null;
  }
}
