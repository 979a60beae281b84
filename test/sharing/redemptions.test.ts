import type { DemoPerson } from '@dinhdanh/start';
import { beforeAll, expect, inject, it } from 'vitest';
import { at, readDemo } from '../harness/client.ts';
import * as whole from './whole-flow.ts';
import type { Visitor, Way } from './whole-flow.ts';

// Fifty at once over the real front door: whatever can be used once is used once.
const system = inject('system');
const { citizens } = readDemo(system.dataFolder);
const TRIES = 50;

let way: Way;
let visitor: Visitor;
beforeAll(async () => {
  way = await whole.openWay(system);
  visitor = await whole.visitorOf(way, citizens['level2'] as DemoPerson);
});

function tries<T>(run: (index: number) => Promise<T>): Promise<T[]> {
  return Promise.all(Array.from({ length: TRIES }, (_, index) => run(index)));
}

it('fifty redemptions of one code give one token', async () => {
  const party = await whole.newParty(way);
  const begun = await whole.begin(way, party);
  const code = await whole.codeBack(begun, (await whole.approve(way, begun, visitor)).number);
  const answers = await tries(() => whole.redeemCode(way, begun, code));
  expect(answers.filter(({ status }) => status === 200)).toHaveLength(1);
  const refused = answers.filter(({ status }) => status !== 200);
  expect(new Set(refused.map(({ body }) => body.error))).toEqual(new Set(['invalid_grant']));
  // Who redeems a code twice is stopped.
  const [consent] = await way.sql<{ state: string }>('SELECT state::text FROM consents WHERE handle = $1', [
    begun.handle,
  ]);
  expect(consent).toEqual({ state: 'STOPPED' });
});

it('fifty claims of one picture by six accounts give it to one of them', async () => {
  const party = await whole.newParty(way);
  const begun = await whole.begin(way, party);
  const code = await whole.codeShown(begun);
  const accounts = ['level2', 'foreigner', 'guardian', 'oldRecords', 'fleet', 'mismatch'];
  const visitors = await Promise.all(
    accounts.map((key) => whole.visitorOf(way, citizens[key] ?? expect.unreachable(key))),
  );
  const answers = await tries(async (index) => {
    const account = index % visitors.length;
    const claimant = visitors[account] ?? expect.unreachable('a visitor');
    return { account, answer: await whole.take(way, code, claimant) };
  });
  const taken = answers.filter(({ answer }) => answer.errors.length === 0);
  expect(new Set(taken.map(({ account }) => account)).size).toBe(1);
  const refused = answers.filter(({ answer }) => answer.errors.length > 0);
  expect(refused.map(({ answer }) => answer.errors[0]?.extensions.code)).toEqual(
    refused.map(() => 'NOT_FOUND'),
  );
  expect(refused.map(({ account }) => account)).not.toContain(taken[0]?.account);
});

it('fifty approvals by one confirmation approve once, and fifty right numbers grant once', async () => {
  const party = await whole.newParty(way);
  const begun = await whole.begin(way, party);
  await whole.take(way, await whole.codeShown(begun), visitor);
  await whole.confirm(way, visitor);
  const decided = await tries(() => whole.decide(way, begun.handle, visitor));
  const approved = decided.filter(({ errors }) => errors.length === 0);
  expect(approved).toHaveLength(1);
  const number = String(at(approved[0]?.data, 'decideShare', 'number'));
  const typed = await tries(() => begun.page.post('number', { number }));
  expect(typed.filter(({ status }) => status === 200)).toHaveLength(1);
  const [ledger] = await way.sql<{ consents: number; lines: number }>(
    `SELECT count(DISTINCT c.id)::int AS consents, count(l.id)::int AS lines
     FROM consents c LEFT JOIN consent_changes l ON l.consent_id = c.id WHERE c.handle = $1`,
    [begun.handle],
  );
  expect(ledger).toEqual({ consents: 1, lines: 1 });
  const [consent] = await way.sql<{ id: string }>('SELECT id FROM consents WHERE handle = $1', [
    begun.handle,
  ]);
  const entries = await whole.entriesOf(way, { consentId: consent?.id ?? '' });
  expect(entries.map(({ purpose }) => purpose)).toEqual(['consent_granted']);
});
