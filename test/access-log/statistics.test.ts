import { readFile } from 'node:fs/promises';
import fc from 'fast-check';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { ServiceAnswer } from '@dinhdanh/kit/testing';
import { openServiceDatabases } from '../harness/service-database.ts';
import type { ServiceDatabases } from '../harness/service-database.ts';
import type { LoggedEntry } from './appended-log.ts';
import { atNight, endOf, legalTime, makeEntries, randomEntries, readWithoutConsent } from './random-logs.ts';
import {
  auditor,
  codes,
  entryAt,
  officerRead,
  pseudonym,
  startReading,
  PRESENT,
} from './reading-under-test.ts';
import type { ReadingUnderTest } from './reading-under-test.ts';

const STATISTICS = `query ($from: Date, $to: Date, $order: ActorOrder) { accessStatistics(from: $from, to: $to) {
  total delayedDisclosures byDay { label count } byHour { label count } byActorKind { label count }
  byClaim { label count } byOutcome { label count }
  actors(order: $order, first: 100) { actor { kind name id } reads people peopleInADay withoutConsent withoutCase
    atNight refused byHour } } }`;
const FROM = '2025-12-05';
const TO = '2026-01-02';
const DAY_MS = 86_400_000;
const MIGRATION = new URL(
  '../../subgraphs/access-log/migrations/20261121000300_months/migration.sql',
  import.meta.url,
);

let server: ServiceDatabases;
let log: ReadingUnderTest;

beforeAll(async () => {
  server = await openServiceDatabases();
});
afterAll(() => server.stop());
afterEach(() => log.stop());

/** Waits until the follower has counted everything. */
async function counted(): Promise<void> {
  await expect
    .poll(
      () =>
        log.sql(`SELECT 1 AS open FROM shards s LEFT JOIN roll_up_cursors c ON c.shard = s.id
          WHERE s.size > coalesce(c.next, 0) UNION ALL SELECT 1 FROM undelivered WHERE NOT counted`),
      { timeout: 100_000 },
    )
    .toEqual([]);
}

async function statistics(
  variables: Readonly<Record<string, unknown>> = { from: FROM, to: TO },
): Promise<ServiceAnswer['body']> {
  const answer = await log.client.ask(STATISTICS, variables, auditor);
  expect(codes(answer)).toEqual([]);
  return answer.body.data.accessStatistics;
}

/** How often each label is told by the entries. */
function tally(
  entries: readonly LoggedEntry[],
  labelsOf: (logged: LoggedEntry) => readonly string[],
): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const label of entries.flatMap((one) => labelsOf(one))) counts[label] = (counts[label] ?? 0) + 1;
  return counts;
}

const asRecord = (counts: { label: string; count: number }[]): Record<string, number> =>
  Object.fromEntries(counts.filter(({ count }) => count !== 0).map(({ label, count }) => [label, count]));

/** What the entries themselves say of every actor that is no private person. */
function actorsOf(entries: readonly LoggedEntry[]): Record<string, Record<string, unknown>> {
  const open = entries.filter(
    ({ entry }) => !['person', 'representative', 'applicant'].includes(entry.actor.kind),
  );
  return Object.fromEntries(
    [...new Set(open.map(({ entry }) => entry.actor.id))].map((id) => {
      const own = open.map(({ entry }) => entry).filter(({ actor }) => actor.id === id);
      const reads = own.filter(({ event, outcome }) => event !== 'consent-change' && outcome === 'released');
      const peopleByDay = Map.groupBy(
        reads.flatMap(({ time, subjects }) => subjects.map((subject) => ({ time, subject }))),
        ({ time }) => legalTime(time).day,
      );
      const people = [...peopleByDay.values()].map((day) => new Set(day.map(({ subject }) => subject)).size);
      const without = reads.filter(readWithoutConsent);
      return [
        id,
        {
          reads: reads.length,
          people: people.reduce((sum, count) => sum + count, 0),
          peopleInADay: Math.max(0, ...people),
          withoutConsent: without.length,
          withoutCase: without.filter(({ caseId }) => caseId === null).length,
          atNight: reads.filter(({ time }) => atNight(time)).length,
          refused: own.filter(({ outcome }) => outcome === 'refused').length,
          byHour: Array.from(
            { length: 24 },
            (_, hour) => reads.filter(({ time }) => legalTime(time).hour === hour).length,
          ),
        },
      ];
    }),
  );
}

