import type { MatchLevel } from './match-subjects.ts';

/** A registry as its records name it. */
export interface Database {
  /** The database's own name. */
  readonly database: string;
  /** The agency that keeps it and corrects its errors. */
  readonly agency: string;
}

/** What a row tells of itself. `matchLevel` is absent on rows that are not matched to a person. */
export interface Verifiable {
  readonly verifiedAt: Date;
  readonly assurance: string;
  readonly synthetic: boolean;
  readonly matchLevel?: MatchLevel;
}

/** The `source` of a record as the schema tells it. */
export interface ToldSource extends Database {
  readonly fetchedAt: string;
  readonly verifiedAt: string | null;
  readonly assurance: string | null;
  readonly synthetic: boolean | null;
}

/** The `source` of an answer that tells of no record: which database was asked and when. */
export function sourceAsked(database: Database, now: Date): ToldSource {
  return { ...database, fetchedAt: now.toISOString(), verifiedAt: null, assurance: null, synthetic: null };
}

/**
 * The `source` of a record. However well a registry verified its row, one found by an old number, name and birth date
 * is a match and no more.
 */
export function sourceOf(database: Database, row: Verifiable, now: Date): ToldSource {
  return {
    ...database,
    fetchedAt: now.toISOString(),
    verifiedAt: row.verifiedAt.toISOString(),
    assurance: row.matchLevel === 'OLD_NUMBER_NAME_BIRTH' ? 'MATCHED' : row.assurance,
    synthetic: row.synthetic,
  };
}
