import type { MessageAddress, NewMessage } from '../messages/message.ts';
import type { Outbox } from '../messages/outbox.ts';
import type { Sql } from '../sql.ts';

/** What an owner is told of their own account, without whom it is for. */
export type OwnersMessage = {
  readonly [Kind in NewMessage['kind']]: Pick<
    Extract<NewMessage, { readonly kind: Kind }>,
    'kind' | 'inputs'
  >;
}[NewMessage['kind']];

/**
 * Tells the owner of an account by message in the transaction of what they are told; by phone, or by e-mail where there is
 * no number. Who has neither is told by the account itself.
 */
export type TellOwner = (sql: Sql, subject: string, message: OwnersMessage, now: Date) => Promise<void>;

/** Opens the way to owners. */
export function openTellOwner(outbox: Pick<Outbox, 'put'>): TellOwner {
  return async (sql, subject, message, now) => {
    const [owner] = await sql.$queryRaw<{ phone: string | null; email: string | null }[]>`
      SELECT phone, email FROM accounts WHERE subject = ${subject}`;
    await outbox.put(sql, { ...message, to: addressOf(owner ?? null), language: 'vi' }, now);
  };
}

/** As {@link openTellOwner}, by phone and by e-mail: for what an owner must hear of who may have lost one of them. */
export function openTellOnAllWays(outbox: Pick<Outbox, 'put'>): TellOwner {
  return async (sql, subject, message, now) => {
    const [owner] = await sql.$queryRaw<{ phone: string | null; email: string | null }[]>`
      SELECT phone, email FROM accounts WHERE subject = ${subject}`;
    const ways = [
      { channel: 'SMS', address: owner?.phone ?? null },
      { channel: 'EMAIL', address: owner?.email ?? null },
    ] as const;
    // Nobody is told in as many statements as somebody.
    for (const { channel, address } of ways)
      await outbox.put(
        sql,
        { ...message, to: address === null ? null : { channel, address }, language: 'vi' },
        now,
      );
  };
}

function addressOf(owner: { phone: string | null; email: string | null } | null): MessageAddress | null {
  if (owner === null) return null;
  if (owner.phone !== null) return { channel: 'SMS', address: owner.phone };
  return owner.email === null ? null : { channel: 'EMAIL', address: owner.email };
}
