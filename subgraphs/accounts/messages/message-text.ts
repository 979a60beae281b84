import type { MessageInputs, MessageKind } from './message.ts';

/** A kind of message in one language. */
export interface MessageText<Kind extends MessageKind> {
  /** Of e-mail. */
  readonly subject: string;
  readonly text: (inputs: MessageInputs[Kind]) => string;
}

/** Every kind of message in one language. */
export type MessageTexts = { readonly [Kind in MessageKind]: MessageText<Kind> };
