import { type Language, localeOf } from '../format/language.ts';

/** A whole number in the marks of the language: `12.345`, `12,345`. */
export function formatCount(count: number, language: Language): string {
  return new Intl.NumberFormat(localeOf[language]).format(count);
}

/** A share, 0 to 1, in whole percent; what is there but would be nought is `<1%`. */
export function formatShare(share: number, language: Language): string {
  if (share > 0 && share < 0.005) return '<1%';
  return new Intl.NumberFormat(localeOf[language], { style: 'percent', maximumFractionDigits: 0 }).format(
    share,
  );
}

/** A long id cut short for the eye; the whole stands where it is copied from. */
export function shortId(id: string): string {
  return id.length <= 14 ? id : `${id.slice(0, 6)}…${id.slice(-4)}`;
}
