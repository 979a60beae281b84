import type { Failure } from '../api/answer.ts';
import type { Texts } from '../texts/texts.ts';

/** What is said of a step the server refused: by its finer reason where there are words for it, else by its code. */
export function stepMessage({ code, reason, field }: Failure, { errors, registration }: Texts): string {
  const { refusals } = registration;
  const reasons: Readonly<Record<string, string>> = refusals;
  if (code === 'BAD_USER_INPUT' && field === 'passcode') return refusals.PASSCODE;
  return (reason === null ? undefined : reasons[reason]) ?? errors[code];
}
