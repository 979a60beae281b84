import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { TestCaller } from '@dinhdanh/kit/testing';
import {
  addPerson,
  addStaff,
  attempt,
  callerOf,
  codeOf,
  from,
  resolve,
  SECRETS,
  startAccounts,
} from './service-under-test.ts';
import type { AccountsUnderTest } from './service-under-test.ts';

let accounts: AccountsUnderTest;

beforeAll(async () => {
  accounts = await startAccounts();
  await addStaff(accounts, 'can.bo.hai', 'OFFICER');
});
afterAll(() => accounts.stop());

let born = 0;

async function newPerson(): Promise<string> {
  born += 1;
  const number = `0970940${String(born).padStart(5, '0')}`;
  await addPerson(accounts, { number });
  return number;
}

interface Open {
  readonly token: string;
  readonly caller: TestCaller;
}

/** Signs in from a place and a device. */
async function open(username: string, source = 'home', device: string | null = 'phone'): Promise<Open> {
  const answer = await accounts.client.ask(
    'mutation($input: SignInInput!) { signIn(input: $input) { token } }',
    { input: { username, password: SECRETS.password, device: `name of ${device}` } },
    from(source, device),
  );
  const token: string = answer.body.data.signIn.token;
  return {
    token,
    caller: { ...callerOf(await resolve(accounts.client, token)), ...from(source, device) },
  };
}

const SESSIONS = '{ me { sessions { id device isCurrent sameNetwork createdAt lastUsedAt expiresAt } } }';
const SIGN_INS = `query($first: Int, $after: String) { me { signIns(first: $first, after: $after) {
  nodes { at outcome device newDevice sameNetwork } pageInfo { hasNextPage endCursor } } } }`;

async function sessionsOf({ caller }: Open) {
  return (await accounts.client.ask(SESSIONS, {}, caller)).body.data.me.sessions;
}

async function signInsOf({ caller }: Open, variables = {}) {
  return (await accounts.client.ask(SIGN_INS, variables, caller)).body.data.me.signIns;
}

const messages = () => accounts.sql<{ kind: string; status: string }>('SELECT kind, status FROM messages');

describe('the list of sessions', () => {
  it('tells where one is signed in, on what, since when and last used when, and never an address', async () => {
    const number = await newPerson();
    const first = await open(number, 'home', 'phone');
    const since = accounts.clock.read().toISOString();
    accounts.clock.advance(600);
    const second = await open(number, 'cafe', 'laptop');
    const listed = await sessionsOf(second);
    expect(listed).toEqual([
      {
        id: expect.stringMatching(/^[\w-]{22}$/),
        device: 'name of laptop',
        isCurrent: true,
        sameNetwork: true,
        createdAt: accounts.clock.read().toISOString(),
        lastUsedAt: accounts.clock.read().toISOString(),
        expiresAt: new Date(accounts.clock.read().getTime() + 8 * 3_600_000).toISOString(),
      },
      expect.objectContaining({
        device: 'name of phone',
        isCurrent: false,
        sameNetwork: false,
        createdAt: since,
        lastUsedAt: since,
      }),
    ]);
    accounts.clock.advance(60);
    await resolve(accounts.client, first.token);
    const [used] = await sessionsOf(second);
    expect(used).toMatchObject({ device: 'name of phone', lastUsedAt: accounts.clock.read().toISOString() });
    expect(JSON.stringify(listed)).not.toMatch(/home|cafe/);
    const kept = await accounts.sql<{ id: string }>('SELECT id FROM sessions');
    for (const { id } of kept) expect(JSON.stringify(listed)).not.toContain(id);
  });

  it('ends one session or all others, in every process at once, and nobody else’s', async () => {
    const [number, other] = [await newPerson(), await newPerson()];
    const [here, there, third] = [await open(number), await open(number), await open(number)];
    const stranger = await open(other);
    const END = 'mutation($id: ID!) { endSession(id: $id) }';
    const end = (id: string, who: Open) => accounts.client.ask(END, { id }, who.caller);
    const [{ id: strangers }] = await sessionsOf(stranger);
    expect(codeOf(await end(strangers, here))).toBe('NOT_FOUND');
    expect(codeOf(await end('made-up', here))).toBe('NOT_FOUND');
    const named = (await sessionsOf(there)).find(({ isCurrent }: { isCurrent: boolean }) => isCurrent);
    expect((await end(named.id, here)).body).toEqual({ data: { endSession: true } });
    expect(await resolve(accounts.client, there.token)).toEqual({ actor: null });
    expect(codeOf(await end(named.id, here))).toBe('NOT_FOUND');
    const ENDS = 'mutation { endOtherSessions }';
    expect((await accounts.client.ask(ENDS, {}, here.caller)).body.data).toEqual({ endOtherSessions: 1 });
    expect(await resolve(accounts.client, third.token)).toEqual({ actor: null });
    expect(await sessionsOf(here)).toHaveLength(1);
    expect((await resolve(accounts.client, stranger.token)).actor).not.toBeNull();
    const [own] = await sessionsOf(here);
    const answer = await end(own.id, here);
    expect(answer.headers.get('dinhdanh-session')).toBe('; expires=1970-01-01T00:00:00.000Z');
    expect(await resolve(accounts.client, here.token)).toEqual({ actor: null });
  });

  it('asks for a session of one’s own', async () => {
    expect(codeOf(await accounts.client.ask('mutation { endOtherSessions }'))).toBe('UNAUTHENTICATED');
    const staff = await open('can.bo.hai');
    const { body } = await accounts.client.ask('mutation { endOtherSessions }', {}, staff.caller);
    expect(body.data).toEqual({ endOtherSessions: 0 });
  });
});

