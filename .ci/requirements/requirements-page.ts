/** docs/requirements.md from the list of requirements and the report of a whole run. Pure. */
import type { Report } from '../test-report.ts';

/** One requirement of the two source articles, in our own words. */
export interface Requirement {
  /** `R1` to `R113`. */
  number: string;
  text: string;
  /** Operation or screen; empty where there is none. */
  where: string;
  /** Whether the product does something for it: a statement without behaviour needs no test. */
  isBehaviour: boolean;
}

/** Whether all tests of a requirement passed, one did not, or there is none. */
export type RequirementStatus = 'green' | 'red' | 'none';

/** A test names what it proves at the start of its title, or of a title around it: `R62 R67: a code is sent by SMS`. */
const naming = /^((?:R\d+ )*R\d+): /u;

/** What the tests of each requirement came to. */
export function requirementStatuses(
  report: Report,
): Map<string, { status: RequirementStatus; tests: string[] }> {
  const found = new Map<string, { status: RequirementStatus; tests: string[] }>();
  for (const { assertionResults } of report.testResults) {
    for (const { title, ancestorTitles, status } of assertionResults) {
      for (const number of new Set([...ancestorTitles, title].flatMap(numbersOf))) {
        const row = found.get(number) ?? { status: 'green' as const, tests: [] };
        row.tests.push(title.replace(naming, ''));
        found.set(number, { ...row, status: status === 'passed' ? row.status : 'red' });
      }
    }
  }
  return found;
}

/** The page. */
export function requirementsPage(requirements: readonly Requirement[], report: Report): string {
  const found = requirementStatuses(report);
  const rows = requirements.map(({ number, text, where, isBehaviour }) => {
    const { status, tests } = found.get(number) ?? { status: 'none', tests: [] };
    const proof = tests.length === 0 && !isBehaviour ? 'a statement without behaviour' : shown(tests);
    return `| ${number} | ${text} | ${where === '' ? '' : `\`${where.replaceAll('|', '/')}\``} | ${proof} | ${status} |`;
  });
  const behaviours = requirements.filter(({ isBehaviour }) => isBehaviour);
  const green = behaviours.filter(({ number }) => found.get(number)?.status === 'green').length;
  return [
    '# Requirements',
    '',
    'Drawn from two articles on registering for an electronic identification account, R1–R113. Made by `npm test` from the tests',
    'that passed; not to be edited. A test says what it proves at the start of its title (`R62: …`).',
    '',
    `Behaviours with passed tests: ${green} of ${behaviours.length}.`,
    '',
    '| No. | Requirement | Operation or screen | Asserted by | Status |',
    '|---|---|---|---|---|',
    ...rows,
    '',
  ].join('\n');
}

/** Numbers that tests name and the list does not have. */
export function unknownNumbers(requirements: readonly Requirement[], report: Report): string[] {
  const known = new Set(requirements.map(({ number }) => number));
  return [...requirementStatuses(report).keys()].filter((number) => !known.has(number));
}

const shownTests = 3;

function shown(tests: readonly string[]): string {
  const distinct = [...new Set(tests)].toSorted();
  const names = distinct.slice(0, shownTests).map((name) => name.replaceAll('|', '/'));
  const more = distinct.length - names.length;
  return names.join('; ') + (more > 0 ? `; and ${more} more` : '');
}

function numbersOf(title: string): string[] {
  return naming.exec(title)?.[1]?.split(' ') ?? [];
}
