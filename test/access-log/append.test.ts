import { createHash } from 'node:crypto';
import { decodeEntry } from '@dinhdanh/access-log/tlog';
import { APPEND_SQL, appendValues, prepareForTest } from '@dinhdanh/access-log/testing';
import type { AccessLog, AppendReceipt } from '@dinhdanh/access-log';
import pg from 'pg';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { countStatements, openServiceDatabases, type ServiceDatabases } from '../harness/service-database.ts';
import { expectWholeTrees, type KeptReceipt } from './expect-whole-trees.ts';
import { entryOf, type LogUnderTest, startLog } from './log-under-test.ts';

let databases: ServiceDatabases;
beforeAll(async () => {
  databases = await openServiceDatabases();
});
afterAll(() => databases.stop());

let under: LogUnderTest;
let accessLog: AccessLog;
beforeEach(async () => {
  under = await startLog(undefined, databases);
  accessLog = under.open();
});
afterEach(() => under.stop());

const codes = (receipts: readonly AppendReceipt[]): (string | number)[] =>
  receipts.map((receipt) => ('refused' in receipt ? receipt.refused : receipt.index));

describe('appending', () => {
  it('answers with what stands in the tree', async () => {
    const { origin, receipts } = await accessLog.append([entryOf(), entryOf({ requestId: 'request-2' })]);
    expect([origin, codes(receipts)]).toEqual(['log.test/2026h2', [0, 1]]);
    const kept = receipts.flatMap((receipt) => ('index' in receipt ? [{ origin, ...receipt }] : []));
    expect(await expectWholeTrees(under, kept)).toBe(2);
  });

  it('turns numbers into pseudonyms of the year before anything is stored', async () => {
    await accessLog.append([
      entryOf({
        subjects: ['098086000102', '097188000101'],
        pseudonyms: [accessLog.pseudonyms.of('099314000103', 2025)],
      }),
    ]);
    const [row] = await under.sql<{ bytes: Buffer; actor: string; subject: Buffer }>('SELECT * FROM entries');
    const entry = decodeEntry(row?.bytes ?? Buffer.alloc(0));
    const names = [
      accessLog.pseudonyms.of('097188000101', 2026),
      accessLog.pseudonyms.of('098086000102', 2026),
      accessLog.pseudonyms.of('099314000103', 2025),
    ].toSorted();
    expect(entry).toMatchObject({
      value: { subjects: names, actor: { id: accessLog.pseudonyms.of('097188000101', 2026) } },
    });
    expect(row?.subject.toString('base64url')).toBe(names[0]);
    const further = await under.sql<{ subject: Buffer; index: string }>(
      'SELECT subject, index FROM further_subjects',
    );
    expect(further.map(({ subject }) => subject.toString('base64url')).toSorted()).toEqual(names.slice(1));
    expect(row?.bytes.toString()).not.toMatch(/097188000101|098086000102/);
  });

  it('keeps what entries have in common once, and what organisations are called', async () => {
    const hotel = (name: string) =>
      entryOf({ actor: { kind: 'relying_party', id: 'hotel', session: null, name } });
    await accessLog.append([hotel('Khách sạn Hoa Sen'), hotel('Khách sạn Hoa Sen'), entryOf()]);
    await accessLog.append([hotel('Khách sạn Sen Vàng')]);
    expect(await under.sql('SELECT facet FROM entries GROUP BY facet')).toHaveLength(2);
    expect(
      await under.sql('SELECT actor_kind, claims, sources, with_consent FROM facets ORDER BY id LIMIT 1'),
    ).toEqual([
      {
        actor_kind: 'relying_party',
        claims: ['identity.basic'],
        sources: ['population'],
        with_consent: false,
      },
    ]);
    expect(await under.sql('SELECT * FROM actors')).toEqual([
      { id: 'hotel', kind: 'relying_party', name: 'Khách sạn Sen Vàng' },
    ]);
    // Another writer finds them where they are.
    await under.open().append([hotel('Khách sạn Sen Vàng')]);
    expect(await under.sql('SELECT 1 FROM facets')).toHaveLength(2);
  });

  it('puts each entry into the partition of its month, made when it is needed', async () => {
    const times = ['2024-02-29T23:59:59.999Z', '2024-03-01T00:00:00.000Z', '2025-12-31T23:59:59.999Z'];
    const { receipts } = await accessLog.append(times.map((time) => entryOf({ time })));
    expect(codes(receipts)).toEqual([0, 1, 2]);
    const rows = await under.sql('SELECT tableoid::regclass::text AS part FROM entries ORDER BY index');
    expect(rows.map(({ part }) => part)).toEqual(['entries_2024_02', 'entries_2024_03', 'entries_2025_12']);
    // The present month and the next stand ready.
    expect(
      await under.sql(`SELECT to_regclass('entries_2026_11') AS now, to_regclass('entries_2026_12') AS next`),
    ).toEqual([{ now: 'entries_2026_11', next: 'entries_2026_12' }]);
    expect(codes((await accessLog.append([entryOf({ time: '2016-11-01T00:00:00.000Z' })])).receipts)).toEqual(
      ['TIME_TOO_OLD'],
    );
  });

  it('takes many calls at once in few commits, each with its own receipts', async () => {
    await accessLog.append([entryOf()]);
    let indices: (string | number)[] = [];
    const statements = await countStatements(under.databaseUrl, async () => {
      const answers = await Promise.all(
        Array.from({ length: 300 }, (_, number) => accessLog.append([entryOf({ requestId: `r-${number}` })])),
      );
      indices = answers.flatMap(({ receipts }) => codes(receipts));
    });
    const appends = [...statements].filter(([text]) => text.includes('INSERT INTO entries'));
    // 256 in one, the rest in the next.
    expect(appends.map(([, calls]) => calls)).toEqual([2]);
    expect(indices).toEqual(Array.from({ length: 300 }, (_, place) => place + 1));
    const rows = await under.sql<{ request_id: string; index: string }>(
      'SELECT request_id, index FROM entries',
    );
    const places = new Map(rows.map(({ request_id, index }) => [request_id, Number(index)]));
    expect(indices.every((index, number) => places.get(`r-${number}`) === index)).toBe(true);
  });
});

