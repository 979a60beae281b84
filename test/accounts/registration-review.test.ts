import { AccountsStore, decideReviewed, reasonOf } from '@dinhdanh/accounts/testing';
import type { ServiceAnswer } from '@dinhdanh/kit/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { activate, Registering, startRegistering } from './registering.ts';
import type { RegisteringUnderTest } from './registering.ts';
import { tend } from './restoring.ts';
import { somebody } from './somebody.ts';

let accounts: RegisteringUnderTest;

beforeAll(async () => {
  accounts = await startRegistering();
});
afterAll(() => accounts.stop());

const told = ({ body }: ServiceAnswer) => body.data?.done;

describe('what is kept of a registration', () => {
  it('R28: the match with the database is kept with its source and time', async () => {
    const registering = await Registering.begin(accounts, somebody());
    await registering.until('MATCH');
    const at = accounts.clock.read().toISOString();
    expect(
      await accounts.sql('SELECT match FROM registrations WHERE id = $1', [registering.caller.act?.id]),
    ).toEqual([{ match: { level: 'FULL', differing: [], database: 'population', at } }]);
  });

  it('R102: how many failed, and why, is counted', async () => {
    const registering = await Registering.begin(accounts, somebody());
    accounts.world.match = { level: 'PARTIAL', differing: ['FULL_NAME'] };
    await registering.until('CHIP');
    accounts.world.match = { level: 'FULL', differing: [] };
    accounts.world.quality = ['BLURRED'];
    await registering.portrait();
    await registering.portrait();
    accounts.world.quality = [];
    await registering.portrait();
    await registering.submit();
    const numbers = await (await fetch(`${accounts.client.origin}/metrics`)).text();
    for (const line of [
      'dinhdanh_registration_problems_total{step="IDENTITY",code="DATA_MISMATCH"} 1',
      'dinhdanh_registration_problems_total{step="PORTRAIT",code="BLURRED"} 2',
      'dinhdanh_registration_moves_total{to="REJECTED",reason="DATA_MISMATCH"} 1',
    ])
      expect(numbers).toContain(`${line}\n`);
  });
});

describe('the review queue', () => {
  it('R95 R103: what is past its due time is an alarm, once', async () => {
    const registering = await Registering.begin(accounts, somebody());
    accounts.world.face = { score: 0.5, outcome: 'UNSURE' };
    await registering.until('PORTRAIT');
    accounts.world.face = { score: 0.9, outcome: 'SAME' };
    // Begun on a Saturday and sent in on the Monday after: one working day from then is Tuesday.
    accounts.clock.advance(2 * 86_400);
    expect(told(await registering.submit())).toMatchObject({
      state: 'IN_REVIEW',
      receivedAt: '2026-11-23T03:00:00.000Z',
      dueAt: '2026-11-24T17:00:00.000Z',
    });
    const queue = await withStore(({ registrations }) => registrations.inReview(100));
    const waiting = queue.find(({ registrationId }) => registrationId === registering.caller.act?.id);
    expect(waiting).toMatchObject({ reasons: ['FACE_UNSURE'], createdAt: accounts.clock.read() });
    expect(queue.map(({ dueAt }) => dueAt.getTime())).toEqual(
      queue.map(({ dueAt }) => dueAt.getTime()).toSorted((one, other) => one - other),
    );
    accounts.clock.advance(10 * 86_400);
    await tend(accounts);
    await tend(accounts);
    const alarms = await accounts.sql(
      `SELECT 1 FROM registration_alarms WHERE code = 'PAST_DUE' AND registration_id = $1`,
      [registering.caller.act?.id],
    );
    expect(alarms).toHaveLength(1);
  });

  it('R95: what an officer looked at is decided by them, once, and the applicant is told', async () => {
    const [good, bad] = [somebody(), somebody()];
    const both: Registering[] = [];
    accounts.world.face = { score: 0.5, outcome: 'UNSURE' };
    for (const applicant of [good, bad]) {
      const registering = await Registering.begin(accounts, applicant);
      await registering.until('PORTRAIT');
      await registering.submit();
      both.push(registering);
    }
    accounts.world.face = { score: 0.9, outcome: 'SAME' };
    const decide = (registering: Registering | undefined, verdict: Parameters<typeof decideReviewed>[1]) =>
      withStore((store) =>
        decideReviewed(
          { id: registering?.caller.act?.id ?? '', officer: 'staff-1' },
          verdict,
          { now: accounts.clock.read(), log: accounts.log },
          roomOf(store),
        ),
      );
    await decide(both[0], { event: 'APPROVE' });
    await decide(both[1], { event: 'REJECT', reasons: [reasonOf('FACE_MISMATCH', 'PORTRAIT')] });
    await expect(decide(both[0], { event: 'REJECT', reasons: [] })).rejects.toMatchObject({
      code: 'NOT_FOUND',
    });
    const states = await Promise.all(both.map(async (registering) => told(await registering.see())));
    expect(states).toMatchObject([
      { state: 'APPROVED', reasons: [] },
      { state: 'REJECTED', reasons: [{ code: 'FACE_MISMATCH', howToMend: { vi: expect.any(String) } }] },
    ]);
    expect([good, bad].map(({ phone }) => accounts.messagesTo(`+84${phone.slice(1)}`).at(-1)?.kind)).toEqual([
      'REGISTRATION_APPROVED',
      'REGISTRATION_REJECTED',
    ]);
    const ids = both.map(({ caller }) => caller.act?.id);
    const queue = await withStore(({ registrations }) => registrations.inReview(100));
    expect(queue.filter(({ registrationId }) => ids.includes(registrationId))).toEqual([]);
    expect(
      await accounts.sql('SELECT DISTINCT settled_by FROM review_items WHERE registration_id = ANY($1)', [
        ids,
      ]),
    ).toEqual([{ settled_by: 'staff-1' }]);
    expect((await activate(accounts, { username: good.number })).body.errors).toBeUndefined();
  });
});

/** Works with the registrations as the service does, past its operations. */
async function withStore<Result>(work: (store: AccountsStore) => Promise<Result>): Promise<Result> {
  const store = new AccountsStore(accounts.databaseUrl);
  try {
    return await work(store);
  } finally {
    await store.close();
  }
}

/** What registering works with, past its operations. */
function roomOf({ registrations }: AccountsStore) {
  return { registrations, ports: accounts.ports, settings: { sessionHours: 8, changeDelaySeconds: null } };
}
