import catalogue from './claims.json' with { type: 'json' };
import type { Claim } from './claim-directives.ts';

/** A text in the two languages of the screens. */
export interface Bilingual {
  readonly vi: string;
  readonly en: string;
}

/** A heading under which claims stand on the profile and approval screens. */
export interface ClaimGroup {
  readonly id: string;
  readonly label: Bilingual;
}

/** One claim in a citizen's words: what they read before they agree, and what the access log shows them later. */
export interface ClaimEntry {
  readonly id: string;
  readonly group: string;
  readonly class: Claim['class'];
  readonly share: Claim['share'];
  readonly label: Bilingual;
  readonly explanation: Bilingual;
}

/** The groups in the order of the screen. */
export const claimGroups: readonly ClaimGroup[] = catalogue.groups;

/** Every claim of the schema, explained, in the order of the screen. The build refuses a claim that is not here. */
export const claimCatalogue: readonly ClaimEntry[] = catalogue.claims as readonly ClaimEntry[];

/**
 * The claim that `__typename` of an abstract type carries: to learn that a person is a citizen or a foreigner, or
 * which kind a linked document has, is to learn something of the person.
 */
export const kindClaims = { Person: 'identity.kind', Document: 'document.kind' } as const;
