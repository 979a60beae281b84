import { readFile } from 'node:fs/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  decodeEntry,
  leafHash,
  parseBase64,
  parseTlogProof,
  toBase64,
  verifyTlogProof,
  verifierOf,
} from '@dinhdanh/access-log/tlog';
import type { CheckpointPolicy } from '@dinhdanh/access-log/tlog';
import { keyFromSeed, valueOf } from '@dinhdanh/access-log/testing';
import { runSql } from '@dinhdanh/kit/testing';
import type { ServiceAnswer } from '@dinhdanh/kit/testing';
import {
  auditor,
  auditorWithoutCase,
  codes,
  entryAt,
  officerRead,
  person,
  pseudonym,
  startReading,
  PRESENT,
} from './reading-under-test.ts';
import type { ReadingUnderTest } from './reading-under-test.ts';

const AN = '098090000001';
const BINH = '098090000002';

const LOG = `query ($filter: AccessLogFilter) { accessLog(filter: $filter) {
  nodes { index subjects caseId requestId delayedDisclosure mine actor { kind name id } } } }`;
const EXPORT = `query ($filter: AccessLogFilter, $format: ExportFormat!, $first: Int, $after: String) {
  accessExport(filter: $filter, format: $format, first: $first, after: $after) {
    text count pageInfo { hasNextPage endCursor } } }`;
const PROOF =
  'query ($origin: String!, $index: Int!) { accessProof(origin: $origin, index: $index) { entry proof } }';
const ORIGIN = 'log.dinhdanh.example/2026h2';
const MIGRATION = new URL(
  '../../subgraphs/access-log/migrations/20261121000500_subjects/migration.sql',
  import.meta.url,
);

/** What a verifier trusts: the log's key, and here no witness. */
const policy: CheckpointPolicy = {
  origin: ORIGIN,
  logKey: verifierOf(keyFromSeed(ORIGIN, 1)),
  witnessKeys: [],
  quorum: 0,
  nowSeconds: null,
};

let log: ReadingUnderTest;

beforeAll(async () => {
  log = await startReading();
  await log.log.name('hotel-demo', 'relying_party', '=Khách sạn "Sông Hương", Huế');
  log.log.turnTo(PRESENT);
  await log.log.append(
    Array.from({ length: 300 }, (_, number) =>
      entryAt(new Date(Date.UTC(2026, 7, 1) + number * 60_000).toISOString(), {
        subjects: [pseudonym(number % 2 === 0 ? AN : BINH)],
      }),
    ),
  );
  await log.log.append([
    officerRead('2026-10-01T01:00:00Z', AN, { caseId: 'VA-12', delayedDisclosure: true }),
    officerRead('2026-11-20T01:00:00Z', BINH, { caseId: 'VA-12' }),
  ]);
  await log.log.publish();
  // Appended after the checkpoint.
  await log.log.append([officerRead('2026-11-21T01:00:00Z', AN)]);
});

afterAll(() => log.stop());

const search = (filter: Readonly<Record<string, unknown>>): Promise<ServiceAnswer> =>
  log.client.ask(LOG, { filter }, auditor);

