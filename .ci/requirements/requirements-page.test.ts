import { expect, test } from 'vitest';
import type { Report } from '../test-report.ts';
import {
  type Requirement,
  requirementStatuses,
  requirementsPage,
  unknownNumbers,
} from './requirements-page.ts';

const requirements: Requirement[] = [
  { number: 'R1', text: 'One.', where: 'one', isBehaviour: true },
  { number: 'R2', text: 'Two.', where: '', isBehaviour: false },
];

function report(...tests: readonly (readonly [title: string, status: string, around?: string])[]): Report {
  const assertionResults = tests.map(([title, status, around]) => ({
    fullName: title,
    title,
    ancestorTitles: around === undefined ? [] : [around],
    status,
  }));
  return { testResults: [{ name: 'a.test.ts', status: 'passed', assertionResults }] };
}

test.each([
  ['a passed test', report(['R1: it holds', 'passed']), 'green'],
  ['one of two failed', report(['R1: it holds', 'passed'], ['R1: it does not', 'failed']), 'red'],
  [
    'the order of passed and failed makes no difference',
    report(['R1: a', 'failed'], ['R1: b', 'passed']),
    'red',
  ],
  ['several numbers', report(['R7 R1: it holds', 'passed']), 'green'],
  ['a title around it', report(['it holds', 'passed', 'R1: area']), 'green'],
  ['a number elsewhere in the title', report(['it is as R1: says', 'passed']), undefined],
] as const)('the status of a requirement: %s', (_case, given, status) => {
  expect(requirementStatuses(given).get('R1')?.status).toBe(status);
});

test('the page lists every requirement, with what asserts it', () => {
  const page = requirementsPage(requirements, report(['R1: it | holds', 'passed']));
  expect(page).toContain('| R1 | One. | `one` | it / holds | green |');
  expect(page).toContain('| R2 | Two. |  | a statement without behaviour | none |');
  expect(page).toContain('Behaviours with passed tests: 1 of 1.');
});

test('a number that is no requirement is named', () => {
  expect(unknownNumbers(requirements, report(['R9: what', 'passed']))).toEqual(['R9']);
});
