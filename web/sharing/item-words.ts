import { claimWords } from '../format/claims.ts';
import type { Language } from '../format/language.ts';
import type { Texts } from '../texts/texts.ts';
import type { ShareItem } from './share.ts';

/** An item in a citizen's words. */
export interface ItemWords {
  readonly label: string;
  /** What exactly it holds, or, of a single field, what it belongs to; null where the catalogue does not know. */
  readonly explanation: string | null;
}

/**
 * An item in words: as the server calls it, else as the catalogue calls its claim, else its id; what is asked is never
 * left without a name. A claim is explained by all that it holds. A single field of it is less, so of that only its
 * group is told; but to be of an age is the whole of its claim.
 */
export function itemWords(
  { id, claim, label }: Pick<ShareItem, 'id' | 'claim' | 'label'>,
  texts: Pick<Texts, 'access' | 'share'>,
  language: Language,
): ItemWords {
  const years = /ageOver\(years:(\d{1,3})\)/.exec(id)?.[1];
  const [known] = claim === null ? [] : claimWords([claim], texts, language);
  if (years !== undefined)
    return { label: texts.access.ageOver(years), explanation: known?.explanation ?? null };
  const own = label?.[language] ?? null;
  if (known === undefined || own === null || own === known.label || id === claim)
    return { label: own ?? known?.label ?? id, explanation: known?.explanation ?? null };
  return { label: own, explanation: texts.share.items.group(known.label) };
}
