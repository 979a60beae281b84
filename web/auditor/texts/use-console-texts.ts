import { useSyncExternalStore } from 'react';
import type { Language } from '../../format/language.ts';
import { chosenLanguage, onLanguageChosen } from '../../texts/chosen-language.ts';
import { consoleCatalogues } from './console-catalogues.ts';
import type { ConsoleTexts } from './console-texts.ts';

/** The language and the console's words in it. */
export function useConsoleTexts(): ConsoleTexts & { readonly language: Language } {
  const language = useSyncExternalStore(onLanguageChosen, chosenLanguage);
  return { ...consoleCatalogues[language], language };
}
