import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { TestCaller } from '@dinhdanh/kit/testing';
import {
  addPerson,
  addStaff,
  callerOf,
  codeOf,
  resolve,
  SECRETS,
  signedIn,
  startAccounts,
} from './service-under-test.ts';
import type { AccountsUnderTest } from './service-under-test.ts';
import { startRegistryOfChanges } from './registry-of-changes.ts';
import type { RegistryOfChanges } from './registry-of-changes.ts';

const systemKey = Buffer.alloc(32, 9);
let registry: RegistryOfChanges;
let accounts: AccountsUnderTest;

beforeAll(async () => {
  registry = await startRegistryOfChanges(systemKey, () => accounts.clock.read());
  accounts = await startAccounts({ gatewayUrl: () => registry.url, systemKey, pollSeconds: 0.02 });
  for (const [name, role] of [
    ['can.bo.mot', 'OFFICER'],
    ['can.bo.hai', 'OFFICER'],
    ['phe.duyet', 'REVIEWER'],
    ['van.hanh', 'OPERATOR'],
  ] as const)
    await addStaff(accounts, name, role);
});
afterAll(async () => {
  await accounts.stop();
  await registry.stop();
});

let born = 0;

async function newPerson(): Promise<{ number: string; token: string; caller: TestCaller }> {
  born += 1;
  const number = `0970950${String(born).padStart(5, '0')}`;
  await addPerson(accounts, { number });
  const token = await signedIn(accounts.client, number, SECRETS.passcode);
  return { number, token, caller: callerOf(await resolve(accounts.client, token)) };
}

const staff = (name: string): TestCaller => ({ act: { kind: 'officer', id: `staff-${name}` }, level: 0 });
const FIELDS =
  'id state reason receivedAt forwardBy forwardedAt decideBy decidedAt refusal carriedOutAt endedAt';

function form(number: string, given: Record<string, unknown> = {}) {
  return {
    personalNumber: number,
    reason: 'AUTHORITY_REQUEST',
    authority: 'Tòa án nhân dân',
    document: '12/2026/QĐ ngày 20/11/2026',
    ground: 'Theo quyết định áp dụng biện pháp khẩn cấp',
    ...given,
  };
}

async function request(input: ReturnType<typeof form>, who = 'can.bo.mot') {
  return accounts.client.ask(
    `mutation($input: RequestLockInput!) { requestLock(input: $input) { ${FIELDS} } }`,
    { input },
    staff(who),
  );
}

const forward = (id: string, who = 'can.bo.mot') =>
  accounts.client.ask(`mutation($id: ID!) { forwardLock(id: $id) { ${FIELDS} } }`, { id }, staff(who));
const end = (id: string, who = 'phe.duyet') =>
  accounts.client.ask(`mutation($id: ID!) { endLock(id: $id) { ${FIELDS} } }`, { id }, staff(who));
const decide = (input: { id: string; approved: boolean; refusal?: string }, who = 'phe.duyet') =>
  accounts.client.ask(
    `mutation($input: DecideLockInput!) { decideLock(input: $input) { ${FIELDS} } }`,
    { input },
    staff(who),
  );

const reasonOf = (answer: Awaited<ReturnType<typeof request>>): string | undefined =>
  answer.body.errors?.[0]?.extensions?.reason;
const kinds = async (): Promise<string[]> =>
  (await accounts.sql<{ kind: string }>('SELECT kind FROM messages ORDER BY created_at, id')).map(
    ({ kind }) => kind,
  );
const told = async (work: () => Promise<unknown>): Promise<string[]> => {
  const before = await accounts.sql<{ id: string }>('SELECT id FROM messages');
  await work();
  const known = new Set(before.map(({ id }) => id));
  const after = await accounts.sql<{ id: string; kind: string }>('SELECT id, kind FROM messages');
  return after.filter(({ id }) => !known.has(id)).map(({ kind }) => kind);
};
const stateOf = async (token: string) => {
  const { status, lockReason } = await resolve(accounts.client, token);
  return { status, lockReason };
};

/** A request that waits for its decision. */
async function forwarded(number: string, given: Record<string, unknown> = {}): Promise<string> {
  const { id } = (await request(form(number, given))).body.data.requestLock;
  await forward(id);
  return id;
}

