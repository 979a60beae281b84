import { checkPassword, type PasswordProblem } from '@dinhdanh/schema/check-password';

/** What a password needs (R69): codes of the parts, in the order in which they are told. */
export const passwordRules = ['LENGTH', 'DIGIT', 'UPPER', 'LOWER', 'SPECIAL'] as const;

/** One of them. */
export type PasswordRule = (typeof passwordRules)[number];

/** The problems of the one rule that screen and server share, by the part they are told with. */
const problems: Readonly<Record<PasswordRule, readonly PasswordProblem[]>> = {
  LENGTH: ['TOO_SHORT', 'TOO_LONG'],
  DIGIT: ['DIGIT_MISSING'],
  UPPER: ['CAPITAL_MISSING'],
  LOWER: ['SMALL_LETTER_MISSING'],
  SPECIAL: ['SPECIAL_MISSING'],
};

/** The parts a password lacks. The server decides: it also knows which ones are easy to guess. */
export function missingRules(password: string): PasswordRule[] {
  const found = checkPassword(password);
  return passwordRules.filter((rule) => problems[rule].some((problem) => found.includes(problem)));
}
