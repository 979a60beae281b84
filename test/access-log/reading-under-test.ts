import { createHmac, hkdfSync } from 'node:crypto';
import { service } from '@dinhdanh/access-log';
import { sampleEntry } from '@dinhdanh/access-log/testing';
import type { AccessLogEntry } from '@dinhdanh/access-log/tlog';
import type { RunningService, SubjectIdentifiers } from '@dinhdanh/kit';
import { HandClock, RecordingLog, runSql, ServiceClient } from '@dinhdanh/kit/testing';
import type { ServiceAnswer, TestCaller } from '@dinhdanh/kit/testing';
import { openServiceDatabases } from '../harness/service-database.ts';
import type { ServiceDatabases } from '../harness/service-database.ts';
import { AppendedLog } from './appended-log.ts';

/** The access log on a database of its own, spoken to as the gateway would. */
export interface ReadingUnderTest {
  readonly databaseUrl: string;
  readonly log: AppendedLog;
  readonly lines: RecordingLog;
  readonly client: ServiceClient;
  readonly clock: HandClock;
  readonly sql: <Row extends Record<string, unknown>>(text: string, values?: unknown[]) => Promise<Row[]>;
  /** The same service on the same database with other settings of reading. */
  readonly startAnother: (reading: Readonly<Record<string, unknown>>) => Promise<ServiceClient>;
  readonly stop: () => Promise<void>;
}

const callerKey = Buffer.alloc(32, 7);
const pseudonymKey = Buffer.alloc(32, 5);
const signingKey = Buffer.alloc(32, 1);

let logs = 0;

/** Starts the service on an empty log, in the first half of 2026; on a server of its own where none is given. */
export async function startReading(
  reading: Readonly<Record<string, unknown>> = { rollUpSeconds: 0.05 },
  server?: ServiceDatabases,
): Promise<ReadingUnderTest> {
  const databases = server ?? (await openServiceDatabases());
  logs += 1;
  const databaseUrl = await databases.create(`access_log_${logs}`);
  await service.migrate(databaseUrl);
  const clock = new HandClock('2026-06-30T00:00:00Z');
  const lines = new RecordingLog();
  const running: RunningService[] = [];
  const startAnother = async (settings: Readonly<Record<string, unknown>>): Promise<ServiceClient> => {
    const started = await service.start({
      host: '127.0.0.1',
      port: 0,
      databaseUrl,
      callerKey,
      clock: clock.read,
      log: lines,
      settings: {
        pseudonymKey,
        detailKey: Buffer.alloc(32, 6),
        signingKey,
        // Published when a test says so.
        publishing: { intervalMs: 3_600_000 },
        reading: settings,
      },
    });
    running.push(started);
    return new ServiceClient(started, callerKey, clock.read);
  };
  const client = await startAnother(reading);
  const numberOf = (name: string): string => numbers.get(name) ?? '';
  const log = new AppendedLog({ client, clock, databaseUrl, signingKey, numberOf });
  return {
    databaseUrl,
    log,
    lines,
    client,
    clock,
    sql: (text, values) => runSql(databaseUrl, text, values),
    startAnother,
    stop: async () => {
      for (const started of running) await started.stop();
      await log.close();
      if (server === undefined) await databases.stop();
    },
  };
}

/** The present of most tests: a Saturday, ten in the morning in Viet Nam. */
export const PRESENT = '2026-11-21T03:00:00Z';

const numbers = new Map<string, string>();

/** The pseudonym of a number in a year, worked out on its own. */
export function pseudonym(number: string, year = 2026): string {
  const key = Buffer.from(hkdfSync('sha256', pseudonymKey, '', `pseudonym ${year}`, 32));
  const name = createHmac('sha256', key).update(number).digest('base64url');
  numbers.set(name, number);
  return name;
}

let made = 0;

/** An entry at a time; what matters is given. */
export function entryAt(time: string, given: Partial<AccessLogEntry> = {}): AccessLogEntry {
  made += 1;
  return sampleEntry(made, { ...given, time: new Date(time).toISOString() });
}

/** An official's reading. */
export function officerRead(
  time: string,
  number: string,
  given: Partial<AccessLogEntry> = {},
): AccessLogEntry {
  return entryAt(time, {
    actor: { kind: 'officer', id: 'officer-tran', session: null },
    subjects: [pseudonym(number, new Date(time).getUTCFullYear())],
    purpose: 'case_work',
    consentId: null,
    claims: ['identity.basic'],
    ...given,
  });
}

/** A person's reading of their own record. */
export function ownRead(time: string, number: string): AccessLogEntry {
  const self = pseudonym(number, new Date(time).getUTCFullYear());
  return entryAt(time, {
    actor: { kind: 'person', id: self, session: 'session-1' },
    subjects: [self],
    purpose: 'profile_view',
    consentId: null,
  });
}

/** A person before the service. */
export function person(number: string, cancelledNumbers: readonly string[] = []): TestCaller {
  const ids: SubjectIdentifiers = {
    kind: 'CITIZEN',
    personalNumber: number,
    cancelledNumbers,
    oldIdNumber: null,
    matchName: 'nguyen van thu',
    dateOfBirth: '1990-03-02',
    passports: [],
  };
  return {
    act: { kind: 'person', id: 'subject-1' },
    level: 1,
    subjects: [{ id: 'subject-1', as: 'self', claims: ['access.history'] }],
    ids: { 'subject-1': ids },
    claims: ['access.history'],
  };
}

/** An auditor before the service, under a case. */
export const auditor = {
  act: { kind: 'auditor', id: 'auditor-le' },
  level: 2,
  claims: ['access.audit'],
  case: 'TT-2026/17',
} as TestCaller;

/** An auditor who names no case. */
export const auditorWithoutCase: TestCaller = { act: { kind: 'auditor', id: 'auditor-le' }, level: 2 };

/** The codes of an answer's errors. */
export function codes(answer: ServiceAnswer): string[] {
  const errors: { extensions: { code: string } }[] = answer.body.errors ?? [];
  return errors.map(({ extensions }) => extensions.code);
}
