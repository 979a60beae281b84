import { useSyncExternalStore } from 'react';
import type { Language } from '../format/language.ts';
import { catalogues } from './catalogues.ts';
import { chosenLanguage, onLanguageChosen } from './chosen-language.ts';
import type { Texts } from './texts.ts';

/** The language and its words. */
export function useTexts(): Texts & { readonly language: Language } {
  const language = useSyncExternalStore(onLanguageChosen, chosenLanguage);
  return { ...catalogues[language], language };
}
