import { fitsMrzName, judgeIdentity, noMatch, sameDate, sameName, samePlace } from '@dinhdanh/kit';
import type { IdentityJudgement } from '@dinhdanh/kit';
import { cardStatusOn } from './rules.ts';
import type { DatedCard } from './rules.ts';

/** What a citizen declares of themself to register (Decree 69/2024, art. 10). What is left out is not compared. */
export interface DeclaredCitizen {
  readonly personalNumber: string;
  readonly fullName: string;
  readonly mrzName?: string | null | undefined;
  /** `1950`, `1950-03` or `1950-03-02`. */
  readonly dateOfBirth: string;
  readonly sex: string;
  readonly nationality?: readonly string[] | null | undefined;
  readonly permanentResidence?: string | null | undefined;
  readonly currentResidence?: string | null | undefined;
  readonly oldIdNumber?: string | null | undefined;
  /** The day of issue that stands on the card at hand. */
  readonly cardIssueDate?: string | null | undefined;
}

/** What the registry has under the declared number. */
export interface RecordedCitizen {
  readonly personalNumber: string;
  readonly fullName: string;
  readonly dateOfBirth: string;
  readonly sex: string;
  readonly nationality: readonly string[];
  readonly oldIdNumber: string | null;
  /** Recorded as dead or missing. */
  readonly isGone: boolean;
  readonly addresses: readonly {
    readonly kind: string;
    readonly text: string;
    /** As papers issued before July 2025 have it, which stay good (Law 26/2023/QH15, art. 46). */
    readonly legacyText: string | null;
  }[];
  readonly cards: readonly DatedCard[];
}

/** Held against a declaration where nobody has its number, so that both take the same work. */
const nobody: RecordedCitizen = {
  ...{ personalNumber: '', fullName: '', dateOfBirth: '', sex: '', nationality: [], oldIdNumber: null },
  ...{ isGone: true, addresses: [], cards: [] },
};

/**
 * How far a declaration matches a record on a legal day. Who is recorded as dead or missing matches nobody. A cancelled
 * number finds its record and differs (Decree 70/2024, art. 11). Of several nationalities each that is declared counts.
 */
export function compareCitizen(
  declared: DeclaredCitizen,
  found: RecordedCitizen | null,
  today: string,
): IdentityJudgement {
  const record = found ?? nobody;
  const { fullName, mrzName, dateOfBirth, nationality, permanentResidence, currentResidence } = declared;
  const { oldIdNumber, cardIssueDate } = declared;
  const judged = judgeIdentity({
    PERSONAL_NUMBER: declared.personalNumber === record.personalNumber,
    FULL_NAME:
      sameName(fullName, record.fullName) &&
      (mrzName === null || mrzName === undefined || fitsMrzName(mrzName, record.fullName)),
    DATE_OF_BIRTH: sameDate(dateOfBirth, record.dateOfBirth),
    SEX: declared.sex === record.sex,
    NATIONALITY: given(nationality, (countries) =>
      countries.every((country) => record.nationality.includes(country)),
    ),
    PERMANENT_RESIDENCE: given(permanentResidence, (text) => samePlace(text, writings(record, 'PERMANENT'))),
    CURRENT_RESIDENCE: given(currentResidence, (text) => samePlace(text, writings(record, 'CURRENT'))),
    OLD_ID_NUMBER: given(oldIdNumber, (number) => number === record.oldIdNumber),
    IDENTITY_CARD: given(cardIssueDate, (day) =>
      record.cards.some((card) => card.issueDate === day && cardStatusOn(card, today) === 'VALID'),
    ),
  });
  return record.isGone ? noMatch : judged;
}

/** What is compared where it was declared; null where it was not. */
function given<Value>(
  declared: Value | null | undefined,
  compare: (value: Value) => boolean,
): boolean | null {
  return declared === null || declared === undefined ? null : compare(declared);
}

function writings({ addresses }: RecordedCitizen, kind: string): readonly string[] {
  const known = addresses.filter((address) => address.kind === kind);
  return known.flatMap(({ text, legacyText }) => [text, ...(legacyText === null ? [] : [legacyText])]);
}