describe('the log before an auditor', () => {
  it('tells ids, cases and pseudonyms', async () => {
    const { body } = await search({ caseId: 'VA-12' });
    expect(body.data.accessLog.nodes).toEqual([
      expect.objectContaining({ index: 301, delayedDisclosure: false }),
      expect.objectContaining({
        index: 300,
        subjects: [pseudonym(AN)],
        caseId: 'VA-12',
        delayedDisclosure: true,
        mine: false,
        actor: { kind: 'OFFICER', name: null, id: 'officer-tran' },
      }),
    ]);
  });

  it.each([
    ['accessLog', '{ accessLog { nodes { index } } }'],
    ['accessStatistics', '{ accessStatistics { total } }'],
    ['accessExport', '{ accessExport(format: CSV) { text } }'],
    ['accessProof', `{ accessProof(origin: "${ORIGIN}", index: 0) { entry } }`],
  ])('asks %s for a case reference', async (_root, query) => {
    const answer = await log.client.ask(query, {}, auditorWithoutCase);
    expect(answer.body.errors[0].extensions).toEqual({
      code: 'BAD_USER_INPUT',
      field: 'case-reference',
      reason: 'CASE_REQUIRED',
    });
  });

  it.each([
    ['accessLog', '{ accessLog { nodes { index } } }'],
    ['accessStatistics', '{ accessStatistics { total } }'],
    ['accessExport', '{ accessExport(format: CSV) { text } }'],
  ])('keeps %s from everybody else', async (_root, query) => {
    for (const caller of [
      person(AN),
      { ...auditor, act: { kind: 'officer' as const, id: 'officer-tran' } },
      {},
    ])
      expect(codes(await log.client.ask(query, {}, caller))).toEqual(['NOT_PERMITTED']);
  });

  it('tells the gateway who was looked for, by this year’s pseudonym and no other', async () => {
    const byNumber = await search({ person: { number: AN, reason: 'COMPLAINT' } });
    expect(byNumber.headers.get('access-subjects')).toBe(pseudonym(AN, 2026));
    expect(byNumber.headers.get('access-reason')).toBe('COMPLAINT');
    const byPseudonym = await search({ pseudonym: pseudonym(BINH) });
    expect(byPseudonym.headers.get('access-subjects')).toBe(pseudonym(BINH));
    expect(byPseudonym.body.data.accessLog.nodes).toHaveLength(20);
    const untargeted = await search({ actorKind: 'OFFICER' });
    expect(untargeted.headers.get('access-subjects')).toBeNull();
    const proof = await log.client.ask(PROOF, { origin: ORIGIN, index: 1 }, auditor);
    expect(proof.headers.get('access-subjects')).toBe(pseudonym(BINH));
  });

  it('stores a number that was looked for nowhere, and says it nowhere', async () => {
    await search({ person: { number: AN, reason: 'COMPLAINT' } });
    await search({ person: { number: `${AN} or more`, reason: 'COMPLAINT' } });
    await log.client.ask(
      EXPORT,
      { filter: { person: { number: AN, reason: 'INCIDENT' } }, format: 'CSV' },
      auditor,
    );
    const tables = await runSql<{ name: string }>(
      log.databaseUrl,
      "SELECT oid::regclass::text AS name FROM pg_class WHERE relkind IN ('r', 'v') AND relnamespace IN ('public'::regnamespace) AND relname NOT LIKE 'pg_stat_statements%'",
    );
    expect(tables.length).toBeGreaterThan(12);
    for (const { name } of tables) {
      const rows = await log.sql<{ text: string }>(`SELECT t::text AS text FROM ${name} t`);
      for (const { text } of rows) expect(text).not.toContain(AN);
    }
    const statements = await log.sql<{ query: string }>('SELECT query FROM pg_stat_statements');
    for (const { query } of statements) expect(query).not.toContain(AN);
    expect(JSON.stringify(log.lines.lines)).not.toContain(AN);
  });

  it.each([
    ['a number that is none', { person: { number: 'Nguyễn An', reason: 'COMPLAINT' } }, 'number'],
    ['a pseudonym that is none', { pseudonym: 'abc' }, 'pseudonym'],
    [
      'a person told twice',
      { pseudonym: pseudonym(AN), person: { number: AN, reason: 'COMPLAINT' } },
      'pseudonym',
    ],
    ['an instant that is none', { from: 'yesterday' }, 'from'],
    ['a day for an instant', { to: '2026-11-21' }, 'to'],
  ])('refuses %s, by the name of the field', async (_what, filter, field) => {
    const answer = await search(filter);
    expect(answer.body.errors?.[0]?.extensions).toMatchObject({ code: 'BAD_USER_INPUT', field });
  });
});

describe('a proof', () => {
  const proofOf = async (index: number, caller = auditor) => {
    const answer = await log.client.ask(PROOF, { origin: ORIGIN, index }, caller);
    return { codes: codes(answer), ...answer.body.data?.accessProof };
  };

  it('leads from the entry as it was logged to the signed checkpoint', async () => {
    for (const index of [0, 1, 255, 256, 301]) {
      const { entry, proof } = await proofOf(index);
      const parsed = valueOf(parseTlogProof(Buffer.from(proof)));
      expect(parsed.index).toBe(index);
      expect(verifyTlogProof(parsed, leafHash(Buffer.from(entry)), policy).ok).toBe(true);
      expect(verifyTlogProof(parsed, leafHash(Buffer.from(`${entry} `)), policy).ok).toBe(false);
    }
  });

  it('is not there before a checkpoint covers the entry', async () => {
    expect(await proofOf(302)).toMatchObject({ codes: [], proof: null });
  });

  it('is given to the person concerned, and not before a delayed reading may be told', async () => {
    expect((await proofOf(0, person(AN))).proof).toContain('c2sp.org/tlog-proof@v1');
    expect(await proofOf(1, person(AN))).toEqual({ codes: ['NOT_FOUND'] });
    expect(await proofOf(300, person(AN))).toEqual({ codes: ['NOT_FOUND'] });
    expect(await proofOf(9999, person(AN))).toEqual({ codes: ['NOT_FOUND'] });
    expect(await proofOf(-1, person(AN))).toEqual({ codes: ['NOT_FOUND'] });
  });
});

