import catalogue from '@dinhdanh/schema/claims.json' with { type: 'json' };
import type { Language } from '../format/language.ts';

/** A claim in words. */
export interface ClaimWords {
  readonly label: string;
  /** Of the legal class of sensitive data. */
  readonly sensitive: boolean;
}

const known = new Map(catalogue.claims.map((claim) => [claim.id, claim]));

/** A claim's words; its arguments (`age.over(years:18)`) stand behind them as they are. */
export function claimWords(claim: string, language: Language): ClaimWords {
  const [id = claim, given] = claim.split('(');
  const entry = known.get(id);
  if (entry === undefined) return { label: claim, sensitive: false };
  const label = entry.label[language];
  return {
    label: given === undefined ? label : `${label} (${given.replace(/\)$/, '')})`,
    sensitive: entry.class === 'SENSITIVE',
  };
}

/** The claims by their groups, in the order of the catalogue. */
export function claimGroups(
  language: Language,
): readonly { readonly label: string; readonly claims: readonly { id: string; label: string }[] }[] {
  return catalogue.groups.flatMap((group) => {
    const claims = catalogue.claims.filter((claim) => claim.group === group.id);
    if (claims.length === 0) return [];
    return [
      {
        label: group.label[language],
        claims: claims.map(({ id, label }) => ({ id, label: label[language] })),
      },
    ];
  });
}
