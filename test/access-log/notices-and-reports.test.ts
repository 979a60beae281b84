import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { ServiceClient } from '@dinhdanh/kit/testing';
import {
  codes,
  entryAt,
  officerRead,
  ownRead,
  person,
  pseudonym,
  startReading,
  PRESENT,
} from './reading-under-test.ts';
import { openServiceDatabases } from '../harness/service-database.ts';
import type { ServiceDatabases } from '../harness/service-database.ts';
import type { ReadingUnderTest } from './reading-under-test.ts';

const AN = '098090000001';
const AN_BEFORE = '098090000002';
const OTHER = '098090000003';
const ORIGIN = 'log.dinhdanh.example/2026h2';

const NOTICES = '{ accessNotices { count until nodes { index event mine } } }';
const ACKNOWLEDGE = 'mutation ($until: String!) { acknowledgeAccess(until: $until) }';
const REPORT = 'mutation ($input: ReportAccessInput!) { reportAccess(input: $input) { id state dueOn } }';

let server: ServiceDatabases;
let log: ReadingUnderTest;

beforeAll(async () => {
  server = await openServiceDatabases();
});
afterAll(() => server.stop());

beforeEach(async () => {
  log = await startReading({}, server);
  log.log.turnTo(PRESENT);
  await log.log.append([
    officerRead('2026-11-01T01:00:00Z', AN),
    ownRead('2026-11-02T01:00:00Z', AN),
    officerRead('2026-11-03T01:00:00Z', OTHER),
    entryAt('2026-11-04T01:00:00Z', {
      event: 'denied',
      outcome: 'refused',
      refusal: 'CONSENT_EXPIRED',
      subjects: [pseudonym(AN)],
    }),
    entryAt('2026-11-05T01:00:00Z', {
      event: 'consent-change',
      outcome: 'recorded',
      actor: { kind: 'system', id: 'sharing', session: null },
      subjects: [pseudonym(AN)],
    }),
    officerRead('2025-11-22T02:00:00Z', AN, { delayedDisclosure: true, subjects: [pseudonym(AN, 2025)] }),
  ]);
});

afterEach(() => log.stop());

async function noticesOf(caller = person(AN), client: ServiceClient = log.client) {
  const answer = await client.ask(NOTICES, {}, caller);
  expect(codes(answer)).toEqual([]);
  return answer.body.data.accessNotices as { count: number; until: string; nodes: { index: number }[] };
}

const acknowledge = (until: string, caller = person(AN)) => log.client.ask(ACKNOWLEDGE, { until }, caller);
const places = ({ nodes }: { nodes: { index: number }[] }): number[] => nodes.map(({ index }) => index);

