import { expect, test } from 'vitest';
import { callerRights } from './caller-rights.ts';
import type { Caller } from './caller.ts';

const caller = (given: Partial<Caller>): Caller => ({
  kind: 'person',
  id: 'someone',
  sessionId: 'session',
  level: 1,
  locked: false,
  passcodeUntil: null,
  guardianRequired: false,
  self: null,
  dependants: [],
  ...given,
});

const held = (given: Partial<Caller>): unknown => {
  const { authenticated, scopes, policies } = callerRights(caller(given));
  return [authenticated, [...scopes].toSorted(), [...policies]];
};

test('a stranger holds nothing', () => {
  expect(held({ kind: 'anonymous', level: 0 })).toEqual([false, [], []]);
});

test('a level holds those below it, and a locked account none', () => {
  expect(held({ level: 1 })).toEqual([true, ['kind:person', 'level:1'], []]);
  expect(held({ level: 2 })).toEqual([true, ['kind:person', 'level:1', 'level:2'], []]);
  expect(held({ level: 2, locked: true })).toEqual([true, ['kind:person'], []]);
});

test('staff hold their role and no level', () => {
  expect(held({ kind: 'officer', role: 'OPERATOR', level: 2 })).toEqual([
    true,
    ['kind:officer', 'role:operator'],
    [],
  ]);
  expect(held({ kind: 'auditor', level: 0 })).toEqual([true, ['kind:auditor', 'role:auditor'], []]);
});

test('who holds a consent holds no level of the person who gave it', () => {
  expect(held({ kind: 'relying_party', level: 2, role: 'OPERATOR' })).toEqual([
    true,
    ['kind:relying-party'],
    [],
  ]);
});
