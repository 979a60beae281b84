import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { compareLog, type LogFinding, service } from '@dinhdanh/access-log';
import { compareEntries, entriesBeyond, EntryWatch } from '@dinhdanh/access-log/testing';
import fc from 'fast-check';
import pg from 'pg';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { openServiceDatabases, type ServiceDatabases } from '../harness/service-database.ts';
import { entryOf, LOG_SETTINGS, type LogUnderTest, startLog } from './log-under-test.ts';
import { makeEntries, NUMBERS, randomEntries } from './random-logs.ts';
import { officerRead, person, PRESENT, startReading } from './reading-under-test.ts';

let databases: ServiceDatabases;
beforeAll(async () => {
  databases = await openServiceDatabases();
});
afterAll(() => databases.stop());

const PEOPLE = ['097188000101', '097188000102', '097188000103'];
const SIZE = 12;

let under: LogUnderTest;
let pool: pg.Pool;
const closing: (() => Promise<void>)[] = [];

/** A log with a bit of everything: two persons in an entry, an auditor, an intent that was not delivered, details. */
async function openSample(): Promise<void> {
  under = await startLog(undefined, databases);
  pool = new pg.Pool({ connectionString: under.databaseUrl });
  closing.push(() => pool.end(), under.stop);
  const log = under.open();
  await log.append([
    entryOf({ consentId: 'consent-1', caseId: 'VA-1' }),
    entryOf({ subjects: PEOPLE, requestId: 'request-2' }),
    entryOf({ detail: { fields: ['citizen.name'], address: null, device: null } }),
    entryOf({ event: 'denied', refusal: 'NOT_PERMITTED', time: '2026-10-31T23:59:59.999Z' }),
    entryOf({
      event: 'audit-read',
      actor: { kind: 'auditor', id: 'auditor-le', session: null },
      caseId: 'TT-1',
      subjects: [],
      pseudonyms: [Buffer.alloc(32, 5).toString('base64url')],
    }),
    entryOf({ subjects: [] }),
    entryOf({ time: '2026-11-20T03:00:00.000Z' }),
    ...Array.from({ length: SIZE - 8 }, () => entryOf({ time: '2025-11-20T03:00:00.000Z' })),
  ]);
  await log.append([entryOf({ event: 'aborted', completes: 6 })]);
}
const close = async (): Promise<void> => {
  for (const end of closing.splice(0)) await end();
};

const findings = async (client: pg.PoolClient) => [
  ...(await compareEntries(client, { shard: 1, from: 0, to: SIZE })),
  ...(await entriesBeyond(client, 1)),
];

/** What is found after a statement, which is taken back. */
async function findingsAfter(sql: string): Promise<Awaited<ReturnType<typeof findings>>> {
  const client = await pool.connect();
  try {
    await client.query('BEGIN');
    await client.query(sql);
    return await findings(client);
  } finally {
    await client.query('ROLLBACK');
    client.release();
  }
}

/** `npm run compare-entries`, as the log's operator runs it. */
function runCommand(): Promise<{ code: unknown; stdout: string }> {
  const words = ['--import', './start/require-node.mjs', 'start/compare-entries.ts'];
  const options = {
    cwd: join(import.meta.dirname, '..', '..'),
    env: { PATH: '/usr/bin:/bin', ACCESS_LOG_DATABASE_URL: under.databaseUrl },
  };
  return new Promise((resolve) => {
    execFile(process.execPath, words, options, (failure, stdout) =>
      resolve({ code: failure === null ? 0 : failure.code, stdout }),
    );
  });
}

const where = 'WHERE shard = 1 AND index =';

