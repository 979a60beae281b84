/** Makes docs/requirements.md anew after a whole run. */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Report } from '../test-report.ts';
import { root } from '../tool.ts';
import { type Requirement, requirementsPage, unknownNumbers } from './requirements-page.ts';

/** Writes the page; a sentence for each way in which what was committed is not what the run says. */
export function keepRequirements(report: Report): string[] {
  const requirements = JSON.parse(
    readFileSync(join(root, '.ci/requirements/requirements.json'), 'utf8'),
  ) as Requirement[];
  const path = join(root, 'docs/requirements.md');
  const page = requirementsPage(requirements, report);
  const complaints = unknownNumbers(requirements, report).map(
    (number) => `A test names ${number}: no such requirement.`,
  );
  if (page !== readFileSync(path, 'utf8')) {
    writeFileSync(path, page);
    complaints.push('docs/requirements.md was not what this run says; it is now: commit it.');
  }
  return complaints;
}
