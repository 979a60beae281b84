import type { PrismaClient } from '../generated/prisma/client.ts';
import type { Receipt } from './carrier.ts';
import type { MessageChannel } from './message.ts';
import type { WaitingMessage } from './outbox.ts';
import { LEASE_SECONDS } from './rules.ts';

/** How many messages of a channel wait, and since when the oldest does. */
export interface Waiting {
  readonly channel: MessageChannel;
  readonly count: number;
  readonly oldestAt: Date;
}

/** The outbox's rows. Every change of one states what it changes from. */
export class MessageStore {
  readonly #prisma: PrismaClient;

  constructor(prisma: PrismaClient) {
    this.#prisma = prisma;
  }

  /**
   * Takes messages that are due, those that end first before others, and keeps them from everybody else for
   * {@link LEASE_SECONDS}: rows that another process is taking are passed over.
   */
  take(channels: readonly MessageChannel[], most: number, now: Date): Promise<WaitingMessage[]> {
    const until = new Date(now.getTime() + LEASE_SECONDS * 1000);
    return this.#prisma.$queryRaw<WaitingMessage[]>`
      UPDATE messages m SET attempts = m.attempts + 1, next_at = ${until}
      FROM (SELECT id FROM messages
        WHERE status = 'WAITING' AND next_at <= ${now} AND send_by > ${now}
          AND channel = ANY(${[...channels]}::text[]::message_channel[])
        ORDER BY send_by, id LIMIT ${most}::int FOR UPDATE SKIP LOCKED) due
      WHERE m.id = due.id
      RETURNING m.id, m.kind, m.channel::text AS channel, m.sealed, m.attempts, m.send_by AS "sendBy", m.next_at AS "nextAt"`;
  }

  /** Settles what is too late to be sent and is in nobody's hands; tells what kinds those were. */
  async expire(now: Date): Promise<string[]> {
    const rows = await this.#prisma.$queryRaw<{ kind: string }[]>`
      UPDATE messages SET status = 'EXPIRED', sealed = NULL, settled_at = ${now}
      WHERE status = 'WAITING' AND next_at <= ${now} AND send_by <= ${now} RETURNING kind`;
    return rows.map(({ kind }) => kind);
  }

  /** A carrier has taken it: recipient and text go. Whoever took it meanwhile, it was sent. */
  async markSent(id: string, carrierIds: readonly string[], now: Date): Promise<boolean> {
    const count = await this.#prisma.$executeRaw`
      UPDATE messages SET status = 'SENT', sealed = NULL, carrier_ids = ${[...carrierIds]}::text[], sent_at = ${now}
      WHERE id = ${id} AND status = 'WAITING'`;
    return count === 1;
  }

  /** It will not be sent: recipient and text go. Only by who still has it. */
  async markFailed({ id, nextAt }: WaitingMessage, reason: string, now: Date): Promise<boolean> {
    const count = await this.#prisma.$executeRaw`
      UPDATE messages SET status = 'FAILED', sealed = NULL, reason = ${reason}, settled_at = ${now}
      WHERE id = ${id} AND status = 'WAITING' AND next_at = ${nextAt}`;
    return count === 1;
  }

  /** It is tried again at a time, and the try counts or does not. Only by who still has it. */
  async putBack({ id, nextAt }: WaitingMessage, at: Date, counts: boolean): Promise<void> {
    await this.#prisma.$executeRaw`
      UPDATE messages SET next_at = ${at}, attempts = attempts - ${counts ? 0 : 1}::int
      WHERE id = ${id} AND status = 'WAITING' AND next_at = ${nextAt}`;
  }

  /**
   * Notes what a carrier tells of a part: all parts delivered make the message delivered, one that was not makes it
   * undelivered. Tells whether there is such a part; one that was told of before is none.
   */
  async noteReceipt({ id, delivered, reason }: Receipt, now: Date): Promise<boolean> {
    const count = await this.#prisma.$executeRaw`
      UPDATE messages SET
        carrier_ids = CASE WHEN ${delivered} THEN array_remove(carrier_ids, ${id}) ELSE ARRAY[]::text[] END,
        status = CASE WHEN NOT ${delivered} THEN 'UNDELIVERED'::message_status
          WHEN cardinality(array_remove(carrier_ids, ${id})) = 0 THEN 'DELIVERED'::message_status ELSE status END,
        reason = ${reason},
        settled_at = CASE WHEN NOT ${delivered} OR cardinality(array_remove(carrier_ids, ${id})) = 0
          THEN ${now}::timestamptz ELSE settled_at END
      WHERE carrier_ids @> ARRAY[${id}]::text[] AND status = 'SENT'`;
    return count > 0;
  }

  /** What waits, by channel. */
  async waiting(): Promise<Waiting[]> {
    return this.#prisma.$queryRaw<Waiting[]>`
      SELECT channel::text AS channel, count(*)::int AS count, min(created_at) AS "oldestAt"
      FROM messages WHERE status = 'WAITING' GROUP BY channel`;
  }

  /** Deletes what was settled or sent and is older than `before`; tells how many rows. What waits is never deleted. */
  async sweep(before: Date): Promise<number> {
    const { count } = await this.#prisma.message.deleteMany({
      where: { createdAt: { lt: before }, status: { not: 'WAITING' } },
    });
    return count;
  }
}
