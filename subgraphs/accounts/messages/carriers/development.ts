import type { MessageCarrier } from '../carrier.ts';
import type { MessageChannel, MessageKind, MessageLanguage } from '../message.ts';
import { segmentsOf } from '../segments.ts';
import type { Segments } from '../segments.ts';

/** A message as the screen that stands for a phone shows it. */
export interface KeptMessage {
  readonly id: string;
  readonly at: string;
  readonly channel: MessageChannel;
  readonly kind: MessageKind;
  readonly to: string;
  readonly subject: string;
  readonly text: string;
  readonly language: MessageLanguage;
  readonly segments: Segments;
}

const MOST_KEPT = 500;

/** The messages of one process, in its memory alone, newest first: for development, where nothing is sent. */
export class KeptMessages {
  #messages: readonly KeptMessage[] = [];

  /** Keeps a message once, however often it comes. */
  keep(message: KeptMessage): void {
    if (this.#messages.some(({ id }) => id === message.id)) return;
    this.#messages = [message, ...this.#messages].slice(0, MOST_KEPT);
  }

  /** All of one recipient, or of everybody. */
  list(to: string | null): readonly KeptMessage[] {
    return to === null ? this.#messages : this.#messages.filter((message) => message.to === to);
  }

  /** Forgets them all. */
  clear(): void {
    this.#messages = [];
  }
}

/** A carrier that carries nothing anywhere. */
export function developmentCarrier(
  channel: MessageChannel,
  kept: KeptMessages,
  now: () => Date,
): MessageCarrier {
  return {
    channel,
    send: ({ id, kind, address, subject, text, language }) => {
      const segments = segmentsOf(text);
      kept.keep({
        id,
        at: now().toISOString(),
        channel,
        kind,
        to: address,
        subject,
        text,
        language,
        segments,
      });
      return Promise.resolve({ outcome: 'sent', ids: [] });
    },
    state: () => ({ connected: true, reason: null }),
    close: () => Promise.resolve(),
  };
}
