/** The languages of the screens. Vietnamese comes first: it is the language of the records. */
export const languages = ['vi', 'en'] as const;

/** One of the languages of the screens. */
export type Language = (typeof languages)[number];

/** The locale by which numbers and dates are written in a language. */
export const localeOf: Readonly<Record<Language, string>> = { vi: 'vi-VN', en: 'en-GB' };