describe('an entry whose bytes were left alone', () => {
  beforeAll(openSample);
  afterAll(close);

  it.each([
    ['its subject is another', 0, 'SUBJECT', `UPDATE entries SET subject = sha256('x') ${where} 0`],
    ['its subject is gone', 0, 'SUBJECT', `UPDATE entries SET subject = NULL ${where} 0`],
    ['it is given a subject', 5, 'SUBJECT', `UPDATE entries SET subject = sha256('x') ${where} 5`],
    ['its actor is another', 0, 'ACTOR', `UPDATE entries SET actor = 'nobody' ${where} 0`],
    ['its time is another', 0, 'TIME', `UPDATE entries SET at = at + interval '1 ms' ${where} 0`],
    ['its time is in another month', 6, 'TIME', `UPDATE entries SET at = '2026-10-05Z' ${where} 6`],
    ['its consent is gone', 0, 'CONSENT', `UPDATE entries SET consent_id = NULL ${where} 0`],
    ['its case is another', 0, 'CASE', `UPDATE entries SET case_id = 'VA-2' ${where} 0`],
    ['its request is another', 1, 'REQUEST', `UPDATE entries SET request_id = 'request-9' ${where} 1`],
    ['its leaf hash is another', 2, 'LEAF_HASH', `UPDATE entries SET leaf_hash = sha256('x') ${where} 2`],
    ['its detail is another', 2, 'DETAIL', `UPDATE entries SET detail = detail || 'x' ${where} 2`],
    ['its detail is gone', 2, 'DETAIL', `UPDATE entries SET detail = NULL ${where} 2`],
    [
      'it points at the facet of another',
      3,
      'FACET',
      `UPDATE entries SET facet = (SELECT facet FROM entries ${where} 5) ${where} 3`,
    ],
    ['it points at no facet', 3, 'FACET', `UPDATE entries SET facet = 9999 ${where} 3`],
    ['a further subject is gone', 1, 'FURTHER_SUBJECTS', `DELETE FROM further_subjects ${where} 1`],
    [
      'one of two further subjects is gone',
      1,
      'FURTHER_SUBJECTS',
      `DELETE FROM further_subjects ${where} 1 AND subject = (SELECT subject FROM further_subjects ${where} 1 LIMIT 1)`,
    ],
    [
      'a further subject has another time',
      1,
      'FURTHER_SUBJECTS',
      `UPDATE further_subjects SET at = at - interval '1 day' ${where} 1`,
    ],
    [
      'somebody is added',
      0,
      'FURTHER_SUBJECTS',
      `INSERT INTO further_subjects SELECT sha256('x'), at, shard, index FROM entries ${where} 0`,
    ],
    ["an auditor's look is hidden", 4, 'FURTHER_SUBJECTS', `DELETE FROM further_subjects ${where} 4`],
    ['what it completes is delivered', SIZE - 1, 'UNDELIVERED', `DELETE FROM undelivered ${where} 6`],
    ['it is called undelivered', 0, 'UNDELIVERED', 'INSERT INTO undelivered (shard, index) VALUES (1, 0)'],
    ['it is moved away', 3, 'MISSING', `UPDATE entries SET shard = 99 ${where} 3`],
    ['it is deleted', 3, 'MISSING', `DELETE FROM entries ${where} 3`],
    [
      'it stands twice',
      3,
      'DUPLICATE',
      `INSERT INTO entries SELECT shard, index, at, facet, subject, actor, consent_id, case_id, request_id, leaf_hash, bytes
       FROM entries ${where} 3`,
    ],
    [
      'one stands beyond the end',
      SIZE + 5,
      'BEYOND',
      `INSERT INTO entries SELECT shard, ${SIZE + 5}, at, facet, subject, actor, consent_id, case_id, request_id, leaf_hash, bytes
       FROM entries ${where} 3`,
    ],
    [
      'its bytes are no entry, and hashed',
      3,
      'BYTES',
      `UPDATE entries SET bytes = 'x', leaf_hash = sha256('\\x0078') ${where} 3`,
    ],
  ])('is found where %s', async (_what, index, fault, sql) => {
    expect(await findingsAfter('SELECT 1')).toEqual([]);
    expect(await findingsAfter(sql)).toEqual([{ index, fault }]);
  });

  it('is found with all others of a facet that was changed', async () => {
    const found = await findingsAfter(
      `UPDATE facets SET event = 'aborted' WHERE id = (SELECT facet FROM entries ${where} 5)`,
    );
    expect(found).toContainEqual({ index: 5, fault: 'FACET' });
  });
});

describe('an entry that was put before somebody else', () => {
  it('is not shown to them', async () => {
    const log = await startReading({ rollUpSeconds: 60 }, databases);
    log.log.turnTo(PRESENT);
    await log.log.append([officerRead(PRESENT, NUMBERS[0]), officerRead(PRESENT, NUMBERS[1])]);
    const shown = async () => {
      const { body } = await log.client.ask('{ accessHistory { nodes { index } } }', {}, person(NUMBERS[1]));
      return body.data.accessHistory.nodes;
    };
    expect(await shown()).toEqual([{ index: 1 }]);
    await log.sql(
      'UPDATE entries SET subject = (SELECT subject FROM entries WHERE index = 1) WHERE index = 0',
    );
    expect(await shown()).toEqual([{ index: 1 }]);
    await log.stop();
  });
});

