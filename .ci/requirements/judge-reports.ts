/**
 * `node .ci/requirements/judge-reports.ts report.json …`: how the row of each requirement stands that the tests of the
 * reports name, and which tests failed, as JSON.
 */
import { readFileSync } from 'node:fs';
import type { Report } from '../test-report.ts';
import { requirementStatuses } from './requirements-page.ts';

const reports = process.argv.slice(2).map((path) => JSON.parse(readFileSync(path, 'utf8')) as Report);
const testResults = reports.flatMap((report) => report.testResults);
const rows: Record<string, string> = {};
for (const [number, { status }] of requirementStatuses({ testResults })) rows[number] = status;
const failed = testResults
  .flatMap(({ assertionResults }) => assertionResults)
  .flatMap(({ title, status }) => (status === 'failed' ? [title] : []));
process.stdout.write(`${JSON.stringify({ rows, failed })}\n`);