describe('an aborted entry', () => {
  const aborted = (completes: number, completesOrigin?: string) =>
    entryOf({ event: 'aborted', completes, ...(completesOrigin === undefined ? {} : { completesOrigin }) });

  it('completes an intent of the same log once, and nothing else', async () => {
    await accessLog.append([entryOf(), entryOf({ event: 'denied', refusal: 'NOT_PERMITTED' }), entryOf()]);
    const { receipts } = await accessLog.append([
      aborted(0, 'log.test/2026h2'),
      aborted(1),
      aborted(2, 'log.test/2026h1'),
      aborted(9),
      aborted(0),
      entryOf(),
    ]);
    expect(codes(receipts)).toEqual([
      3,
      'COMPLETES_UNKNOWN',
      'COMPLETES_UNKNOWN',
      'COMPLETES_UNKNOWN',
      'COMPLETES_TWICE',
      4,
    ]);
    expect(codes((await accessLog.append([aborted(0), aborted(2)])).receipts)).toEqual([
      'COMPLETES_TWICE',
      5,
    ]);
    expect(await under.sql('SELECT index FROM undelivered ORDER BY index')).toEqual([
      { index: '0' },
      { index: '2' },
    ]);
    expect(await expectWholeTrees(under)).toBe(6);
  });
});

describe('the turn of the half-year', () => {
  it('under load begins a tree of its own, and every receipt is of the tree it names', async () => {
    await accessLog.close();
    const clock = { now: new Date('2026-12-31T23:59:59.500Z') };
    const opened = under.open({ clock: () => clock.now });
    const kept: KeptReceipt[] = [];
    let running = true;
    const load = Array.from({ length: 16 }, async () => {
      while (running) {
        const { origin, receipts } = await opened.append([entryOf({ time: clock.now.toISOString() })]);
        for (const receipt of receipts) if ('index' in receipt) kept.push({ origin, ...receipt });
      }
    });
    await expect.poll(() => kept.length).toBeGreaterThan(50);
    clock.now = new Date('2027-01-01T00:00:00.000Z');
    const before = kept.length;
    await expect.poll(() => kept.length).toBeGreaterThan(before + 50);
    running = false;
    await Promise.all(load);
    expect(await expectWholeTrees(under, kept)).toBe(kept.length);
    expect(await under.sql('SELECT origin, begins FROM shards ORDER BY id')).toEqual([
      { origin: 'log.test/2026h2', begins: new Date('2026-07-01T00:00:00Z') },
      { origin: 'log.test/2027h1', begins: new Date('2027-01-01T00:00:00Z') },
    ]);
    // Once turned, nothing goes to the tree before.
    const lastOfOld = kept.findLastIndex(({ origin }) => origin === 'log.test/2026h2');
    const firstOfNew = kept.findIndex(({ origin }) => origin === 'log.test/2027h1');
    expect(firstOfNew).toBeGreaterThan(0);
    expect(lastOfOld).toBeLessThan(firstOfNew + 16);
  });

  it('is not taken by a writer that has lost its post', async () => {
    await accessLog.close();
    const clock = { now: new Date('2026-12-31T23:59:59.500Z') };
    const first = under.open({ clock: () => clock.now });
    await first.append([entryOf()]);
    const second = under.open({ clock: () => clock.now });
    await second.append([entryOf()]);
    clock.now = new Date('2027-01-01T00:00:00.000Z');
    await expect(first.append([entryOf()])).rejects.toMatchObject({ detail: { reason: 'FENCED' } });
    expect((await second.append([entryOf()])).origin).toBe('log.test/2027h1');
    expect(await expectWholeTrees(under)).toBe(3);
  });
});

