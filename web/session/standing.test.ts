import { expect, it } from 'vitest';
import type { FailureCode } from '../api/error-codes.ts';
import { type OwnAccount, type Standing, standingOf } from './standing.ts';

it.each<[OwnAccount['status'], OwnAccount['kind'], readonly FailureCode[], Standing]>([
  ['ACTIVE', 'CITIZEN', [], 'open'],
  ['ACTIVE', 'FOREIGN_RESIDENT', [], 'open'],
  ['ACTIVE', 'CITIZEN', ['LEVEL_REQUIRED'], 'open'],
  ['LOCKED', null, ['ACCOUNT_LOCKED'], 'locked'],
  ['CLOSED', null, ['ACCOUNT_LOCKED'], 'locked'],
  ['ACTIVE', null, ['GUARDIAN_REQUIRED'], 'guardian'],
  ['ACTIVE', 'STAFF', [], 'staff'],
  ['ACTIVE', null, ['NOT_PERMITTED'], 'staff'],
])('an account %s of a %s, refused %j, stands %s', (status, kind, refused, standing) => {
  expect(standingOf({ status, kind }, new Set(refused))).toBe(standing);
});
