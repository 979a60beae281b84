import { unreachable } from '@dinhdanh/kit';
import type { MessageInputs, MessageKind, MessageLanguage } from './message.ts';
import { englishTexts } from './texts-en.ts';
import { vietnameseTexts } from './texts-vi.ts';

/** How long a message of each kind may be late, in seconds: then it says nothing any more. An OTP says when it ends itself. */
const lateSeconds: { readonly [Kind in MessageKind]?: number } = { OTP: 180, NEW_DEVICE_SIGN_IN: 86_400 };
const USUAL_LATE_SECONDS = 3 * 86_400;

/** When a message of a kind that is put into the outbox now is not worth sending any more. */
export function sendByOf(kind: MessageKind, now: Date): Date {
  return new Date(now.getTime() + (lateSeconds[kind] ?? USUAL_LATE_SECONDS) * 1000);
}

/** Nine digits and more, written together or in groups: a number of a person, of whatever kind. */
const numberOfSomebody = /\d(?:[ .-]?\d){8,}/;

/** Puts a message into words. */
export function composeMessage<Kind extends MessageKind>(
  kind: Kind,
  inputs: MessageInputs[Kind],
  language: MessageLanguage,
): { readonly subject: string; readonly text: string } {
  const { subject, text } = (language === 'en' ? englishTexts : vietnameseTexts)[kind];
  const composed = text(inputs);
  // Who reads a message over somebody's shoulder, or gets it by mistake, learns of nobody.
  if (numberOfSomebody.test(composed)) return unreachable('a message with the number of somebody');
  return { subject, text: composed };
}
