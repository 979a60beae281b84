import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  auditor,
  codes,
  entryAt,
  officerRead,
  ownRead,
  person,
  pseudonym,
  startReading,
  PRESENT,
} from './reading-under-test.ts';
import type { ReadingUnderTest } from './reading-under-test.ts';

const AN = '098090000001';
const AN_BEFORE = '098090000002';
const WARD = '099015000003';
const OTHER = '098090000004';

const HISTORY = `query ($first: Int, $after: String, $others: Boolean) {
  accessHistory(first: $first, after: $after, others: $others) {
    nodes { origin index time event mine outcome claims sources purpose legalBasis consentId refusal leafHash
      subjects caseId requestId delayedDisclosure actor { kind name id } }
    pageInfo { hasNextPage endCursor }
  }
}`;

let log: ReadingUnderTest;

beforeAll(async () => {
  log = await startReading();
  await log.log.name('hotel-demo', 'relying_party', 'Khách sạn Sông Hương');
  await log.log.append([
    officerRead('2025-12-31T10:00:00Z', AN_BEFORE),
    ownRead('2026-02-01T01:00:00Z', AN),
    officerRead('2026-03-01T01:00:00Z', OTHER),
  ]);
  log.log.turnTo(PRESENT);
  await log.log.append([
    entryAt('2026-08-01T01:00:00Z', { subjects: [pseudonym(AN)] }),
    entryAt('2026-08-02T01:00:00Z', {
      actor: { kind: 'representative', id: pseudonym(AN), session: null },
      subjects: [pseudonym(WARD)],
    }),
    officerRead('2026-09-01T01:00:00Z', AN, { subjects: [pseudonym(OTHER), pseudonym(AN)].toSorted() }),
    officerRead('2026-10-01T01:00:00Z', AN, { caseId: 'VA-12', delayedDisclosure: true }),
    entryAt('2026-11-01T01:00:00Z', {
      event: 'aborted',
      outcome: 'undelivered',
      completes: 0,
      subjects: [pseudonym(AN)],
    }),
    entryAt('2026-11-02T01:00:00Z', {
      event: 'denied',
      outcome: 'refused',
      refusal: 'CONSENT_WITHDRAWN',
      claims: ['passport'],
      subjects: [pseudonym(AN)],
    }),
  ]);
});

afterAll(() => log.stop());

const historyOf = async (number: string, cancelled: readonly string[], variables = {}) => {
  const answer = await log.client.ask(HISTORY, variables, person(number, cancelled));
  expect(codes(answer)).toEqual([]);
  return answer.body.data.accessHistory;
};

describe('the history of a person', () => {
  it('tells who read their data, newest first, across half-years, years and numbers', async () => {
    const { nodes, pageInfo } = await historyOf(AN, [AN_BEFORE]);
    expect(
      nodes.map(({ time, event, outcome, mine }: Record<string, unknown>) => [time, event, outcome, mine]),
    ).toEqual([
      ['2026-11-02T01:00:00.000Z', 'DENIED', 'REFUSED', false],
      ['2026-09-01T01:00:00.000Z', 'READ', 'RELEASED', false],
      ['2026-08-01T01:00:00.000Z', 'READ', 'UNDELIVERED', false],
      ['2026-02-01T01:00:00.000Z', 'READ', 'RELEASED', true],
      ['2025-12-31T10:00:00.000Z', 'READ', 'RELEASED', false],
    ]);
    expect(pageInfo.hasNextPage).toBe(false);
    expect(nodes[0]).toMatchObject({
      origin: 'log.dinhdanh.example/2026h2',
      index: 5,
      refusal: 'CONSENT_WITHDRAWN',
      claims: ['passport'],
      actor: { kind: 'RELYING_PARTY', name: 'Khách sạn Sông Hương', id: null },
    });
  });

  it('holds no id, no case and nobody’s pseudonym', async () => {
    const { nodes } = await historyOf(AN, [AN_BEFORE]);
    for (const node of nodes) {
      expect(node).toMatchObject({ subjects: null, caseId: null, requestId: null, delayedDisclosure: null });
      expect(node.actor.id).toBeNull();
    }
  });

  it('without a number tells nothing of that number', async () => {
    const { nodes } = await historyOf(AN, []);
    expect(nodes).toHaveLength(4);
  });

  it('leaves out what the person did where only others are asked for', async () => {
    const { nodes } = await historyOf(AN, [AN_BEFORE], { others: true });
    expect(nodes.map(({ mine }: { mine: boolean }) => mine)).toEqual([false, false, false, false]);
  });

  it('tells what was read of a ward to the ward alone', async () => {
    const own = await historyOf(AN, [AN_BEFORE]);
    expect(own.nodes.some(({ actor }: { actor: { kind: string } }) => actor.kind === 'REPRESENTATIVE')).toBe(
      false,
    );
    const ward = await historyOf(WARD, []);
    expect(ward.nodes.map(({ actor, mine }: Record<string, unknown>) => [actor, mine])).toEqual([
      [{ kind: 'REPRESENTATIVE', name: null, id: null }, false],
    ]);
  });

  it('comes in the same order page by page as at once', async () => {
    const whole = await historyOf(AN, [AN_BEFORE]);
    const pages: unknown[] = [];
    let after: string | null = null;
    do {
      const page: typeof whole = await historyOf(AN, [AN_BEFORE], { first: 2, after });
      pages.push(...page.nodes);
      after = page.pageInfo.hasNextPage ? page.pageInfo.endCursor : null;
    } while (after !== null);
    expect(pages).toEqual(whole.nodes);
  });

  it('shows a delayed reading once its time has come, and at once where nothing is delayed', async () => {
    const times = async (client: ReadingUnderTest['client']) =>
      (await client.ask(HISTORY, {}, person(AN))).body.data.accessHistory.nodes.map(
        ({ time }: { time: string }) => time,
      );
    expect(await times(log.client)).not.toContain('2026-10-01T01:00:00.000Z');
    expect(await times(await log.startAnother({ delayedDisclosureDays: 51 }))).toContain(
      '2026-10-01T01:00:00.000Z',
    );
    expect(await times(await log.startAnother({ delayedDisclosureDays: 52 }))).not.toContain(
      '2026-10-01T01:00:00.000Z',
    );
    expect(await times(await log.startAnother({ delayedDisclosureDays: 0 }))).toContain(
      '2026-10-01T01:00:00.000Z',
    );
  });

  it.each([
    ['an auditor', auditor],
    ['nobody', {}],
    [
      'a guardian about the ward',
      { ...person(WARD), subjects: [{ id: 'subject-1', as: 'guardian' as const, claims: [] }] },
    ],
    ['an officer', { ...person(AN), act: { kind: 'officer' as const, id: 'officer-tran' } }],
  ])('is refused to %s', async (_who, caller) => {
    expect(codes(await log.client.ask(HISTORY, {}, caller))).toEqual(['NOT_PERMITTED']);
  });

  it.each([
    ['a cursor of another list', { after: Buffer.from('o:20').toString('base64url') }],
    ['no cursor at all', { after: '*' }],
    ['a page of none', { first: 0 }],
    ['a page of too many', { first: 101 }],
  ])('refuses %s', async (_what, variables) => {
    expect(codes(await log.client.ask(HISTORY, variables, person(AN)))).toEqual(['BAD_USER_INPUT']);
  });
});
