import { service } from '@dinhdanh/accounts';
import { AccountsStore, countMessages, MessageSender, Outbox } from '@dinhdanh/accounts/testing';
import type { MessageCarrier, NewMessage, OutgoingMessage, Sent } from '@dinhdanh/accounts/testing';
import { HandClock, RecordingLog, runSql } from '@dinhdanh/kit/testing';
import { openServiceDatabases } from '../harness/service-database.ts';

/** A carrier that does as it is told. */
export interface ToldCarrier extends MessageCarrier {
  readonly tried: OutgoingMessage[];
  answer: (message: OutgoingMessage) => Promise<Sent> | Sent;
}

/** An outbox on a database of its own. */
export interface OutboxUnderTest {
  readonly databaseUrl: string;
  readonly store: AccountsStore;
  readonly outbox: Outbox;
  readonly clock: HandClock;
  readonly log: RecordingLog;
  readonly sql: <Row extends Record<string, unknown>>(text: string, values?: unknown[]) => Promise<Row[]>;
  readonly put: (message?: Partial<NewMessage>) => Promise<void>;
  /** A process that sends, with its numbers. */
  readonly sender: (...carriers: MessageCarrier[]) => MessageSender & { print: () => Promise<string> };
  readonly statuses: () => Promise<string[]>;
  readonly stop: () => Promise<void>;
}

/** Makes a carrier that takes everything until a test says otherwise. */
export function toldCarrier(channel: 'SMS' | 'EMAIL' = 'SMS'): ToldCarrier {
  const tried: OutgoingMessage[] = [];
  const carrier: ToldCarrier = {
    channel,
    tried,
    answer: () => ({ outcome: 'sent', ids: [] }),
    send: async (message) => {
      tried.push(message);
      return carrier.answer(message);
    },
    state: () => ({ connected: true, reason: null }),
    close: () => Promise.resolve(),
  };
  return carrier;
}

/** A message that says little. */
export const UNLOCKED = {
  kind: 'ACCOUNT_UNLOCKED',
  inputs: {},
  to: { channel: 'SMS', address: '+84900000001' },
  language: 'vi',
} as const satisfies NewMessage;

/** Opens it. */
export async function openOutbox(key = Buffer.alloc(32, 5)): Promise<OutboxUnderTest> {
  const databases = await openServiceDatabases();
  const databaseUrl = await databases.create('outbox');
  await service.migrate(databaseUrl);
  const store = new AccountsStore(databaseUrl);
  const clock = new HandClock('2026-11-21T03:00:00Z');
  const log = new RecordingLog();
  const outbox = new Outbox(key);
  const { messages } = store;
  return {
    ...{ databaseUrl, store, outbox, clock, log },
    sql: (text, values) => runSql(databaseUrl, text, values),
    put: (message = {}) =>
      store.transact((sql) => outbox.put(sql, { ...UNLOCKED, ...message } as NewMessage, clock.read())),
    sender: (...carriers) => {
      const numbers = countMessages({
        waiting: () => messages.waiting(),
        carriers: () => carriers,
        now: clock.read,
      });
      const sender = new MessageSender({ messages, outbox, carriers, numbers, clock: clock.read, log });
      return Object.assign(sender, { print: numbers.print });
    },
    statuses: async () => {
      const rows = await runSql<{ status: string }>(
        databaseUrl,
        'SELECT status::text AS status FROM messages ORDER BY created_at, id',
      );
      return rows.map(({ status }) => status);
    },
    stop: async () => {
      await store.close();
      await databases.stop();
    },
  };
}
