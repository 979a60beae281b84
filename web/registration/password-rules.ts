/** What a password needs (R69): codes of the parts, in the order in which they are told. */
export const passwordRules = ['LENGTH', 'DIGIT', 'UPPER', 'LOWER', 'SPECIAL'] as const;

/** One of them. */
export type PasswordRule = (typeof passwordRules)[number];

const checks: Readonly<Record<PasswordRule, RegExp>> = {
  LENGTH: /^.{8,20}$/u,
  DIGIT: /\d/u,
  UPPER: /[A-Z]/u,
  LOWER: /[a-z]/u,
  SPECIAL: /[!@#$^*()_]/u,
};

/** The parts a password lacks. The server decides: it also knows which ones are easy to guess. */
export function missingRules(password: string): PasswordRule[] {
  return passwordRules.filter((rule) => !checks[rule].test(password));
}