describe('a lock that an authority asks for', () => {
  it('goes from its form to its end by its clock, and the owner is told at once', async () => {
    const { number, token, caller } = await newPerson();
    const now = accounts.clock.read().toISOString();
    const received = (await request(form(number))).body.data.requestLock;
    // The clock stands on a Saturday: the next working day is Monday.
    expect(received).toMatchObject({
      state: 'RECEIVED',
      receivedAt: now,
      forwardBy: '2026-11-23T17:00:00.000Z',
    });
    expect(JSON.stringify(received)).not.toContain(number);
    const { id } = received;
    expect((await request(form(number), 'can.bo.hai')).body.data.requestLock).toEqual(received);
    expect(reasonOf(await decide({ id, approved: true }))).toBe('LOCK_STATE');
    const passed = (await forward(id)).body.data.forwardLock;
    expect(passed).toMatchObject({
      state: 'FORWARDED',
      forwardedAt: now,
      decideBy: '2026-11-24T17:00:00.000Z',
    });
    expect((await forward(id, 'can.bo.hai')).body.data.forwardLock).toEqual(passed);
    expect(await stateOf(token)).toEqual({ status: 'ACTIVE', lockReason: null });
    expect(
      await told(async () => {
        const decided = (await decide({ id, approved: true })).body.data.decideLock;
        expect(decided).toMatchObject({ state: 'CARRIED_OUT', decidedAt: now, carriedOutAt: now });
      }),
    ).toEqual(['ACCOUNT_LOCKED']);
    expect(await stateOf(token)).toEqual({ status: 'LOCKED', lockReason: 'AUTHORITY_REQUEST' });
    expect((await decide({ id, approved: true }, 'can.bo.hai')).body.data.decideLock.state).toBe(
      'CARRIED_OUT',
    );
    const unlock = await accounts.client.ask('mutation { unlockAccount { status } }', {}, caller);
    expect(reasonOf(unlock)).toBe('UNLOCK_NOT_OWNERS');
    expect(await told(() => end(id))).toEqual(['ACCOUNT_UNLOCKED']);
    expect(await stateOf(token)).toEqual({ status: 'ACTIVE', lockReason: null });
    expect(await told(() => end(id))).toEqual([]);
  });

  it('is never decided by who asked for it, and by officers and reviewers alone', async () => {
    const { number, token } = await newPerson();
    const id = await forwarded(number);
    for (const approved of [true, false]) {
      const answer = await decide({ id, approved, ...(approved ? {} : { refusal: 'x' }) }, 'can.bo.mot');
      expect([codeOf(answer), reasonOf(answer)]).toEqual(['NOT_PERMITTED', 'LOCK_FOUR_EYES']);
    }
    expect(codeOf(await decide({ id, approved: true }, 'van.hanh'))).toBe('NOT_PERMITTED');
    expect(codeOf(await request(form(number), 'van.hanh'))).toBe('NOT_PERMITTED');
    const { caller } = await newPerson();
    const asPerson = await accounts.client.ask(
      `mutation($input: DecideLockInput!) { decideLock(input: $input) { id } }`,
      { input: { id, approved: true } },
      caller,
    );
    expect(codeOf(asPerson)).toBe('NOT_PERMITTED');
    expect((await stateOf(token)).status).toBe('ACTIVE');
    expect((await decide({ id, approved: true }, 'can.bo.hai')).body.data.decideLock.state).toBe(
      'CARRIED_OUT',
    );
  });

  it('is refused with its reason in writing, and changes nothing', async () => {
    const { number, token } = await newPerson();
    const id = await forwarded(number);
    expect(codeOf(await decide({ id, approved: false }))).toBe('BAD_USER_INPUT');
    expect(codeOf(await decide({ id, approved: true, refusal: 'x' }))).toBe('BAD_USER_INPUT');
    const refused = await told(async () => {
      const { body } = await decide({ id, approved: false, refusal: 'Không đủ thẩm quyền' });
      expect(body.data.decideLock).toMatchObject({ state: 'REFUSED', refusal: 'Không đủ thẩm quyền' });
    });
    expect(refused).toEqual([]);
    expect(reasonOf(await decide({ id, approved: true }))).toBe('LOCK_STATE');
    expect((await stateOf(token)).status).toBe('ACTIVE');
  });

  it('holds while any request does, and is decided once by any number of deciders at once', async () => {
    const { number, token } = await newPerson();
    const [first, second] = [await forwarded(number), await forwarded(number, { document: '13/2026' })];
    const locked = await told(async () => {
      const many = Array.from({ length: 6 }, (_, at) =>
        at % 2 === 0
          ? decide({ id: first, approved: true }, 'can.bo.hai')
          : decide({ id: first, approved: false, refusal: 'không' }),
      );
      const states = (await Promise.all(many)).map(({ body }) => body.data?.decideLock?.state ?? 'not');
      const done = new Set(states.filter((state) => state !== 'not'));
      expect(done.size).toBe(1);
    });
    expect(locked.length).toBeLessThanOrEqual(1);
    const third = await forwarded(number, { document: '14/2026' });
    for (const id of [second, third]) await decide({ id, approved: true });
    for (const id of [first, second]) await end(id);
    expect((await stateOf(token)).status).toBe('LOCKED');
    await end(third);
    expect((await stateOf(token)).status).toBe('ACTIVE');
  });

  it('raises an alarm once where it is past the time for its next step', async () => {
    const { number } = await newPerson();
    await request(form(number));
    await accounts.sql(`UPDATE lock_requests SET forward_by = '2026-11-20T00:00:00Z' WHERE subject = $1`, [
      `subject-${number}`,
    ]);
    const alarms = () =>
      accounts.log.lines.filter(({ event }) => event === 'ACCOUNTS_LOCK_REQUEST_LATE').length;
    await expect.poll(alarms).toBe(1);
  });

  it.each([
    ['of nobody', { personalNumber: '097095099999' }, 'NOT_FOUND'],
    ['for a reason of the owner’s', { reason: 'LOST_DEVICE' }, 'BAD_USER_INPUT'],
    ['without a ground', { ground: ' ' }, 'BAD_USER_INPUT'],
  ])('is not taken in %s', async (_, given, code) => {
    const { number } = await newPerson();
    expect(codeOf(await request(form(number, given)))).toBe(code);
  });
});