describe('an export', () => {
  const pagesOf = async (variables: Readonly<Record<string, unknown>>): Promise<string> => {
    let text = '';
    let after: string | null = null;
    do {
      const answer: ServiceAnswer = await log.client.ask(EXPORT, { ...variables, after }, auditor);
      expect(codes(answer)).toEqual([]);
      const page = answer.body.data.accessExport;
      text += page.text;
      after = page.pageInfo.hasNextPage ? page.pageInfo.endCursor : null;
    } while (after !== null);
    return text;
  };

  it('holds every entry once, with bytes that make its hash and a proof that holds', async () => {
    const text = await pagesOf({ format: 'JSON_LINES', first: 128 });
    const lines = text.split('\n').slice(0, -1);
    expect(lines).toHaveLength(303);
    for (const line of lines) {
      const { origin, index, leafHash: hash, entry, proof } = JSON.parse(line);
      const bytes = Buffer.from(JSON.stringify(entry));
      expect(origin).toBe(ORIGIN);
      expect({ ...valueOf(decodeEntry(bytes)), salt: '' }).toEqual({
        ...log.log.all[index]?.entry,
        salt: '',
      });
      expect(hash).toBe(toBase64(leafHash(bytes)));
      if (index === 302) expect(proof).toBeNull();
      else
        expect(
          verifyTlogProof(valueOf(parseTlogProof(Buffer.from(proof))), valueOf(parseBase64(hash)), policy).ok,
        ).toBe(true);
    }
  });

  it('as CSV has one header, one record an entry, and no cell that a spreadsheet would run', async () => {
    const text = await pagesOf({ format: 'CSV', first: 200 });
    const records = text.split('\r\n');
    expect(records).toHaveLength(305);
    expect(records[0]).toMatch(/^origin,index,time,event,/);
    expect(records.filter((record) => record.startsWith('origin,'))).toHaveLength(1);
    expect(text).toContain(',"\'=Khách sạn ""Sông Hương"", Huế",');
    expect(text).not.toMatch(/(^|,|\n)"?[=+@-]/);
  });

  it('refuses a page of more than 200', async () => {
    const answer = await log.client.ask(EXPORT, { format: 'CSV', first: 201 }, auditor);
    expect(codes(answer)).toEqual(['BAD_USER_INPUT']);
  });
});

describe('an audit', () => {
  it('is itself found by whoever it looked for, under a pseudonym of years ago too', async () => {
    const chi = '098090000003';
    const looked = ['2026-11-20T02:00:00Z', '2026-11-20T03:00:00Z'].map((time, place) =>
      entryAt(time, {
        event: 'audit-read',
        actor: { kind: 'auditor', id: 'auditor-le', session: null },
        subjects: [pseudonym(chi, 2021 + place), pseudonym(BINH, 2020)].toSorted(),
        caseId: 'TT-2026/17',
        purpose: 'log_audit',
        consentId: null,
      }),
    );
    const [one, other] = await log.log.append(looked);
    const { body } = await search({ person: { number: chi, reason: 'COMPLAINT' } });
    expect(body.data.accessLog.nodes.map(({ index }: { index: number }) => index)).toEqual([
      other?.index,
      one?.index,
    ]);
    const history = await log.client.ask('{ accessHistory { nodes { index } } }', {}, person(chi));
    expect(history.body.data.accessHistory.nodes).toHaveLength(2);
    // A pseudonym alone, whose year nobody knows.
    const alone = await search({ pseudonym: pseudonym(chi, 2021) });
    expect(alone.body.data.accessLog.nodes).toHaveLength(1);
    // As the migration finds them that were written before it.
    await log.sql('DELETE FROM further_subjects WHERE subject = $1', [
      Buffer.from(pseudonym(chi, 2021), 'base64url'),
    ]);
    await log.sql('DROP INDEX further_subjects_entry');
    await log.sql(await readFile(MIGRATION, 'utf8'));
    const again = await search({ person: { number: chi, reason: 'COMPLAINT' } });
    expect(again.body.data.accessLog.nodes).toHaveLength(2);
  });
});
