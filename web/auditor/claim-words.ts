import catalogue from '@dinhdanh/schema/claims.json' with { type: 'json' };
import { claimWords as sharedWords } from '../format/claims.ts';
import type { Language } from '../format/language.ts';
import { catalogues } from '../texts/catalogues.ts';

/** A claim in words. */
export interface ClaimWords {
  readonly label: string;
  /** Of the legal class of sensitive data. */
  readonly sensitive: boolean;
}

const sensitive = new Set(catalogue.claims.flatMap(({ id, class: of }) => (of === 'SENSITIVE' ? [id] : [])));

/** A claim, with its arguments, in the words in which the person it is about reads it. */
export function claimWords(claim: string, language: Language): ClaimWords {
  const [words] = sharedWords([claim], catalogues[language], language);
  return { label: words?.label ?? claim, sensitive: sensitive.has(claim.split('(')[0] ?? '') };
}

/** A purpose in the words in which the person concerned reads it; the code itself where there are none. */
export function purposeWords(purpose: string, language: Language): string {
  const { purposes } = catalogues[language].access;
  return Object.hasOwn(purposes, purpose) ? (purposes[purpose] ?? purpose) : purpose;
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
