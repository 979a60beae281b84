import { AccountsStore, checkOtp, issueOtp, Outbox, OtpKeys } from '@dinhdanh/accounts/testing';
import type { OtpAsked, OtpChecked, OtpIssued, OtpTried } from '@dinhdanh/accounts/testing';
import { service } from '@dinhdanh/accounts';
import { HandClock, RecordingLog, runSql } from '@dinhdanh/kit/testing';
import { openServiceDatabases } from '../harness/service-database.ts';

type Asked = Pick<OtpAsked, 'request'> & Partial<Omit<OtpAsked, 'now'>>;
type Tried = Pick<OtpTried, 'request' | 'code'> & Partial<Omit<OtpTried, 'now'>>;

/** One-time codes on a database of its own. */
export interface CodesUnderTest {
  readonly databaseUrl: string;
  readonly store: AccountsStore;
  readonly clock: HandClock;
  readonly log: RecordingLog;
  readonly sql: <Row extends Record<string, unknown>>(text: string, values?: unknown[]) => Promise<Row[]>;
  /** Asks for a code; what is left out is {@link SOMEBODY}'s. With `crash`, the transaction ends as if the process had died in it. */
  readonly issue: (asked: Asked, crash?: boolean) => Promise<OtpIssued>;
  readonly check: (tried: Tried, crash?: boolean) => Promise<OtpChecked>;
  /** The code of the newest message to an address, as its reader would read it; null where none was put into the outbox. */
  readonly codeSentTo: (address: string) => Promise<string | null>;
  readonly stop: () => Promise<void>;
}

/** Who asks where a test does not say. */
export const SOMEBODY = {
  purpose: 'REGISTRATION',
  to: { channel: 'SMS', address: '+84900000001' },
  known: true,
  account: '097090000001',
  source: 'home',
  language: 'vi',
} as const satisfies Omit<OtpAsked, 'request' | 'now'>;

/** What a crash throws. */
export class Crash extends Error {}

/** Opens them. */
export async function openCodes(): Promise<CodesUnderTest> {
  const databases = await openServiceDatabases();
  const databaseUrl = await databases.create('codes');
  await service.migrate(databaseUrl);
  const store = new AccountsStore(databaseUrl);
  const clock = new HandClock('2026-11-21T03:00:00Z');
  const log = new RecordingLog();
  const outbox = new Outbox(Buffer.alloc(32, 5));
  const room = { keys: new OtpKeys(Buffer.alloc(32, 6)), outbox, log };
  const inOne = <Result>(crash: boolean, work: Parameters<typeof store.transactInTurn<Result>>[0]) =>
    store.transactInTurn<Result>(async (sql) => {
      const result = await work(sql);
      if (crash) throw new Crash('the process has died');
      return result;
    });
  return {
    databaseUrl,
    store,
    clock,
    log,
    sql: (text, values) => runSql(databaseUrl, text, values),
    issue: (asked, crash = false) =>
      inOne(crash, (sql) => issueOtp(sql, { ...SOMEBODY, ...asked, now: clock.read() }, room)),
    check: (tried, crash = false) =>
      inOne(crash, (sql) => checkOtp(sql, { ...SOMEBODY, ...tried, now: clock.read() }, room)),
    codeSentTo: async (address) => {
      const taken = await runSql<{ id: string; kind: 'OTP'; sealed: Buffer; sendBy: Date }>(
        databaseUrl,
        `SELECT id, kind, sealed, send_by AS "sendBy" FROM messages WHERE status = 'WAITING' ORDER BY created_at DESC`,
      );
      for (const row of taken) {
        const message = outbox.open({ ...row, channel: 'SMS', attempts: 0, nextAt: row.sendBy });
        if (message?.address === address) return /\d{6}/.exec(message.text)?.[0] ?? null;
      }
      return null;
    },
    stop: async () => {
      await store.close();
      await databases.stop();
    },
  };
}
