import type { SubjectIdentifiers } from './caller-token.ts';
import { hasMarks, spellingOf } from './name-spelling.ts';

/** The identity columns a registry keeps on a row, as they stood when the row was written. */
export interface IdentityColumns {
  readonly personalNumber: string | null;
  readonly oldIdNumber: string | null;
  /** A foreigner's passport, on rows written before they had an identification number. */
  readonly passportNumber: string | null;
  /** The name as the registry spells it; tells two people apart who share number, key and birth date. */
  readonly holderName: string;
  /** {@link SubjectIdentifiers.matchName} of that name. */
  readonly matchName: string;
  readonly dateOfBirth: string;
}

/**
 * How a row was found to be somebody's: by the number, by a cancelled number, or by an old number (CMND 9, passport)
 * together with name and birth date, since such numbers alone were given twice.
 */
export type MatchLevel = 'EXACT_NUMBER' | 'CANCELLED_NUMBER' | 'OLD_NUMBER_NAME_BIRTH';

/** A row with whose it is and how that was found. */
export type Matched<Row> = Row & { readonly subject: string; readonly matchLevel: MatchLevel };

/** What came of matching: rows that are certainly somebody's, and how many were withheld as ambiguous. */
export interface MatchOutcome<Row> {
  readonly matched: Matched<Row>[];
  readonly ambiguous: number;
}

/** The values one statement has to look for, one list a column. */
export interface MatchKeys {
  readonly numbers: string[];
  readonly oldNumbers: string[];
  readonly passports: string[];
}

/** Gathers the look-up values of all the subjects, so that one statement serves them. */
export function matchKeys(ids: Readonly<Record<string, SubjectIdentifiers>>): MatchKeys {
  const numbers = new Set<string>();
  const oldNumbers = new Set<string>();
  const passports = new Set<string>();
  for (const id of Object.values(ids)) {
    numbers.add(id.personalNumber);
    for (const cancelled of id.cancelledNumbers) numbers.add(cancelled);
    if (id.oldIdNumber !== null) oldNumbers.add(id.oldIdNumber);
    for (const passport of id.passports) passports.add(passport);
  }
  return { numbers: [...numbers], oldNumbers: [...oldNumbers], passports: [...passports] };
}

/**
 * The rows that may be one of these people's, as a filter of a Prisma client: one statement, each of whose branches is
 * an index of its own. Rows that know both numbers come along; {@link matchSubjects} goes by the personal number.
 */
export function candidateFilter(ids: Readonly<Record<string, SubjectIdentifiers>>) {
  const { numbers, oldNumbers, passports } = matchKeys(ids);
  return {
    OR: [
      { personalNumber: { in: numbers } },
      { oldIdNumber: { in: oldNumbers } },
      { passportNumber: { in: passports } },
    ],
  };
}

/**
 * Tells whose each row is, in the order of the rows. A row that fits nobody is left out. Old-number matches are withheld, all of them, when the
 * rows found for one subject are spelt as different people, or when one row fits two subjects: better a missing licence
 * than somebody else's.
 */
export function matchSubjects<Row extends IdentityColumns>(
  rows: readonly Row[],
  ids: Readonly<Record<string, SubjectIdentifiers>>,
): MatchOutcome<Row> {
  const subjects = Object.entries(ids);
  const found: Matched<Row>[] = [];
  const spellings = new Map<string, Set<string>>();
  let ambiguous = 0;
  for (const row of rows) {
    const fits = subjects.flatMap(([subject, id]) => {
      const matchLevel = levelOf(row, id);
      return matchLevel === null ? [] : [{ ...row, subject, matchLevel }];
    });
    const [fit, second] = fits;
    if (fit === undefined) continue;
    if (second !== undefined) {
      ambiguous += 1;
      continue;
    }
    found.push(fit);
    if (fit.matchLevel !== 'OLD_NUMBER_NAME_BIRTH') continue;
    const spelled = spellingOf(row.holderName);
    const known = spellings.get(fit.subject) ?? new Set();
    spellings.set(fit.subject, hasMarks(spelled) ? known.add(spelled) : known);
  }
  const matched = found.filter(
    ({ matchLevel, subject }) =>
      matchLevel !== 'OLD_NUMBER_NAME_BIRTH' || (spellings.get(subject)?.size ?? 0) <= 1,
  );
  return { matched, ambiguous: ambiguous + found.length - matched.length };
}

function levelOf(row: IdentityColumns, id: SubjectIdentifiers): MatchLevel | null {
  if (row.personalNumber !== null) {
    if (row.personalNumber === id.personalNumber) return 'EXACT_NUMBER';
    return id.cancelledNumbers.includes(row.personalNumber) ? 'CANCELLED_NUMBER' : null;
  }
  // By the identifier that is attested, see identifierOf: a row that names two is not found by the second alone.
  const sameDocument =
    row.oldIdNumber === null
      ? row.passportNumber !== null && id.passports.includes(row.passportNumber)
      : row.oldIdNumber === id.oldIdNumber;
  const sameRecord = sameDocument && row.matchName === id.matchName && row.dateOfBirth === id.dateOfBirth;
  return sameRecord ? 'OLD_NUMBER_NAME_BIRTH' : null;
}

/** The identifier that stands on a row: what its holder attestation is made over. */
export function identifierOf(
  row: Pick<IdentityColumns, 'personalNumber' | 'oldIdNumber' | 'passportNumber'>,
): string {
  return row.personalNumber ?? row.oldIdNumber ?? row.passportNumber ?? '';
}
