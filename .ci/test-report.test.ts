import { expect, test } from 'vitest';
import { countReport, type Report } from './test-report.ts';

const report = (...statuses: string[]): Report => ({
  testResults: [
    {
      name: 'a.test.ts',
      status: statuses.includes('failed') ? 'failed' : 'passed',
      assertionResults: statuses.map((status, index) => ({
        fullName: `t${index}`,
        title: `t${index}`,
        ancestorTitles: [],
        status,
      })),
    },
  ],
});
const whole = { exitCode: 0, whole: true };

test.each([
  ['all passed', report('passed', 'passed'), whole, { passed: 2, failed: 0 }],
  ['a failed test', report('passed', 'failed'), { exitCode: 1, whole: true }, { passed: 1, failed: 1 }],
  ['a skipped test fails the whole run', report('passed', 'skipped'), whole, { passed: 1, failed: 1 }],
  ['a test left to do fails the whole run', report('passed', 'todo'), whole, { passed: 1, failed: 1 }],
  [
    'a chosen part may leave tests out',
    report('passed', 'skipped'),
    { exitCode: 0, whole: false },
    { passed: 1, failed: 0 },
  ],
  ['no test at all', report(), whole, { passed: 0, failed: 1 }],
  ['no report', null, { exitCode: 137, whole: true }, { passed: 0, failed: 1 }],
  ['an error outside all tests', report('passed'), { exitCode: 1, whole: true }, { passed: 1, failed: 1 }],
] as const)('%s', (_case, given, run, tally) => {
  const counted = countReport(given, run);
  expect(counted.tally).toEqual(tally);
});

test('a test file that could not be loaded counts as one failure and is named', () => {
  const counted = countReport(
    { testResults: [{ name: 'broken.test.ts', status: 'failed', message: 'boom', assertionResults: [] }] },
    { exitCode: 1, whole: true },
  );
  expect(counted).toEqual({
    tally: { passed: 0, failed: 1 },
    complaints: ['This test file failed outside its tests: broken.test.ts'],
  });
});
