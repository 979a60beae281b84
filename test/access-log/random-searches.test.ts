import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { LoggedEntry } from './appended-log.ts';
import {
  atNight,
  endOf,
  makeEntries,
  newestFirst,
  NUMBERS,
  randomEntries,
  readWithoutConsent,
} from './random-logs.ts';
import { auditor, codes, person, pseudonym, startReading, PRESENT } from './reading-under-test.ts';
import type { ReadingUnderTest } from './reading-under-test.ts';

const LOG = `query ($filter: AccessLogFilter, $first: Int, $after: String) {
  accessLog(filter: $filter, first: $first, after: $after) {
    nodes { origin index outcome } pageInfo { hasNextPage endCursor } } }`;
const HISTORY = `query ($first: Int, $after: String, $others: Boolean) {
  accessHistory(first: $first, after: $after, others: $others) {
    nodes { origin index outcome } pageInfo { hasNextPage endCursor } } }`;

const names = {
  READ: 'intent',
  DENIED: 'denied',
  ABORTED: 'aborted',
  AUDIT_READ: 'audit-read',
  CONSENT_CHANGE: 'consent-change',
} as const;

const maybe = <Value>(values: readonly Value[]): fc.Arbitrary<Value | undefined> =>
  fc.oneof(
    { weight: 3, arbitrary: fc.constant(undefined) },
    { weight: 1, arbitrary: fc.constantFrom(...values) },
  );

const instants = [
  '2025-11-28T00:00:00Z',
  '2025-12-15T07:30:00+07:00',
  '2025-12-31T17:00:00Z',
  '2026-01-04T00:00:00.000Z',
] as const;

const filters = fc.record({
  person: maybe(NUMBERS.map((number) => ({ number, reason: 'INSPECTION' }))),
  actorKind: maybe(['OFFICER', 'PERSON', 'RELYING_PARTY', 'SYSTEM']),
  actorId: maybe(['officer-tran', 'hotel-demo', 'nobody']),
  consentId: maybe(['consent-1', 'consent-9']),
  caseId: maybe(['VA-1', 'VA-3']),
  claim: maybe(['age.over', 'passport', 'vehicle']),
  requestId: maybe(['request-a']),
  from: maybe(instants),
  to: maybe(instants),
  event: maybe(Object.keys(names) as (keyof typeof names)[]),
  outcome: maybe(['RELEASED', 'REFUSED', 'UNDELIVERED', 'RECORDED']),
  withoutConsent: maybe([true, false]),
  atNight: maybe([true, false]),
});
type Filter = typeof filters extends fc.Arbitrary<infer One> ? One : never;

/** Whether an entry is what a filter asks for, told from the entry itself. */
function wanted(logged: LoggedEntry, filter: Filter, all: readonly LoggedEntry[]): boolean {
  const { entry } = logged;
  const { time, actor, subjects } = entry;
  const about = filter.person?.number;
  return (
    (about === undefined || [2025, 2026].some((year) => subjects.includes(pseudonym(about, year)))) &&
    (filter.actorKind === undefined || actor.kind === filter.actorKind.toLowerCase()) &&
    (filter.actorId === undefined || actor.id === filter.actorId) &&
    (filter.consentId === undefined || entry.consentId === filter.consentId) &&
    (filter.caseId === undefined || entry.caseId === filter.caseId) &&
    (filter.claim === undefined || entry.claims.some((one) => one.split('(')[0] === filter.claim)) &&
    (filter.requestId === undefined || entry.requestId === filter.requestId) &&
    (filter.from === undefined || Date.parse(time) >= Date.parse(filter.from)) &&
    (filter.to === undefined || Date.parse(time) < Date.parse(filter.to)) &&
    (filter.event === undefined || entry.event === names[filter.event]) &&
    (filter.outcome === undefined || endOf(logged, all) === filter.outcome) &&
    (filter.withoutConsent !== true || readWithoutConsent(entry)) &&
    (filter.atNight !== true || atNight(time))
  );
}

let log: ReadingUnderTest;

beforeAll(async () => {
  log = await startReading();
  const [first, second] = fc
    .sample(randomEntries, { seed: 20_261_121, numRuns: 60 })
    .toSorted((one, other) => other.length - one.length)
    .slice(0, 2);
  await log.log.append(makeEntries(first ?? []));
  log.log.turnTo(PRESENT);
  await log.log.append(makeEntries(second ?? []));
});

afterAll(() => log.stop());

/** All pages of a list, one behind the other. */
async function allPages(
  ask: (after: string | null) => Promise<{
    nodes: { origin: string; index: number; outcome: string }[];
    pageInfo: { hasNextPage: boolean; endCursor: string | null };
  }>,
): Promise<string[]> {
  const found: string[] = [];
  let after: string | null = null;
  do {
    const page = await ask(after);
    found.push(...page.nodes.map(({ origin, index, outcome }) => `${origin} ${index} ${outcome}`));
    after = page.pageInfo.hasNextPage ? page.pageInfo.endCursor : null;
  } while (after !== null);
  return found;
}

const told = (logged: LoggedEntry): string =>
  `${logged.origin} ${logged.index} ${endOf(logged, log.log.all)}`;

describe('a search of the log', () => {
  it('finds what reading every entry would find, page by page, whatever is asked for', async () => {
    await fc.assert(
      fc.asyncProperty(filters, fc.integer({ min: 1, max: 100 }), async (filter, first) => {
        const found = await allPages(async (after) => {
          const answer = await log.client.ask(LOG, { filter, first, after }, auditor);
          expect(codes(answer)).toEqual([]);
          return answer.body.data.accessLog;
        });
        const all = log.log.all;
        expect(found).toEqual(
          all
            .filter((one) => wanted(one, filter, all))
            .toSorted(newestFirst)
            .map(told),
        );
      }),
      { numRuns: 150 },
    );
  });

  it('gives a person their own entries alone, page by page', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.subarray([...NUMBERS], { minLength: 1, maxLength: 2 }),
        fc.boolean(),
        fc.integer({ min: 1, max: 50 }),
        async ([number = '', ...cancelled], others, first) => {
          const found = await allPages(async (after) => {
            const answer = await log.client.ask(HISTORY, { first, after, others }, person(number, cancelled));
            return answer.body.data.accessHistory;
          });
          const own = new Set(
            [number, ...cancelled].flatMap((one) => [pseudonym(one, 2025), pseudonym(one, 2026)]),
          );
          const expected = log.log.all.filter(
            ({ entry }) =>
              entry.subjects.some((subject) => own.has(subject)) &&
              entry.event !== 'aborted' &&
              // Delayed readings of these times are a year old by now only before 2025-11-21.
              !entry.delayedDisclosure &&
              !(others && own.has(entry.actor.id)),
          );
          expect(found).toEqual(expected.toSorted(newestFirst).map(told));
        },
      ),
      { numRuns: 30 },
    );
  });
});