describe('an account', () => {
  it('is locked for every cause there is, tells all of them, and is in use again after the last', async () => {
    const { number, token, caller } = await newPerson();
    const lock = (reason: string) =>
      accounts.client.ask(
        'mutation($reason: LockReason!) { lockAccount(reason: $reason) { lockReason lockReasons } }',
        { reason },
        caller,
      );
    expect(await told(() => lock('OWNER_REQUEST'))).toEqual(['ACCOUNT_LOCKED']);
    const id = await forwarded(number);
    expect(await told(() => decide({ id, approved: true }))).toEqual(['ACCOUNT_LOCKED']);
    expect((await lock('LOST_DEVICE')).body.data.lockAccount).toEqual({
      lockReason: 'OWNER_REQUEST',
      lockReasons: ['OWNER_REQUEST', 'AUTHORITY_REQUEST'],
    });
    const unlock = () =>
      accounts.client.ask('mutation { unlockAccount { status lockReason lockReasons } }', {}, caller);
    expect(codeOf(await unlock())).toBe('PASSCODE_REQUIRED');
    const confirm = `mutation { confirmPasscode(passcode: "${SECRETS.passcode}") { expiresAt } }`;
    await accounts.client.ask(confirm, {}, caller);
    expect((await unlock()).body.data.unlockAccount).toEqual({
      status: 'LOCKED',
      lockReason: 'AUTHORITY_REQUEST',
      lockReasons: ['AUTHORITY_REQUEST'],
    });
    await end(id);
    expect(await stateOf(token)).toEqual({ status: 'ACTIVE', lockReason: null });
  });

  it.each(['LOST_DEVICE', 'SUSPECTED_MISUSE'])(
    'locked for %s takes more than the passcode to unlock',
    async (reason) => {
      const { caller } = await newPerson();
      await accounts.client.ask(`mutation { lockAccount(reason: ${reason}) { status } }`, {}, caller);
      await accounts.client.ask(
        `mutation { confirmPasscode(passcode: "${SECRETS.passcode}") { expiresAt } }`,
        {},
        caller,
      );
      const answer = await accounts.client.ask('mutation { unlockAccount { status } }', {}, caller);
      expect([codeOf(answer), reasonOf(answer)]).toEqual(['NOT_PERMITTED', 'UNLOCK_NEEDS_IDENTITY']);
    },
  );

  it.each([
    ['CARD_WITHDRAWN', 'CARD_WITHDRAWN'],
    ['CARD_EXPIRED', 'DOCUMENT_EXPIRED'],
  ])('is locked by itself with %s, and unlocked by itself with a card in force', async (kind, lockReason) => {
    const { number, token } = await newPerson();
    const record = async (one: string) => {
      registry.changes.push({ at: accounts.clock.read().toISOString(), kind: one, keys: { PERSON: number } });
      const applied = async () =>
        (await accounts.sql<{ cursor: string }>('SELECT cursor FROM change_cursor'))[0]?.cursor;
      await expect.poll(applied, { interval: 10 }).toBe(String(registry.changes.length));
    };
    expect(await told(() => record(kind))).toEqual(['ACCOUNT_LOCKED']);
    expect(await stateOf(token)).toEqual({ status: 'LOCKED', lockReason });
    expect(await told(() => record(kind))).toEqual([]);
    expect(await told(() => record('CARD_IN_FORCE'))).toEqual(['ACCOUNT_UNLOCKED']);
    expect(await stateOf(token)).toEqual({ status: 'ACTIVE', lockReason: null });
    expect(await kinds()).not.toContain('ACCOUNT_CLOSED');
  });
});
