/** The last line of `.ci/run`: the tests and the checks (one each) added up from what their runners reported. */
import { readTally, tallyLine } from './tally.ts';

const tests = readTally('tests');
const checks = readTally('checks');
const failed = tests.failed + checks.failed;
process.stdout.write(tallyLine({ passed: tests.passed + checks.passed, failed }));
process.exitCode = failed > 0 ? 1 : 0;