/** Held against what reading every entry of the days would count. */
async function expectWhatEntriesSay(from = FROM, to = TO): Promise<void> {
  const all = log.log.all;
  const entries = all.filter(({ entry }) => {
    const { day } = legalTime(entry.time);
    return entry.event !== 'aborted' && day >= from && day <= to;
  });
  const told = await statistics({ from, to });
  expect(told.total).toBe(entries.length);
  expect(told.delayedDisclosures).toBe(entries.filter(({ entry }) => entry.delayedDisclosure).length);
  expect(told.byDay).toHaveLength((Date.parse(to) - Date.parse(from)) / DAY_MS + 1);
  expect(asRecord(told.byDay)).toEqual(tally(entries, ({ entry }) => [legalTime(entry.time).day]));
  expect(told.byHour).toHaveLength(24);
  expect(asRecord(told.byHour)).toEqual(tally(entries, ({ entry }) => [String(legalTime(entry.time).hour)]));
  expect(asRecord(told.byActorKind)).toEqual(tally(entries, ({ entry }) => [entry.actor.kind.toUpperCase()]));
  expect(asRecord(told.byOutcome)).toEqual(tally(entries, (one) => [endOf(one, all)]));
  expect(asRecord(told.byClaim)).toEqual(
    tally(entries, ({ entry }) => [...new Set(entry.claims.map((claim) => claim.split('(')[0] ?? ''))]),
  );
  const actors = Object.fromEntries(
    // oxlint-disable-next-line typescript/no-explicit-any
    told.actors.map(({ actor, ...counts }: any) => [actor.id, counts]),
  );
  expect(actors).toEqual(actorsOf(entries));
}

describe('statistics', () => {
  it('R47: are what reading every entry would count; behind the writer, in pieces, and made anew', async () => {
    const samples = fc.sample(randomEntries, { seed: 17, numRuns: 200 });
    for (const number of [0, 1, 2]) {
      log = await startReading({ rollUpSeconds: 0.02 }, server);
      const [first, second, third] = samples
        .toSorted((one, other) => other.length - one.length)
        .slice(3 * number, 3 * number + 3);
      await log.log.append(makeEntries(first ?? []));
      log.log.turnTo(PRESENT);
      await log.log.append(makeEntries(second ?? []));
      await counted();
      await expectWhatEntriesSay();
      await log.log.append(
        makeEntries(third ?? []).map((entry) => ({
          ...entry,
          event: 'intent',
          outcome: 'released',
          refusal: null,
          completes: null,
        })),
      );
      await counted();
      await expectWhatEntriesSay();
      // Another process on the same database, and everything counted anew from nothing.
      await log.startAnother({ rollUpSeconds: 0.02 });
      await log.sql(
        `LOCK TABLE roll_up_cursors; TRUNCATE roll_up_cursors, access_counts, access_count_months, actor_days,
           actor_months, actor_nights; UPDATE undelivered SET counted = false`,
      );
      await counted();
      await expectWhatEntriesSay();
      if (number < 2) await log.stop();
    }
  });

  it('of any span are what its entries say, whichever months and days it is put together from', async () => {
    log = await startReading({ rollUpSeconds: 0.02 }, server);
    log.log.turnTo(PRESENT);
    const drawn = fc.sample(randomEntries, { seed: 23, numRuns: 80 });
    const [dense, sparse] = [drawn.slice(0, 30).flat(), drawn.slice(30).flat()];
    // The same forty days, and as many entries over eleven months.
    const begin = Date.parse('2025-11-28T00:00:00Z');
    const apart = sparse.map((one) => ({
      ...one,
      time: new Date(begin + (one.time.getTime() - begin) * 8.7),
    }));
    await log.log.append(makeEntries(dense));
    await counted();
    await log.log.append(makeEntries(apart).filter(({ event }) => event !== 'aborted'));
    await counted();
    const day = (count: number): string => new Date(begin + count * DAY_MS).toISOString().slice(0, 10);
    const spans = fc.sample(fc.tuple(fc.nat(350), fc.nat(350)), { seed: 29, numRuns: 40 });
    for (const [one, other] of spans)
      await expectWhatEntriesSay(day(Math.min(one, other) - 5), day(Math.max(one, other)));
    for (const [from, to] of [
      ['2025-12-01', '2025-12-31'],
      ['2025-11-28', '2026-02-28'],
      ['2025-12-01', '2026-01-01'],
      ['2025-12-02', '2026-01-31'],
    ] as const)
      await expectWhatEntriesSay(from, to);
    // What the migration makes of days that were counted before there were months.
    const months = () =>
      Promise.all(
        ['access_count_months', 'actor_months'].map((table) =>
          log.sql(
            `SELECT * FROM ${table} WHERE to_jsonb(${table})->>'count' IS DISTINCT FROM '0' ORDER BY 1, 2, 3`,
          ),
        ),
      );
    const kept = await months();
    await log.sql('DROP TABLE access_count_months, actor_months; DROP INDEX access_counts_all');
    await log.sql(await readFile(MIGRATION, 'utf8'));
    expect(await months()).toEqual(kept);
    expect(kept.map((rows) => rows.length > 40)).toEqual([true, true]);
  });

  it('move an intent to undelivered when its completion comes later', async () => {
    log = await startReading({ rollUpSeconds: 0.02 }, server);
    await log.log.append([entryAt('2025-12-10T01:00:00Z')]);
    await counted();
    expect(asRecord((await statistics()).byOutcome)).toEqual({ RELEASED: 1 });
    await log.log.append([
      entryAt('2025-12-11T01:00:00Z', { event: 'aborted', outcome: 'undelivered', completes: 0 }),
    ]);
    await counted();
    const told = await statistics();
    expect(asRecord(told.byOutcome)).toEqual({ UNDELIVERED: 1 });
    expect(told.total).toBe(1);
  });

  it('put the most remarkable actor first, by what is asked', async () => {
    log = await startReading({ rollUpSeconds: 0.02 }, server);
    await log.log.name('hotel-demo', 'relying_party', 'Khách sạn');
    await log.log.append([
      ...Array.from({ length: 5 }, () => entryAt('2025-12-10T01:00:00Z')),
      officerRead('2025-12-10T16:00:00Z', '098090000001'),
      officerRead('2025-12-10T16:00:00Z', '098090000002'),
    ]);
    await counted();
    const firstBy = async (order: string): Promise<unknown> =>
      (await statistics({ from: FROM, to: TO, order })).actors[0].actor;
    const hotel = { kind: 'RELYING_PARTY', name: 'Khách sạn', id: 'hotel-demo' };
    const officer = { kind: 'OFFICER', name: null, id: 'officer-tran' };
    expect(await firstBy('READS')).toEqual(hotel);
    expect(await firstBy('AT_NIGHT')).toEqual(officer);
    expect(await firstBy('WITHOUT_CONSENT')).toEqual(officer);
  });

  it.each([
    ['an end before its beginning', { from: '2026-01-02', to: '2026-01-01' }],
    ['a day that is none', { from: '2026-02-30' }],
    ['more than ten years', { from: '2010-01-01', to: '2026-01-01' }],
  ])('refuse %s', async (_what, variables) => {
    log = await startReading({}, server);
    expect(codes(await log.client.ask(STATISTICS, variables, auditor))).toEqual(['BAD_USER_INPUT']);
  });
});

