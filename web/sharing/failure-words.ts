import type { Failure } from '../api/answer.ts';
import type { Texts } from '../texts/texts.ts';

/** Why a request could not be taken or decided: by its reason, else by its code, in the words of sharing if there are. */
export function failureWords(
  { code, reason }: Pick<Failure, 'code' | 'reason'>,
  { share, errors }: Pick<Texts, 'share' | 'errors'>,
): string {
  for (const key of [reason, code]) {
    if (key !== null && Object.hasOwn(share.reasons, key)) return share.reasons[key] ?? errors[code];
  }
  return errors[code];
}
