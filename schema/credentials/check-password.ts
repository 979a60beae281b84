import { isCommonPassword } from './known-passwords.ts';

/**
 * The rule for passwords of new accounts, the same on the screen and on the server: 8 to 20 characters with a digit, a
 * small letter, a capital and a special character, as the source articles and the handbook of the national application
 * have it; no common password; nothing of the owner's own data. Why, against ASVS 5.0: docs/adr/0026. Pure.
 */

/** A rule that a password breaks: a stable code, for which the screens have words. */
export type PasswordProblem =
  | 'TOO_SHORT'
  | 'TOO_LONG'
  | 'DIGIT_MISSING'
  | 'SMALL_LETTER_MISSING'
  | 'CAPITAL_MISSING'
  | 'SPECIAL_MISSING'
  | 'CHARACTER_NOT_ALLOWED'
  | 'COMMON'
  | 'HAS_NAME'
  | 'HAS_BIRTH_DATE'
  | 'HAS_NUMBER'
  | 'HAS_PHONE';

/** The special characters a password may have. */
export const PASSWORD_SPECIALS = '!@#$^*()_';
/** The fewest characters of a password. */
export const PASSWORD_SHORTEST = 8;
/** The most. */
export const PASSWORD_LONGEST = 20;

/** What is known of the owner; what is not known is left empty or out. */
export interface PasswordOwner {
  readonly fullName?: string;
  /** `1990`, `1990-03` or `1990-03-02`. */
  readonly dateOfBirth?: string;
  readonly personalNumber?: string;
  /** In any usual form. */
  readonly phone?: string;
}

const allowed = new Set(`abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789${PASSWORD_SPECIALS}`);

/** Every rule that a password breaks, in the order in which people can mend them; none where it may be set. */
export function checkPassword(password: string, owner: PasswordOwner = {}): PasswordProblem[] {
  const characters = [...password];
  const has = (pattern: RegExp): boolean => pattern.test(password);
  const rules: readonly (readonly [PasswordProblem, boolean])[] = [
    ['TOO_SHORT', characters.length < PASSWORD_SHORTEST],
    ['TOO_LONG', characters.length > PASSWORD_LONGEST],
    ['DIGIT_MISSING', !has(/[0-9]/)],
    ['SMALL_LETTER_MISSING', !has(/[a-z]/)],
    ['CAPITAL_MISSING', !has(/[A-Z]/)],
    ['SPECIAL_MISSING', !characters.some((character) => PASSWORD_SPECIALS.includes(character))],
    ['CHARACTER_NOT_ALLOWED', characters.some((character) => !allowed.has(character))],
    ['COMMON', isCommonPassword(password)],
    ['HAS_NAME', hasName(password, owner.fullName ?? '')],
    ['HAS_BIRTH_DATE', hasBirthDate(password, owner.dateOfBirth ?? '')],
    ['HAS_NUMBER', hasNumber(password, owner.personalNumber ?? '')],
    ['HAS_PHONE', hasNumber(password, nationalForm(owner.phone ?? ''))],
  ];
  return rules.flatMap(([problem, broken]) => (broken ? [problem] : []));
}

/** A text as it is compared: small letters without marks. */
function bare(text: string): string {
  return text
    .toLowerCase()
    .replaceAll('đ', 'd')
    .normalize('NFD')
    .replaceAll(/\p{Mark}/gu, '');
}

/** The given name or the family name with at least four letters, or two names of the whole that stand together. */
function hasName(password: string, fullName: string): boolean {
  const names = bare(fullName).split(/\s+/).filter(Boolean);
  const pairs = names.slice(1).map((name, index) => `${names[index] ?? ''}${name}`);
  const letters = bare(password).replaceAll(/[^a-z]/g, '');
  return [...names.filter((name) => name.length >= 4), ...pairs].some((part) => letters.includes(part));
}

/** The birth date in the orders people write it, with the year or without its century; the day and month alone are not told. */
function hasBirthDate(password: string, dateOfBirth: string): boolean {
  const [year = '', month = '', day = ''] = dateOfBirth.split('-');
  if (year === '' || month === '') return false;
  const digits = password.replaceAll(/\D/g, '');
  const short = year.slice(2);
  const forms =
    day === ''
      ? [`${month}${year}`, `${year}${month}`]
      : [year, short].flatMap((written) => [
          `${day}${month}${written}`,
          `${written}${month}${day}`,
          `${month}${day}${written}`,
        ]);
  return forms.some((form) => digits.includes(form));
}

/** Six digits of a number that stand together in it, its last six above all. */
function hasNumber(password: string, number: string): boolean {
  const digits = number.replaceAll(/\D/g, '');
  const typed = password.replaceAll(/\D/g, '');
  for (let start = 0; start + 6 <= digits.length; start += 1)
    if (typed.includes(digits.slice(start, start + 6))) return true;
  return false;
}

/** A telephone number as people write it at home: `+84901234567` → `0901234567`. */
function nationalForm(phone: string): string {
  return phone.replace(/^\+?84/, '0');
}