describe('alerts of the statistics', () => {
  const people = (count: number): string[] =>
    Array.from({ length: count }, (_, one) => `0980900000${String(one).padStart(2, '0')}`);

  it('tell once of an official who reads many persons in one night, across midnight, and count on', async () => {
    log = await startReading({ rollUpSeconds: 0.02, nightPeople: 4 }, server);
    log.log.turnTo(PRESENT);
    const read = (hour: string, numbers: readonly string[]) =>
      log.log.append(numbers.map((number) => officerRead(hour, number)));
    // 23:00 and 01:00 in Viet Nam; the first two again the night after.
    await read('2026-11-10T16:00:00Z', people(3));
    await counted();
    expect(await log.sql('SELECT 1 FROM alerts')).toEqual([]);
    await read('2026-11-10T18:00:00Z', people(4));
    await counted();
    await read('2026-11-11T18:00:00Z', people(2));
    await read('2026-11-10T19:00:00Z', people(6));
    await counted();
    expect(await log.sql('SELECT kind, count, origin, index::int FROM alerts')).toEqual([
      { kind: 'NIGHT_READING', count: 6, origin: 'log.dinhdanh.example/2026h2', index: 14 },
    ]);
    const [alert] = await log.sql<{ matter: string }>('SELECT matter FROM alerts');
    expect(alert?.matter).not.toContain(pseudonym(people(1)[0] ?? ''));
  });

  it('tell of an official who reads many persons in a day, and of no business that does', async () => {
    log = await startReading({ rollUpSeconds: 0.02, dayPeople: 5 }, server);
    log.log.turnTo(PRESENT);
    await log.log.append(
      people(6).map((number) => entryAt('2026-11-10T03:00:00Z', { subjects: [pseudonym(number)] })),
    );
    await log.log.append(people(5).map((number) => officerRead('2026-11-10T03:00:00Z', number)));
    await counted();
    expect(await log.sql('SELECT kind, count FROM alerts')).toEqual([{ kind: 'MANY_PEOPLE', count: 5 }]);
  });
});