describe('the history of sign-ins', () => {
  it('keeps every attempt that was held against the password, newest first, in pages', async () => {
    const number = await newPerson();
    await attempt(accounts.client, { username: number, password: 'Wrong_Pass1!' }, from('far', 'theirs'));
    await attempt(accounts.client, { username: number, passcode: '111111' }, from('far', 'theirs'));
    const here = await open(number);
    await open(number);
    const all = await signInsOf(here);
    expect(
      all.nodes.map(({ outcome, newDevice, sameNetwork }: Record<string, unknown>) => [
        outcome,
        newDevice,
        sameNetwork,
      ]),
    ).toEqual([
      ['SIGNED_IN', false, true],
      ['SIGNED_IN', true, true],
      ['PASSCODE_WRONG', true, false],
      ['PASSWORD_WRONG', true, false],
    ]);
    expect(all.nodes[0]).toMatchObject({ device: 'name of phone', at: accounts.clock.read().toISOString() });
    expect(all.pageInfo).toEqual({ hasNextPage: false, endCursor: expect.any(String) });
    const page = await signInsOf(here, { first: 3 });
    expect(page.pageInfo.hasNextPage).toBe(true);
    const rest = await signInsOf(here, { first: 3, after: page.pageInfo.endCursor });
    expect([...page.nodes, ...rest.nodes]).toEqual(all.nodes);
    expect(codeOf(await accounts.client.ask(SIGN_INS, { after: 'x' }, here.caller))).toBe('BAD_USER_INPUT');
  });

  it('is the owner’s alone, and keeps no user name', async () => {
    const [number, other] = [await newPerson(), await newPerson()];
    await attempt(accounts.client, { username: '097094099999', password: 'Wrong_Pass1!' }, from('x'));
    await attempt(accounts.client, { username: number, password: 'Wrong_Pass1!' }, from('y'));
    expect((await signInsOf(await open(other))).nodes).toHaveLength(1);
    const kept = JSON.stringify(await accounts.sql('SELECT owner, outcome, device, source FROM sign_ins'));
    expect(kept).not.toContain('097094099999');
    expect(kept).not.toContain(`"${number}"`);
  });
});

describe('a sign-in from a new device', () => {
  it('is told to the owner by message, one from a known device is not', async () => {
    const number = await newPerson();
    const before = (await messages()).length;
    await open(number, 'home', 'tablet');
    const told = (await messages()).slice(before);
    expect(told).toEqual([{ kind: 'NEW_DEVICE_SIGN_IN', status: expect.any(String) }]);
    await open(number, 'elsewhere', 'tablet');
    expect(await messages()).toHaveLength(before + 1);
    await open(number, 'home', 'phone');
    await open(number, 'home', null);
    expect(await messages()).toHaveLength(before + 3);
  });

  it('opens no session where it cannot be told', async () => {
    const number = await newPerson();
    await accounts.sql('ALTER TABLE messages ADD CONSTRAINT none CHECK (false) NOT VALID');
    const answer = await attempt(accounts.client, { username: number }, from('home', 'unknown'));
    await accounts.sql('ALTER TABLE messages DROP CONSTRAINT none');
    expect(answer.body.data?.signIn ?? null).toBeNull();
    expect(await accounts.sql('SELECT id FROM sessions WHERE subject = $1', [`subject-${number}`])).toEqual(
      [],
    );
  });
});