describe('a detail', () => {
  const detail = { fields: ['person.fullName'], address: '203.0.113.7', device: 'Chrome 140' };
  const [mother, child] = ['097188000101', '099314000103'];
  const rowOf = async (requestId: string) => {
    const [row] = await under.sql<{ bytes: Buffer; detail: Buffer }>(
      'SELECT bytes, detail FROM entries WHERE request_id = $1',
      [requestId],
    );
    if (row === undefined) throw new TypeError('no such entry');
    return row;
  };
  const read = async (requestId: string, numbers: readonly string[]) =>
    accessLog.readDetail({
      detail: (await rowOf(requestId)).detail,
      requestId,
      owners: numbers.map((number) => accessLog.pseudonyms.of(number, 2026)).toSorted(),
    });

  it('stands encrypted, its hash in the entry, under the keys of everybody it is about', async () => {
    await accessLog.append([
      entryOf({ requestId: 'own', detail }),
      entryOf({
        requestId: 'ward',
        subjects: [child],
        actor: { kind: 'representative', number: mother, session: 's' },
        detail,
      }),
      entryOf({
        requestId: 'officer',
        subjects: [child],
        actor: { kind: 'officer', id: 'staff-1', session: 's' },
        detail,
      }),
      entryOf({
        requestId: 'nobody',
        subjects: [],
        actor: { kind: 'officer', id: 'staff-1', session: 's' },
        detail,
      }),
    ]);
    expect(await read('own', [mother])).toEqual(detail);
    expect(await read('ward', [mother, child])).toEqual(detail);
    expect(await read('ward', [child])).toBeNull();
    expect(await read('officer', [child])).toEqual(detail);
    const row = await rowOf('own');
    expect(row.detail.includes('203.0.113.7')).toBe(false);
    const hash = createHash('sha256').update(row.detail).digest('base64url');
    expect(decodeEntry(row.bytes)).toMatchObject({ value: { detailHash: hash } });
    // A key for the mother, one for the child, one for the officer about whom alone one detail is.
    expect(await under.sql('SELECT 1 FROM detail_keys')).toHaveLength(3);
  });

  it('is erased by destroying a key: nobody reads it any more, the tree stands, later details are readable', async () => {
    await accessLog.append([entryOf({ requestId: 'own', detail })]);
    await accessLog.append([
      entryOf({
        requestId: 'ward',
        subjects: [child],
        actor: { kind: 'representative', number: mother, session: 's' },
        detail,
      }),
    ]);
    expect(await accessLog.eraseDetails([accessLog.pseudonyms.of(mother, 2026)])).toBe(1);
    expect(await read('own', [mother])).toBeNull();
    expect(await read('ward', [mother, child])).toBeNull();
    await accessLog.append([entryOf({ requestId: 'later', detail })]);
    expect(await read('later', [mother])).toEqual(detail);
    expect(await read('own', [mother])).toBeNull();
    expect(await expectWholeTrees(under)).toBe(3);
  });
});

describe('the statement', () => {
  /** The tempting form: the insert stands beside the update, and is not made of it. */
  const independent = APPEND_SQL.replaceAll(
    'FROM head, unnest',
    'FROM (SELECT $1::smallint AS id) head, unnest',
  );

  it.each([
    ['as it is, writes nothing for a writer that was replaced', APPEND_SQL, 0],
    ['with an insert that does not depend on the head, leaves rows that no tree has', independent, 1],
  ])('%s', async (_name, sql, strays) => {
    await accessLog.append([entryOf()]);
    await accessLog.close();
    const client = new pg.Client({ connectionString: under.databaseUrl });
    await client.connect();
    await client.query('SET synchronous_commit = on');
    const [shard] = await under.sql<{ id: number; epoch: string }>('SELECT id, epoch FROM shards');
    const { frontier, rows } = prepareForTest(entryOf(), 1);
    const replaced = { shard: shard?.id ?? 0, size: 1, epoch: Number(shard?.epoch) - 1 };
    const { rowCount } = await client.query(sql, appendValues(replaced, frontier, rows));
    expect(rowCount).toBe(0);
    await client.end();
    expect(await under.sql('SELECT 1 FROM entries WHERE index >= (SELECT size FROM shards)')).toHaveLength(
      strays,
    );
    if (strays === 0) expect(await expectWholeTrees(under)).toBe(1);
    else await expect(expectWholeTrees(under)).rejects.toThrow();
  });
});
