import { logKeyOf } from '@dinhdanh/access-log';
import type { AccessLog, WitnessAddress } from '@dinhdanh/access-log';
import {
  Publisher,
  type PublishSettings,
  PublishStore,
  readLog,
  valueOf,
} from '@dinhdanh/access-log/testing';
import { parseVerifierKey } from '@dinhdanh/access-log/tlog';
import {
  type LogSource,
  verifyLog,
  type VerifyReport,
  type VerifyRequest,
} from '@dinhdanh/access-log/verify';
import { startWitness } from '@dinhdanh/start';
import type { WitnessProcess } from '@dinhdanh/start';
import pg from 'pg';
import type { ServiceDatabases } from '../harness/service-database.ts';
import { TemporaryFolders } from '../harness/temporary-folders.ts';
import { entryOf, LOG_SETTINGS, type LogUnderTest, startLog } from './log-under-test.ts';

/** The tree that logs under test write to. */
export const ORIGIN = `${LOG_SETTINGS.name}/2026h2`;

/** A log with a writer, a witness process, and as many publishers as a test opens. */
export interface PublishedLog extends LogUnderTest {
  readonly accessLog: AccessLog;
  readonly witness: WitnessProcess;
  readonly witnessFolder: string;
  readonly pool: pg.Pool;
  /** A publisher whose rounds the test calls. */
  readonly publisher: (given?: PublisherGiven) => Publisher;
  /** Appends so many entries, in groups. */
  readonly append: (count: number) => Promise<void>;
  /** The whole log, as an auditor reads it over the door, verified down to the last entry. */
  readonly verify: (given?: VerifyGiven) => Promise<VerifyReport>;
  readonly source: LogSource;
}

/** What is verified besides the keys: all entries, unless `range` is null. */
export type VerifyGiven = Partial<Pick<VerifyRequest, 'lastSeen' | 'range'>> & { readonly quorum?: number };

/** What a test's publisher differs in. */
export interface PublisherGiven {
  readonly settings?: Partial<PublishSettings>;
  readonly witnesses?: readonly WitnessAddress[];
  readonly pool?: pg.Pool;
}

const SETTINGS: PublishSettings = {
  intervalMs: 20,
  refreshSeconds: 60,
  timeoutMs: 2_000,
  alarmAfterSeconds: 10,
  witnessMinutes: 60,
  quorum: null,
  refusalStops: true,
};

/** The witness's clock is the machine's, so the log's is too, unless a test is about time. */
export async function startPublishedLog(
  shared?: ServiceDatabases,
  now = new Date().toISOString(),
): Promise<PublishedLog> {
  const folders = new TemporaryFolders();
  const witnessFolder = await folders.make();
  const logKey = logKeyOf(LOG_SETTINGS.name, LOG_SETTINGS.signingKey) ?? '';
  const witness = await startWitness({
    folder: witnessFolder,
    host: '127.0.0.1',
    port: 0,
    logKey,
    isQuiet: true,
  });
  const log = await startLog(now, shared);
  // It runs with the witness's, and a test may move it ahead.
  const startedAt = log.clock.read().getTime();
  const clock = (): Date => new Date(Date.now() + log.clock.read().getTime() - startedAt);
  const pool = new pg.Pool({ connectionString: log.databaseUrl, max: 4 });
  pool.on('error', () => undefined);
  const accessLog = log.open();
  const store = new PublishStore(pool);
  const caller = { act: { kind: 'auditor', id: 'staff-1' } } as never;
  const source: LogSource = {
    read: async (path) => {
      const { status, body } = await readLog({ path: `2026h2/${path}` }, { caller }, store);
      return status === 200 ? Buffer.from(body, 'base64') : null;
    },
  };
  return {
    ...log,
    accessLog,
    witness,
    witnessFolder,
    pool,
    source,
    publisher: ({ settings = {}, witnesses = [witness], pool: given = pool } = {}) =>
      new Publisher({
        store: new PublishStore(given),
        signingKey: LOG_SETTINGS.signingKey,
        witnesses,
        settings: { ...SETTINGS, ...settings },
        clock,
        log: log.log,
      }),
    append: (count) => appendMany(accessLog, count, log.clock.read().toISOString()),
    verify: ({ quorum = 1, lastSeen = null, range = { begin: 0, end: null } } = {}) =>
      verifyLog(
        {
          policy: {
            origin: ORIGIN,
            logKey: valueOf(parseVerifierKey(logKeyOf(ORIGIN, LOG_SETTINGS.signingKey) ?? '')),
            witnessKeys: [valueOf(parseVerifierKey(witness.key))],
            quorum,
            nowSeconds: Math.floor(Date.now() / 1000),
          },
          log: source,
          lastSeen,
          baseline: null,
          proof: null,
          claims: [],
          range,
          served: null,
        },
        () => undefined,
      ),
    stop: async () => {
      await witness.stop();
      await pool.end();
      await log.stop();
      await folders.remove();
    },
  };
}

async function appendMany(accessLog: AccessLog, count: number, time: string): Promise<void> {
  for (let left = count; left > 0; left -= 256) {
    const group = Array.from({ length: Math.min(left, 256) }, (_, at) =>
      entryOf({ time, requestId: `request-${left}-${at}` }),
    );
    await accessLog.append(group);
  }
}
