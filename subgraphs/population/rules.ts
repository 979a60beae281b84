import { matchName } from '@dinhdanh/kit';
import type { MatchLevel, SubjectIdentifiers } from '@dinhdanh/kit';

/** The numbers that stand on a citizen's record. */
export interface NumberedRecord {
  readonly personalNumber: string;
  readonly previousNumbers: readonly string[];
}

/** A record with whose it is, how that was found, and the number of it that is attested to the gateway. */
export type FoundCitizen<Record> = Record & {
  readonly subject: string;
  readonly matchLevel: MatchLevel;
  readonly attestedNumber: string;
};

/** The records that are certainly a subject's, and how many were withheld as ambiguous. */
export interface CitizensFound<Record> {
  readonly bySubject: ReadonlyMap<string, FoundCitizen<Record>>;
  readonly ambiguous: number;
}

/** Every number a citizen was ever known by, of all subjects: what one statement looks for. */
export function numbersOf(ids: Readonly<Record<string, SubjectIdentifiers>>): string[] {
  const citizens = Object.values(ids).filter(({ kind }) => kind === 'CITIZEN');
  return [...new Set(citizens.flatMap((id) => [id.personalNumber, ...id.cancelledNumbers]))];
}

/**
 * Tells whose each record is, by numbers alone: this registry is the master of names and birth dates, so neither decides.
 * A number counts as well when a correction has cancelled it, here or in the account, which learns of it later
 * (Decree 70/2024, art. 11). A record that fits two subjects is withheld, and of several that fit one all but that
 * with the very number.
 */
export function matchCitizens<Row extends NumberedRecord>(
  rows: readonly Row[],
  ids: Readonly<Record<string, SubjectIdentifiers>>,
): CitizensFound<Row> {
  const candidates = new Map<string, FoundCitizen<Row>[]>();
  let ambiguous = 0;
  for (const row of rows) {
    const fits = Object.entries(ids).flatMap(([subject, id]) => fitOf(row, subject, id) ?? []);
    const [fit] = fits;
    if (fit === undefined) continue;
    if (fits.length > 1) ambiguous += 1;
    else candidates.set(fit.subject, [...(candidates.get(fit.subject) ?? []), fit]);
  }
  const bySubject = new Map<string, FoundCitizen<Row>>();
  for (const [subject, found] of candidates) {
    const certain = found.find(({ matchLevel }) => matchLevel === 'EXACT_NUMBER') ?? found[0];
    if (certain !== undefined && (found.length === 1 || certain.matchLevel === 'EXACT_NUMBER')) {
      bySubject.set(subject, certain);
      ambiguous += found.length - 1;
    } else ambiguous += found.length;
  }
  return { bySubject, ambiguous };
}

function fitOf<Row extends NumberedRecord>(
  row: Row,
  subject: string,
  id: SubjectIdentifiers,
): FoundCitizen<Row> | null {
  if (id.kind !== 'CITIZEN') return null;
  const { personalNumber, previousNumbers } = row;
  if (personalNumber === id.personalNumber)
    return { ...row, subject, matchLevel: 'EXACT_NUMBER', attestedNumber: personalNumber };
  if (id.cancelledNumbers.includes(personalNumber))
    return { ...row, subject, matchLevel: 'CANCELLED_NUMBER', attestedNumber: personalNumber };
  // The account has not yet learnt of the new number: of the record's numbers the gateway knows this one alone.
  return previousNumbers.includes(id.personalNumber)
    ? { ...row, subject, matchLevel: 'CANCELLED_NUMBER', attestedNumber: id.personalNumber }
    : null;
}

/** A card as far as its validity goes. `expiryDate` null: never ends. */
export interface DatedCard {
  readonly documentType: string;
  readonly cardStatus: string;
  readonly issueDate: string;
  readonly expiryDate: string | null;
}

/** The last day of the 9-digit cards, whatever is printed on them (Law 26/2023/QH15, art. 46.2). */
export const LAST_DAY_OF_OLD_CARDS = '2024-12-31';

/** The states of a card. */
export type CardStatus = 'VALID' | 'EXPIRED' | 'WITHDRAWN' | 'HELD' | 'LOST';

/** The state of a card on a legal day: one that nobody has withdrawn, held or lost ends by its date. */
export function cardStatusOn(card: DatedCard, today: string): CardStatus {
  if (card.cardStatus !== 'VALID') return card.cardStatus as CardStatus;
  const ended = card.expiryDate !== null && card.expiryDate < today;
  const outlawed = card.documentType === 'CMND' && LAST_DAY_OF_OLD_CARDS < today;
  return ended || outlawed ? 'EXPIRED' : 'VALID';
}

/** Whether a card in force on one legal day is one no more on a later day, by its date alone. */
export function endsBetween(card: DatedCard, from: string, to: string): boolean {
  return cardStatusOn(card, from) === 'VALID' && cardStatusOn(card, to) === 'EXPIRED';
}

/** The card in force, else the one issued last; null for who never had one. */
export function cardToShow<Card extends DatedCard>(cards: readonly Card[], today: string): Card | null {
  const latestFirst = cards.toSorted((a, b) => (a.issueDate < b.issueDate ? 1 : -1));
  return latestFirst.find((card) => cardStatusOn(card, today) === 'VALID') ?? latestFirst[0] ?? null;
}

/**
 * The number attested for a card that was reached through a record. A card made out to any number of the record is the
 * person's and attested like the record; any other is somebody else's, and its own number says so to the gateway.
 */
export function attestedNumberOf(
  card: { readonly personalNumber: string },
  citizen: NumberedRecord & { readonly attestedNumber: string },
): string {
  const own = [citizen.personalNumber, ...citizen.previousNumbers].includes(card.personalNumber);
  return own ? citizen.attestedNumber : card.personalNumber;
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

/** A residence as far as the province goes. `validTo` null: no end. */
export interface PlacedResidence {
  readonly kind: string;
  readonly provinceCode: string | null;
  readonly validTo: string | null;
}

/**
 * Whether somebody resides in a province on a legal day: by permanent and temporary residence, and only where neither is
 * registered by where they live now (Law 68/2020/QH14, art. 11, 19). A temporary residence ends with its last day. Null
 * where no province of theirs is the one asked about and one is unknown, or nothing is registered at all.
 */
export function residesIn(
  addresses: readonly PlacedResidence[],
  province: string,
  today: string,
): boolean | null {
  const current = addresses.filter(({ validTo }) => validTo === null || today <= validTo);
  const registered = current.filter(({ kind }) => kind === 'PERMANENT' || kind === 'TEMPORARY');
  const counted = registered.length > 0 ? registered : current.filter(({ kind }) => kind === 'CURRENT');
  if (counted.some(({ provinceCode }) => provinceCode === province)) return true;
  const isUnknown = counted.length === 0 || counted.some(({ provinceCode }) => provinceCode === null);
  return isUnknown ? null : false;
}

/** Whether a text has the form of a province code (Decision 19/2025/QĐ-TTg). */
export function isProvinceCode(code: string): boolean {
  return /^[0-9]{2}$/.test(code);
}
