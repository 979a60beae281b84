import catalogue from '@dinhdanh/schema/claims.json' with { type: 'json' };
import type { Texts } from '../texts/texts.ts';
import type { Language } from './language.ts';

/** A claim in a citizen's words. */
export interface ClaimWords {
  /** The claim as it was given, with its arguments. */
  readonly id: string;
  readonly label: string;
  /** What exactly it holds; null for a claim the catalogue does not know. */
  readonly explanation: string | null;
}

const places = new Map(catalogue.claims.map(({ id }, place) => [id, place]));

/**
 * Claims (`identity.basic`, `age.over(years:18)`) in words, in the order of the catalogue, each once. One that is not in
 * the catalogue is shown by its id: what was read is never left out.
 */
export function claimWords(
  claims: readonly string[],
  { access }: Pick<Texts, 'access'>,
  language: Language,
): readonly ClaimWords[] {
  return [...new Set(claims)]
    .toSorted(
      (one, other) => placeOf(one) - placeOf(other) || one.localeCompare(other, 'en', { numeric: true }),
    )
    .map((id) => wordsOf(id, access, language));
}

function wordsOf(id: string, access: Texts['access'], language: Language): ClaimWords {
  const [name = id] = id.split('(');
  const known = catalogue.claims[places.get(name) ?? -1];
  if (known === undefined) return { id, label: access.otherClaim(id), explanation: null };
  const years = /^age\.over\(years: ?(\d{1,3})\)$/.exec(id)?.[1];
  const label = years === undefined ? known.label[language] : access.ageOver(years);
  return { id, label, explanation: known.explanation[language] };
}

function placeOf(claim: string): number {
  return places.get(claim.split('(')[0] ?? '') ?? places.size;
}