describe('entries that nobody altered', () => {
  it('have no fault, whatever they say', async () => {
    const log = await startReading({ rollUpSeconds: 60 }, databases);
    log.log.turnTo(PRESENT);
    await log.log.append(makeEntries(fc.sample(randomEntries, { seed: 3, numRuns: 40 }).flat()));
    const [shard] = await log.sql<{ id: number; size: string }>('SELECT id, size FROM shards WHERE size > 0');
    const all = new pg.Pool({ connectionString: log.databaseUrl });
    const range = { shard: shard?.id ?? 0, from: 0, to: Number(shard?.size) };
    expect(range.to).toBeGreaterThan(150);
    expect(await compareEntries(all, range)).toEqual([]);
    await all.end();
    await log.stop();
  });
});

describe('the whole log', () => {
  it('is compared from its database alone, tree by tree', async () => {
    await openSample();
    under.clock.advance(60 * 86_400);
    await under.open().append([entryOf(), entryOf()]);
    const found: LogFinding[] = [];
    const compare = () => compareLog(under.databaseUrl, async (finding) => void found.push(finding));
    expect(await compare()).toBe(SIZE + 2);
    expect(found).toEqual([]);
    await under.sql(`UPDATE entries SET actor = 'nobody' WHERE index = 1`);
    await compare();
    expect(found).toEqual([
      { origin: 'log.test/2026h2', index: 1, fault: 'ACTOR' },
      { origin: 'log.test/2027h1', index: 1, fault: 'ACTOR' },
    ]);
    const { code, stdout } = await runCommand();
    expect([
      code,
      stdout
        .trim()
        .split('\n')
        .map((line) => JSON.parse(line)),
    ]).toEqual([1, found]);
    await under.sql(
      `UPDATE entries SET actor = (SELECT min(actor) FROM entries WHERE subject IS NULL) WHERE actor = 'nobody'`,
    );
    expect(await runCommand()).toEqual({ code: 0, stdout: '' });
    await close();
  });
});

describe('the watch', () => {
  beforeEach(openSample);
  afterEach(close);

  const alerts = () =>
    under.sql('SELECT kind, service, origin, index::int, count FROM alerts ORDER BY index');
  const altered = (index: number) => ({
    kind: 'ENTRY_ALTERED',
    service: 'access-log',
    origin: 'log.test/2026h2',
    index,
    count: 1,
  });

  it('tells of an entry once, by origin and index, however often it comes by', async () => {
    const watch = () =>
      new EntryWatch({ pool, clock: under.clock.read, log: under.log, settings: { compareSeconds: 1 } });
    await under.sql(`UPDATE entries SET subject = sha256('x') ${where} 2`);
    for (const one of [watch(), watch()]) for (let round = 0; round < 4; round += 1) await one.round();
    expect(await alerts()).toEqual([altered(2)]);
    expect(under.log.lines.filter(({ event }) => event === 'ACCESS_LOG_ENTRY_ALTERED')).toEqual([
      { event: 'ACCESS_LOG_ENTRY_ALTERED', fields: { code: 'SUBJECT' } },
    ]);
  });

  it('comes by every entry of every tree, from wherever it begins', async () => {
    under.clock.advance(60 * 86_400);
    const log = under.open();
    for (let call = 0; call < 12; call += 1) await log.append(Array.from({ length: 250 }, () => entryOf()));
    for (const begin of [0, 0.3, 0.999]) {
      const watch = new EntryWatch(
        { pool, clock: under.clock.read, log: under.log, settings: { compareSeconds: 1 } },
        () => begin,
      );
      // What is new is behind it; what is altered now, only the slow round can find.
      await watch.round();
      const index = Math.floor(begin * 10);
      await under.sql(`UPDATE entries SET actor = 'nobody' ${where} ${index}`);
      await under.sql(`UPDATE entries SET actor = 'nobody' WHERE shard <> 1 AND index = ${2500 + index}`);
      for (let round = 0; round < 9; round += 1) await watch.round();
      expect((await alerts()).map(({ index: found }) => found)).toEqual(
        expect.arrayContaining([index, 2500 + index]),
      );
    }
  });

  it('runs with the service, and finds what was altered in a log that it opens', async () => {
    await under.sql(`DELETE FROM further_subjects ${where} 1`);
    const running = await service.start({
      ...{ host: '127.0.0.1', port: 0, databaseUrl: under.databaseUrl, callerKey: Buffer.alloc(32, 7) },
      ...{ clock: under.clock.read, log: under.log },
      settings: { ...LOG_SETTINGS, compareSeconds: 0.05, publishing: { intervalMs: 3_600_000 } },
    });
    await expect.poll(alerts).toEqual([altered(1)]);
    await running.stop();
  });
});
