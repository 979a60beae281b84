import { useSyncExternalStore } from 'react';
import type { Language } from '../../format/language.ts';
import { chosenLanguage, onLanguageChosen } from '../../texts/chosen-language.ts';
import { shareCatalogues } from './share-catalogues.ts';
import type { ShareTexts } from './share-texts.ts';

/** The language and the words of the page of a request in it. */
export function useShareTexts(): ShareTexts & { readonly language: Language } {
  const language = useSyncExternalStore(onLanguageChosen, chosenLanguage);
  return { ...shareCatalogues[language], language };
}
