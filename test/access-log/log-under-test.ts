import { randomUUID } from 'node:crypto';
import {
  type AccessLog,
  type AccessLogOptions,
  openAccessLog,
  openStore,
  service,
} from '@dinhdanh/access-log';
import type { AppendEntry } from '@dinhdanh/access-log';
import type { Clock } from '@dinhdanh/kit';
import { HandClock, RecordingLog, runSql } from '@dinhdanh/kit/testing';
import { openServiceDatabases } from '../harness/service-database.ts';
import type { ServiceDatabases } from '../harness/service-database.ts';

/** The keys and the name of logs under test. */
export const LOG_SETTINGS = {
  name: 'log.test',
  pseudonymKey: Buffer.alloc(32, 1),
  detailKey: Buffer.alloc(32, 2),
  signingKey: Buffer.alloc(32, 3),
} as const;

/** A log on a database of its own. */
export interface LogUnderTest {
  readonly databaseUrl: string;
  readonly clock: HandClock;
  readonly log: RecordingLog;
  readonly sql: <Row extends Record<string, unknown>>(text: string, values?: unknown[]) => Promise<Row[]>;
  /** Another writer on the same database, in this process. Closed with the rest. */
  readonly open: (
    options?: Partial<Pick<AccessLogOptions, 'databaseUrl' | 'mayAppend'>> & { clock?: Clock },
  ) => AccessLog;
  readonly stop: () => Promise<void>;
}

/** Makes the database of a log, on a server of its own unless one is given, and opens no writer yet. */
export async function startLog(
  now = '2026-11-21T03:00:00.000Z',
  shared?: ServiceDatabases,
): Promise<LogUnderTest> {
  const databases = shared ?? (await openServiceDatabases());
  const databaseUrl = await databases.create(
    shared === undefined ? 'access-log' : `log-${randomUUID().slice(0, 8)}`,
  );
  await service.migrate(databaseUrl);
  const clock = new HandClock(now);
  const log = new RecordingLog();
  const closing: (() => Promise<void>)[] = [];
  return {
    databaseUrl,
    clock,
    log,
    sql: (text, values) => runSql(databaseUrl, text, values),
    open: (options = {}) => {
      const store = openStore({ databaseUrl });
      const opened = openAccessLog({
        databaseUrl,
        pool: store.pool,
        settings: LOG_SETTINGS,
        clock: clock.read,
        log,
        ...options,
      });
      closing.push(opened.close, store.close);
      return opened;
    },
    stop: async () => {
      for (const close of closing) await close();
      if (shared === undefined) await databases.stop();
    },
  };
}

/** An entry that is taken; what matters to a test is given, the rest is filled in. */
export function entryOf(given: Partial<AppendEntry> = {}): AppendEntry {
  return {
    time: '2026-11-21T03:00:00.000Z',
    event: 'intent',
    actor: { kind: 'person', number: '097188000101', session: 'session-1' },
    subjects: ['097188000101'],
    purpose: 'profile_view',
    legalBasis: '59/2010/QH12 Điều 12',
    consentId: null,
    caseId: null,
    claims: ['identity.basic'],
    sources: ['population'],
    refusal: null,
    operationHash: null,
    policyVersion: '2026-11-01',
    requestId: 'request-1',
    level: 2,
    completes: null,
    ...given,
  };
}
