import type { AccountRecord, SyntheticPerson } from './records.ts';

/** The parts a persona can play; demo.json names them so. */
export type PersonaKey =
  | 'level2'
  | 'level1'
  | 'foreigner'
  | 'guardian'
  | 'child'
  | 'ward'
  | 'minor'
  | 'locked'
  | 'oldRecords'
  | 'fleet'
  | 'mismatch'
  | 'officer'
  | 'secondOfficer'
  | 'reviewer'
  | 'operator'
  | 'auditor';

/** What the registries hold of a persona. */
export type PersonaRecords = Omit<SyntheticPerson, 'index' | 'kind' | 'account'>;

/** One hand-written person: who may sign in with which password and passcode, and what every registry holds. */
export interface Persona {
  readonly key: PersonaKey;
  readonly about: string;
  readonly password: string;
  readonly passcode: string;
  readonly account: AccountRecord;
  readonly records: PersonaRecords;
}
