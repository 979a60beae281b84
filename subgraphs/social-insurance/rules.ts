/** What a health insurance card's code says (Decision 1351/QĐ-BHXH). */
export interface HealthCodeParts {
  /** Group of the insured, two letters. */
  readonly object: string;
  /** 1 to 5. */
  readonly benefitLevel: number;
  /** Province of issue, two digits. */
  readonly provinceCode: string;
  /** The ten digits printed on cards since 2021: the social insurance number. */
  readonly number: string;
}

/** Reads a code of 15 characters, `DN4790123456789`; null where it is none. */
export function healthCodeParts(code: string): HealthCodeParts | null {
  const [, object, benefit, provinceCode, number] = /^([A-Z]{2})([1-5])(\d{2})(\d{10})$/.exec(code) ?? [];
  if (object === undefined || provinceCode === undefined || number === undefined) return null;
  return { object, benefitLevel: Number(benefit), provinceCode, number };
}

/** The share of the cost that is paid at each benefit level, in percent (Law 51/2024/QH15, art. 22). */
const RATE_PERCENT: Readonly<Record<number, number>> = { 1: 100, 2: 100, 3: 95, 4: 80, 5: 100 };

/** The share of the cost that is paid, in percent; null for an unknown level. */
export function ratePercentOf(benefitLevel: number): number | null {
  return RATE_PERCENT[benefitLevel] ?? null;
}

/** A card as far as its validity goes. `validTo` null: no end is set. */
export interface DatedCard {
  readonly validFrom: string;
  readonly validTo: string | null;
}

/** The card in force on a day (`YYYY-MM-DD`), the latest where there are several; the last one where none is. */
export function cardInForce<Card extends DatedCard>(cards: readonly Card[], today: string): Card | null {
  const latestFirst = cards.toSorted((one, other) => compare(other.validFrom, one.validFrom));
  const inForce = latestFirst.find(
    ({ validFrom, validTo }) => validFrom <= today && (validTo === null || today <= validTo),
  );
  return inForce ?? latestFirst[0] ?? null;
}

/** How surely a row is the person's, best first. */
const SURENESS = ['EXACT_NUMBER', 'CANCELLED_NUMBER', 'OLD_NUMBER_NAME_BIRTH'];

/** The membership to show where a person has several files: the surest match, the latest verified among equals. */
export function currentMembership<Row extends { readonly matchLevel: string; readonly verifiedAt: Date }>(
  rows: readonly Row[],
): Row | null {
  const sureness = ({ matchLevel }: Row): number => SURENESS.indexOf(matchLevel);
  const [best] = rows.toSorted(
    (one, other) => sureness(one) - sureness(other) || other.verifiedAt.getTime() - one.verifiedAt.getTime(),
  );
  return best ?? null;
}

/** On what a month's contribution was paid. */
export interface ContributionBasis {
  readonly employer: string;
  readonly workplace: string;
  readonly salaryBase: bigint;
}

/** Whether a month belongs to the running period: same employer, place and salary. */
export function continuesPeriod(
  running: (ContributionBasis & { readonly to: string | null }) | undefined,
  paid: ContributionBasis,
): boolean {
  return (
    running !== undefined &&
    running.to === null &&
    running.employer === paid.employer &&
    running.workplace === paid.workplace &&
    running.salaryBase === paid.salaryBase
  );
}

/** The month before a month, both `YYYY-MM`. */
export function monthBefore(month: string): string {
  const [year = 0, number = 0] = month.split('-').map(Number);
  return number === 1 ? `${year - 1}-12` : `${year}-${String(number - 1).padStart(2, '0')}`;
}

function compare(one: string, other: string): number {
  return one < other ? -1 : Number(one > other);
}
