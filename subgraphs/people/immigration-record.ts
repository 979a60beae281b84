import type { Sex, Verified } from './basic-records.ts';

/** A passport row, Vietnamese or foreign; the name and date of birth in it are those of the immigration record. */
export interface PassportRecord {
  readonly ref: string;
  readonly number: string;
  readonly type: 'ORDINARY' | 'OFFICIAL' | 'DIPLOMATIC' | 'TRAVEL_DOCUMENT';
  readonly issueDate: string;
  readonly expiryDate: string;
  /** ISO 3166-1 alpha-3. */
  readonly issuer: string;
  readonly placeOfIssue: string;
  readonly chip: boolean;
}

/** A visa row. */
export interface VisaRecord {
  readonly code: string;
  readonly number: string;
  readonly entries: 'SINGLE' | 'MULTIPLE';
  readonly validFrom: string;
  readonly validTo: string;
  readonly sponsor: string | null;
}

/** A residence card row. */
export interface ResidenceCardRecord {
  readonly ref: string;
  readonly kind: 'TEMPORARY' | 'PERMANENT';
  readonly symbol: string | null;
  readonly number: string;
  readonly issueDate: string;
  readonly expiryDate: string;
  readonly address: string;
}

/** One entry or exit. */
export interface BorderCrossing {
  readonly date: string;
  readonly gate: string;
  readonly direction: 'ENTRY' | 'EXIT';
}

/** A person in the immigration database: a citizen who ever had a passport, or a foreigner. */
export interface ImmigrationRecord extends Verified {
  readonly kind: 'CITIZEN' | 'FOREIGN_RESIDENT';
  /** Personal number; a foreigner's ID number. */
  readonly personalNumber: string;
  readonly fullName: string;
  readonly dateOfBirth: string;
  readonly sex: Sex;
  readonly nationality: readonly string[];
  readonly passports: readonly PassportRecord[];
  readonly visas: readonly VisaRecord[];
  readonly residenceCard: ResidenceCardRecord | null;
  readonly temporaryStayCertifiedUntil: string | null;
  /** Latest first. */
  readonly entries: readonly BorderCrossing[];
  /** Latest first. */
  readonly exits: readonly BorderCrossing[];
  readonly entryBanned: boolean;
  readonly exitSuspended: boolean;
}
