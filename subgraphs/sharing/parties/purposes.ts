import { readFileSync } from 'node:fs';

/** A purpose of the catalogue: the upper bound of what anybody may ask for it. */
export interface CataloguePurpose {
  readonly code: string;
  readonly label: { readonly vi: string; readonly en: string };
  /** Claims that may be asked, at most. */
  readonly claims: readonly string[];
  /** Ages that may be asked by `ageOver(years:)`. */
  readonly ages: readonly number[];
  /** The longest an answer is kept, in days. */
  readonly retentionDays: number;
  /** Whether a consent may stand. */
  readonly standing: boolean;
  /** The most a standing consent may be used, null where none stands. */
  readonly frequency: { readonly times: number; readonly per: string } | null;
  /** The longest a standing consent lasts, in days. */
  readonly standingDays: number;
  readonly refusalMeans: { readonly vi: string; readonly en: string };
  readonly legalBasis: string;
}

/** The catalogue of purposes, by code. */
export const purposes: ReadonlyMap<string, CataloguePurpose> = new Map(
  (JSON.parse(readFileSync(new URL('purposes.json', import.meta.url), 'utf8')) as CataloguePurpose[]).map(
    (purpose) => [purpose.code, purpose],
  ),
);
