import { type Language, localeOf } from './language.ts';

const dot = '•';

/** A number with its middle hidden: `097••••••798`. Nothing is kept of what is too short to hide. */
export function maskNumber(number: string): string {
  if (number.length < 9) return dot.repeat(number.length);
  return `${number.slice(0, 3)}${dot.repeat(number.length - 6)}${number.slice(-3)}`;
}

/** Digits in groups of three, as people read them out: `097 158 030 798`, `971 207 6020`. Other text stays whole. */
export function groupDigits(number: string): string {
  return /^\d{9,}$/.test(number) ? number.replace(/(\d{3})(?=\d{3})/g, '$1 ') : number;
}

/** An amount of whole đồng: `12.500.000 ₫`. */
export function formatMoney(amount: number, language: Language): string {
  return `${new Intl.NumberFormat(localeOf[language]).format(amount)} ₫`;
}

/** Whole years and the months left over. */
export function yearsAndMonths(months: number): { readonly years: number; readonly months: number } {
  return { years: Math.floor(months / 12), months: months % 12 };
}

/** Seconds as a countdown: `0:07`, `12:30`, from an hour on `23:59:59`. */
export function formatCountdown(seconds: number): string {
  const whole = Math.max(0, Math.ceil(seconds));
  const two = (part: number): string => String(part).padStart(2, '0');
  const [hours, minutes] = [Math.floor(whole / 3600), Math.floor(whole / 60) % 60];
  return hours === 0 ? `${minutes}:${two(whole % 60)}` : `${hours}:${two(minutes)}:${two(whole % 60)}`;
}
