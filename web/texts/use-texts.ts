import { createContext, useContext } from 'react';
import type { Language } from '../format/language.ts';
import { en } from './en.ts';
import type { Texts } from './texts.ts';
import { vi } from './vi.ts';

/** The catalogue of each language. */
export const catalogues: Readonly<Record<Language, Texts>> = { vi, en };

/** The language the screens speak, and how to change it. */
export interface LanguageChoice {
  readonly language: Language;
  readonly choose: (language: Language) => void;
}

/** Holds the language for everything below it. */
export const LanguageContext = createContext<LanguageChoice>({ language: 'vi', choose: () => {} });

/** The language and its words. */
export function useTexts(): Texts & { readonly language: Language } {
  const { language } = useContext(LanguageContext);
  return { ...catalogues[language], language };
}