describe('notices of access', () => {
  it('tell what others read or tried to read, until the person has been shown', async () => {
    const first = await noticesOf();
    expect(first.count).toBe(2);
    expect(places(first)).toEqual([3, 0]);
    expect((await acknowledge(first.until)).body.data.acknowledgeAccess).toBe(0);
    expect(await noticesOf()).toMatchObject({ count: 0, nodes: [] });
  });

  it('tell what was appended since, whatever its own time', async () => {
    await acknowledge((await noticesOf()).until);
    await log.log.append([officerRead('2026-10-30T01:00:00Z', AN), officerRead('2026-11-21T02:00:00Z', AN)]);
    expect(places(await noticesOf())).toEqual([7, 6]);
    log.log.turnTo('2027-01-02T03:00:00Z');
    await log.log.append([officerRead('2026-11-21T02:30:00Z', AN)]);
    // The delayed reading has been disclosed meanwhile.
    expect(places(await noticesOf())).toEqual([0, 7, 6, 5]);
  });

  it('count what was appended between being shown and saying so as not shown', async () => {
    const shown = await noticesOf();
    await log.log.append([officerRead('2026-11-21T02:00:00Z', AN)]);
    expect((await acknowledge(shown.until)).body.data.acknowledgeAccess).toBe(1);
  });

  it('tell a delayed reading on the day it is disclosed, once', async () => {
    await acknowledge((await noticesOf()).until);
    log.clock.advance(24 * 3600);
    const disclosed = await noticesOf();
    expect(places(disclosed)).toEqual([5]);
    await acknowledge(disclosed.until);
    expect((await noticesOf()).count).toBe(0);
  });

  it('are kept under one pseudonym of the person, across years and numbers', async () => {
    await acknowledge((await noticesOf(person(AN_BEFORE))).until, person(AN_BEFORE));
    await acknowledge((await noticesOf(person(AN, [AN_BEFORE]))).until, person(AN, [AN_BEFORE]));
    expect(await log.sql('SELECT encode(subject, $1) AS subject FROM notice_marks', ['hex'])).toEqual([
      { subject: Buffer.from(pseudonym(AN), 'base64url').toString('hex') },
    ]);
    log.clock.advance(60 * 24 * 3600);
    expect((await noticesOf(person(AN, [AN_BEFORE]))).count).toBe(1);
  });

  it('never go back, never ahead of the log, and take no mark of another making', async () => {
    const early = await noticesOf();
    await log.log.append([officerRead('2026-11-21T02:00:00Z', AN)]);
    log.clock.advance(1);
    await acknowledge((await noticesOf()).until);
    expect((await acknowledge(early.until)).body.data.acknowledgeAccess).toBe(0);
    expect((await noticesOf()).count).toBe(0);
    const ahead = Buffer.from(`n.${Date.parse('2026-11-21T03:00:00Z')}.9.0`).toString('base64url');
    for (const until of [ahead, 'x', '']) expect(codes(await acknowledge(until))).toEqual(['BAD_USER_INPUT']);
  });

  it('are the person’s own', async () => {
    await acknowledge((await noticesOf(person(OTHER))).until, person(OTHER));
    expect((await noticesOf()).count).toBe(2);
  });
});

describe('a report of an access', () => {
  const report = (input: Readonly<Record<string, unknown>>, caller = person(AN)) =>
    log.client.ask(REPORT, { input: { origin: ORIGIN, reason: 'UNKNOWN_READER', ...input } }, caller);

  it('is kept in codes, answered within two working days, and told to the auditors', async () => {
    const { body } = await report({ index: 0 });
    // 21 November 2026 is a Saturday.
    expect(body.data.reportAccess).toMatchObject({ state: 'RECEIVED', dueOn: '2026-11-24' });
    expect(await log.sql('SELECT kind, origin, index::int, count FROM alerts')).toEqual([
      { kind: 'REPORTED', origin: ORIGIN, index: 0, count: 1 },
    ]);
  });

  it('said twice stands once; for another reason it counts on', async () => {
    const first = (await report({ index: 0 })).body.data.reportAccess;
    log.clock.advance(5 * 24 * 3600);
    expect((await report({ index: 0 })).body.data.reportAccess).toEqual(first);
    await report({ index: 0, reason: 'NO_CONSENT' });
    expect(await log.sql('SELECT count FROM alerts')).toEqual([{ count: 2 }]);
    expect(await log.sql('SELECT reason FROM access_reports ORDER BY reason')).toEqual([
      { reason: 'NO_CONSENT' },
      { reason: 'UNKNOWN_READER' },
    ]);
  });

  it('of an entry about somebody else is refused as one of none, and leaves nothing', async () => {
    for (const input of [
      { index: 2 },
      { index: 999 },
      { index: 5 },
      { index: 0, origin: 'log.dinhdanh.example/1999h1' },
    ])
      expect(codes(await report(input))).toEqual(['NOT_FOUND']);
    expect(await log.sql('SELECT 1 FROM alerts UNION ALL SELECT 1 FROM access_reports')).toEqual([]);
  });

  it('leaves out the holidays that are set', async () => {
    const client = await log.startAnother({ holidays: ['2026-11-24'] });
    const { body } = await client.ask(
      REPORT,
      { input: { origin: ORIGIN, index: 0, reason: 'TOO_MUCH' } },
      person(AN),
    );
    expect(body.data.reportAccess.dueOn).toBe('2026-11-25');
  });
});
