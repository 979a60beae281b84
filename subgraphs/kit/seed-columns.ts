import { matchName } from './match-name.ts';
import type { CopyValue } from './seeding.ts';

/** Whose a row is, in the identifiers that stand in its registry. */
export interface SeedHolder {
  readonly personalNumber: string | null;
  readonly oldIdNumber: string | null;
  readonly passportNumber: string | null;
  /** As this registry spells it. */
  readonly fullName: string;
  /** `1950`, `1950-03` or `1950-03-02`. */
  readonly dateOfBirth: string;
}

/** The columns of {@link IdentityColumns} in the order of {@link identityValues}. */
export const identityColumns = [
  'personal_number',
  'old_id_number',
  'passport_number',
  'holder_name',
  'match_name',
  'date_of_birth',
] as const;

/** The identity columns of a row; the match key is made of the name as the row has it, not as the person bears it. */
export function identityValues(holder: SeedHolder): readonly CopyValue[] {
  const { personalNumber, oldIdNumber, passportNumber, fullName, dateOfBirth } = holder;
  return [personalNumber, oldIdNumber, passportNumber, fullName, matchName(fullName), dateOfBirth];
}

/** The columns that a row's `source` is told from, in the order of {@link verifiedValues}. */
export const verifiedColumns = ['verified_at', 'assurance', 'synthetic'] as const;

/** The source columns of a seeded row: whatever is seeded is synthetic. */
export function verifiedValues(row: {
  readonly verifiedAt: string;
  readonly assurance: string;
}): readonly CopyValue[] {
  return [row.verifiedAt, row.assurance, true];
}
