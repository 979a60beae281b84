import { claimWords } from '../format/claims.ts';
import type { Language } from '../format/language.ts';
import type { Texts } from '../texts/texts.ts';
import type { ShareItem } from './share.ts';

/** An item in a citizen's words. */
export interface ItemWords {
  readonly label: string;
  /** What the claim it belongs to holds; null where the catalogue does not know it. */
  readonly explanation: string | null;
}

/**
 * An item in words: as the server calls it, else as the catalogue calls its claim, else its id. What is asked is never
 * left without a name.
 */
export function itemWords(
  { id, claim, label }: Pick<ShareItem, 'id' | 'claim' | 'label'>,
  texts: Pick<Texts, 'access'>,
  language: Language,
): ItemWords {
  const years = /ageOver\(years:(\d{1,3})\)/.exec(id)?.[1];
  const [known] = claim === null ? [] : claimWords([claim], texts, language);
  const own = label?.[language] ?? null;
  const age = years === undefined ? null : texts.access.ageOver(years);
  return { label: own ?? age ?? known?.label ?? id, explanation: known?.explanation ?? null };
}
