import { expect, test } from 'vitest';
import { missingRules } from './password-rules.ts';

test.each([
  ['Sông-dài', ['DIGIT', 'SPECIAL']],
  ['Abcdef1_', []],
  ['Abcde1_', ['LENGTH']],
  ['A'.repeat(21), ['DIGIT', 'LENGTH', 'LOWER', 'SPECIAL']],
  ['', ['DIGIT', 'LENGTH', 'LOWER', 'SPECIAL', 'UPPER']],
])('R69: what a password lacks is told part by part: %s', (password, missing) => {
  expect(missingRules(password).toSorted()).toEqual(missing);
});
