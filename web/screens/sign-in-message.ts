import type { FailureCode } from '../api/error-codes.ts';
import type { Texts } from '../texts/texts.ts';

/** What a refused sign-in is told. What can be no number is told as a wrong one: the form gives nothing away either. */
export function signInMessage(code: FailureCode, { signIn, errors }: Texts): string {
  if (code === 'UNAUTHENTICATED' || code === 'BAD_USER_INPUT') return signIn.wrong;
  if (code === 'PASSCODE_REQUIRED') return signIn.wrongPasscode;
  return code === 'RATE_LIMITED' ? signIn.limited : errors[code];
}
