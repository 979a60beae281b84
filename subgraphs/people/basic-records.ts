/** How sure the registry was when it stored the row; a match by an old number lowers it when the row is answered. */
export type Assurance = 'DECLARED' | 'MATCHED' | 'DOCUMENT' | 'CHIP' | 'BIOMETRIC';

/** Sex as recorded. */
export type Sex = 'MALE' | 'FEMALE' | 'UNSPECIFIED';

/** How another person stands to the record's person. */
export type Relation =
  | 'FATHER'
  | 'MOTHER'
  | 'SPOUSE'
  | 'CHILD'
  | 'GUARDIAN'
  | 'WARD'
  | 'LEGAL_REPRESENTATIVE'
  | 'REPRESENTED';

/** What every row carries for its `source`. */
export interface Verified {
  readonly verifiedAt: string;
  readonly assurance: Assurance;
}

/**
 * Whose row it is, in the identifiers that stand in that registry: old rows of licences and vehicles know a 9-digit
 * number, a name and a date of birth and nothing else. Never an opaque `subject`.
 */
export interface RowHolder {
  /** Personal number, or a foreigner's ID number; null on old rows. May be a number cancelled since. */
  readonly personalNumber: string | null;
  /** Number of the old 9-digit card. */
  readonly oldIdNumber: string | null;
  /** A foreigner's passport, where the row knows it. */
  readonly passportNumber: string | null;
  /** The name as this registry has it: at times without marks, in capitals or with another tone placement. */
  readonly fullName: string;
  /** PartialDate. */
  readonly dateOfBirth: string;
}
