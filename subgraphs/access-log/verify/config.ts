/** What the verifier takes from the environment: the language of its words, by the rules of POSIX locales. */

/** The languages it speaks. */
export type Language = 'vi' | 'en';

/** The variables that say so, the first that is set and not empty. */
export interface LocaleVariables {
  readonly LC_ALL?: string | undefined;
  readonly LC_MESSAGES?: string | undefined;
  readonly LANG?: string | undefined;
}

/** Vietnamese where the locale is (`vi_VN.UTF-8`), English otherwise. */
export function readLanguage(environment: LocaleVariables = process.env): Language {
  const { LC_ALL, LC_MESSAGES, LANG } = environment;
  const locale = [LC_ALL, LC_MESSAGES, LANG].find((value) => value !== undefined && value !== '');
  return locale !== undefined && /^vi([_.@-]|$)/i.test(locale) ? 'vi' : 'en';
}
