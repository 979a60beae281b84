import { randomUUID } from 'node:crypto';
import type { Sql } from '../sql.ts';
import { composeMessage, sendByOf } from './compose-message.ts';
import type { MessageChannel, MessageKind, MessageLanguage, NewMessage, OutgoingMessage } from './message.ts';
import { seal, unseal } from './seal.ts';

/** A row of the outbox as whoever sends it has taken it. */
export interface WaitingMessage {
  readonly id: string;
  readonly kind: MessageKind;
  readonly channel: MessageChannel;
  readonly sealed: Uint8Array;
  readonly attempts: number;
  readonly sendBy: Date;
  /** Until when nobody else takes it. */
  readonly nextAt: Date;
}

interface Content {
  readonly address: string;
  readonly subject: string;
  readonly text: string;
  readonly language: MessageLanguage;
}

/**
 * Where messages are put in the transaction of what they tell of: both happen or neither. They are sent after the commit,
 * at least once each; what reads them knows a repetition by its id.
 */
export class Outbox {
  readonly #key: Buffer;
  readonly #listeners = new Set<() => void>();

  /** @param key 32 bytes that are not in the database */
  constructor(key: Buffer) {
    this.#key = key;
  }

  /** Puts a message into the transaction; one statement, with a recipient or without. */
  async put(sql: Sql, message: NewMessage, now: Date): Promise<void> {
    const { kind, inputs, to, language } = message;
    const id = randomUUID();
    const { subject, text } = composeMessage(kind, inputs as never, language);
    const content: Content = { address: to?.address ?? '', subject, text, language };
    const sealed = seal(JSON.stringify(content), nameOf(id, kind), this.#key);
    const sendBy = message.sendBy ?? sendByOf(kind, now);
    const [status, kept, settledAt] =
      to === null ? ['UNADDRESSED', null, now] : ['WAITING', Buffer.from(sealed), null];
    await sql.$executeRaw`
      INSERT INTO messages (id, kind, channel, status, sealed, created_at, send_by, next_at, settled_at)
      VALUES (${id}, ${kind}, ${to?.channel ?? 'SMS'}::message_channel, ${status}::message_status, ${kept}::bytea,
        ${now}, ${sendBy}, ${now}, ${settledAt})`;
    for (const listener of this.#listeners) listener();
  }

  /** What a row says and to whom; null where its key is another one by now. */
  open({ id, kind, sealed, sendBy }: WaitingMessage): OutgoingMessage | null {
    const opened = unseal(sealed, nameOf(id, kind), this.#key);
    return opened === null ? null : { id, kind, sendBy, ...(JSON.parse(opened) as Content) };
  }

  /** Calls whoever sends whenever something was put in; its transaction may not have ended by then. */
  onPut(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => void this.#listeners.delete(listener);
  }
}

function nameOf(id: string, kind: string): string {
  return `${id}\n${kind}`;
}
