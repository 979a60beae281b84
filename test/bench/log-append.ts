/**
 * How many entries a second the log takes, durably, and what that is against a transaction for each. Both ways write the
 * same rows by the same statement into the same tables, on one server, in turns, so that the machine's other work falls on
 * both. Run by `npm run bench -- log-append`; writes `results/log-append.json`; exit code 1 where a promise is not kept.
 */
import { mkdir, writeFile } from 'node:fs/promises';
import { cpus } from 'node:os';
import { openAccessLog, openStore, service } from '@dinhdanh/access-log';
import type { AppendEntry } from '@dinhdanh/access-log';
import { systemClock } from '@dinhdanh/kit';
import { RecordingLog, runSql } from '@dinhdanh/kit/testing';
import { openServiceDatabases } from '../harness/service-database.ts';
import { measure, median } from './closed-loop.ts';
import type { Measured } from './closed-loop.ts';
import { TransactionEach } from './transaction-each.ts';

const ROUNDS = 3;
const SECONDS = 4;
const CALLERS = 64;
const PROMISED = { entriesPerSecond: 5_000, ratio: 10 } as const;
const KEYS = { pseudonymKey: Buffer.alloc(32, 1), detailKey: Buffer.alloc(32, 2) };

let number = 0;

/** What a profile read by its owner writes, of one of a million people. */
function nextEntry(): AppendEntry {
  number += 1;
  const person = `097${String((number * 7_919) % 1_000_000_000).padStart(9, '0')}`;
  return {
    time: new Date().toISOString(),
    event: 'intent',
    actor: { kind: 'person', number: person, session: `session-${person.slice(4)}` },
    subjects: [person],
    purpose: 'profile_view',
    legalBasis: '59/2010/QH12 Điều 12',
    consentId: null,
    caseId: null,
    claims: ['driving', 'identity.basic', 'identity.number', 'insurance.number', 'passport', 'vehicle'],
    sources: ['driving-licences', 'immigration', 'population', 'social-insurance', 'vehicles'],
    refusal: null,
    operationHash: Buffer.alloc(32, number % 20).toString('base64url'),
    policyVersion: '2026-11-01',
    requestId: crypto.randomUUID(),
    level: 2,
    completes: null,
  };
}

/** What the door knows a call by. */
const nextBatch = () => ({
  id: crypto.randomUUID(),
  digest: Buffer.alloc(32, number % 251).toString('base64url'),
});

const databases = await openServiceDatabases();
const databaseUrl = await databases.create('access-log');
await service.migrate(databaseUrl);
const store = openStore({ databaseUrl });
const accessLog = openAccessLog({
  databaseUrl,
  pool: store.pool,
  settings: { name: 'log.bench', ...KEYS },
  clock: systemClock,
  log: new RecordingLog(),
});
// Warm: partitions, facets, plans, compiled code.
await measure({ callers: CALLERS, seconds: 2, work: () => accessLog.append([nextEntry()], nextBatch()) });
const each = await TransactionEach.open(databaseUrl, { connections: 32 });
const rounds: Record<string, Measured[]> = { one: [], group: [], wide: [], each: [] };
try {
  for (let round = 0; round < ROUNDS; round += 1) {
    const append = () => accessLog.append([nextEntry()], nextBatch());
    rounds['one']?.push(await measure({ callers: 1, seconds: SECONDS, work: append }));
    rounds['group']?.push(await measure({ callers: CALLERS, seconds: SECONDS, work: append }));
    rounds['each']?.push(
      await measure({ callers: CALLERS, seconds: SECONDS, work: () => each.append(nextEntry()) }),
    );
    rounds['wide']?.push(await measure({ callers: 256, seconds: SECONDS, work: append }));
  }
  const [settings] = await runSql(
    databaseUrl,
    `SELECT current_setting('fsync') AS fsync, current_setting('full_page_writes') AS full_page_writes`,
  );
  const [size] = await runSql<{ bytes: string; entries: string }>(
    databaseUrl,
    `SELECT sum(pg_total_relation_size(inhrelid)) AS bytes, (SELECT count(*) FROM entries) AS entries
     FROM pg_inherits WHERE inhparent = 'entries'::regclass`,
  );
  await report({ settings, bytesPerEntry: Math.round(Number(size?.bytes) / Number(size?.entries)) });
} finally {
  await each.close();
  await accessLog.close();
  await store.close();
  await databases.stop();
}

async function report(server: Readonly<Record<string, unknown>>): Promise<void> {
  const rate = (name: string): number => median((rounds[name] ?? []).map(({ perSecond }) => perSecond));
  const ratio = rate('group') / rate('each');
  const kept = rate('group') >= PROMISED.entriesPerSecond && ratio >= PROMISED.ratio;
  const result = {
    at: new Date().toISOString(),
    node: process.version,
    cores: cpus().length,
    server,
    promised: { callers: CALLERS, ...PROMISED },
    medians: {
      groupOneCaller: rate('one'),
      group64Callers: rate('group'),
      group256Callers: rate('wide'),
      transactionEach64Callers: rate('each'),
      ratioAt64: Number(ratio.toFixed(1)),
    },
    kept,
    rounds,
  };
  const folder = new URL('results/', import.meta.url);
  await mkdir(folder, { recursive: true });
  await writeFile(new URL('log-append.json', folder), `${JSON.stringify(result, null, 2)}\n`);
  process.stdout.write(
    `${CALLERS} callers: ${rate('group')} durable entries/s in groups, ${rate('each')} with a transaction each: ` +
      `${ratio.toFixed(1)} times; 1 caller ${rate('one')}/s, 256 callers ${rate('wide')}/s\n`,
  );
  if (!kept) {
    process.stderr.write(
      `Promised: ${PROMISED.entriesPerSecond}/s and ${PROMISED.ratio} times at ${CALLERS} callers.\n`,
    );
    process.exitCode = 1;
  }
}
