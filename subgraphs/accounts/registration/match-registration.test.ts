import { expect, it } from 'vitest';
import { databaseOf } from './match-registration.ts';
import type { ApplicantKind, Registration } from './registration.ts';

it.each<[ApplicantKind, string, string]>([
  ['CITIZEN', 'VNM', 'population'],
  ['CHILD', 'VNM', 'population'],
  ['WARD', 'VNM', 'population'],
  ['FOREIGN_RESIDENT', 'DEU', 'immigration'],
  ['CHILD', 'DEU', 'immigration'],
  ['WARD', 'LAO', 'immigration'],
])('R28 R29: a %s of %s is held against the database of %s', (kind, nationality, database) => {
  expect(databaseOf({ kind, identity: { nationality } as Registration['identity'] })).toBe(database);
});
