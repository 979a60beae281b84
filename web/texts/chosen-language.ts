import { keep, recall } from '../api/browser.ts';
import { type Language, languages } from '../format/language.ts';

let chosen: Language = languages.find((one) => one === recall('language')) ?? 'vi';
const listeners = new Set<() => void>();

/** The language of the screens: the one chosen last, at first Vietnamese. */
export function chosenLanguage(): Language {
  return chosen;
}

/** Changes the language of every screen, and keeps it for the next visit. */
export function chooseLanguage(language: Language): void {
  chosen = language;
  keep('language', language);
  document.documentElement.lang = language;
  for (const told of listeners) told();
}

/** Tells when the language changes; the function returned ends that. */
export function onLanguageChosen(told: () => void): () => void {
  listeners.add(told);
  return () => listeners.delete(told);
}
