import type { Failure } from '../api/answer.ts';
import type { Texts } from '../texts/texts.ts';

/** What is said of a step the server refused: by its finer reason where there are words for it, else by its code. */
export function stepMessage({ code, reason }: Failure, { errors, registration }: Texts): string {
  const reasons: Readonly<Record<string, string>> = registration.refusals;
  return (reason === null ? undefined : reasons[reason]) ?? errors[code];
}
