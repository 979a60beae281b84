import { matchName } from '@dinhdanh/kit';
import type { MatchLevel } from '@dinhdanh/kit';

/** A file as far as choosing between several of one person goes. */
export interface TravellerFile {
  readonly kind: string;
  readonly matchLevel: MatchLevel;
  readonly verifiedAt: Date;
}

const CERTAINTY: readonly MatchLevel[] = ['EXACT_NUMBER', 'CANCELLED_NUMBER', 'OLD_NUMBER_NAME_BIRTH'];

/** The file that says who a foreigner is: the most certainly theirs, of equals the one verified last; null for none. */
export function identityFile<File extends TravellerFile>(files: readonly File[]): File | null {
  const foreign = files.filter(({ kind }) => kind === 'FOREIGN_RESIDENT');
  const [best] = foreign.toSorted(
    (a, b) =>
      CERTAINTY.indexOf(a.matchLevel) - CERTAINTY.indexOf(b.matchLevel) ||
      b.verifiedAt.getTime() - a.verifiedAt.getTime(),
  );
  return best ?? null;
}

/** A residence card as far as its validity goes. */
export interface DatedResidenceCard {
  readonly kind: string;
  readonly issueDate: string;
  readonly expiryDate: string;
}

/**
 * The residence card in force on a legal day, else the one issued last. A permanent card has a day of re-issue, not an
 * end (Law 47/2014/QH13, art. 43).
 */
export function residenceCardToShow<Card extends DatedResidenceCard>(
  cards: readonly Card[],
  today: string,
): Card | null {
  const latestFirst = cards.toSorted((a, b) => (a.issueDate < b.issueDate ? 1 : -1));
  const inForce = latestFirst.find(({ kind, expiryDate }) => kind === 'PERMANENT' || today <= expiryDate);
  return inForce ?? latestFirst[0] ?? null;
}

/** The ages anybody may ask about, in years. */
export const AGE_LIMITS = { least: 1, most: 150 } as const;

/** Letters of a name that is compared, at most; no register has a longer one. */
const LONGEST_NAME = 100;

/** The match key of a name that is asked about; null where it is none, or too long to be one. */
export function nameAskedAbout(name: string): string | null {
  const key = name.length > LONGEST_NAME ? '' : matchName(name);
  return key === '' ? null : key;
}

/** Whether a text has the form of a province code (Decision 19/2025/QĐ-TTg). */
export function isProvinceCode(code: string): boolean {
  return /^[0-9]{2}$/.test(code);
}
