import { expect, it } from 'vitest';
import { caseFault } from './case-reference.ts';

it.each([
  ['KT-2026/0417', null],
  ['abc', null],
  [`A${'b'.repeat(63)}`, null],
  ['', 'formFault'],
  ['ab', 'formFault'],
  [`A${'b'.repeat(64)}`, 'formFault'],
  ['-2026', 'formFault'],
  ['KT 2026', 'formFault'],
  ['vụ-việc', 'formFault'],
  ['KT\nX-header: 1', 'formFault'],
  ['KT-097158030798', 'numberFault'],
  ['123456789', 'numberFault'],
  ['KT-12345678', null],
] as const)('%j as a case reference: %s', (reference, fault) => {
  expect(caseFault(reference)).toBe(fault);
});
