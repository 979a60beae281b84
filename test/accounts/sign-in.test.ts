import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  addPerson,
  addStaff,
  attempt,
  callerOf,
  codeOf,
  from,
  resolve,
  SECRETS,
  signedIn,
  startAccounts,
} from './service-under-test.ts';
import type { AccountsUnderTest } from './service-under-test.ts';
import { countStatements, untilQuiet } from '../harness/service-database.ts';

let accounts: AccountsUnderTest;
const KNOWN = '097090000001';
const BULK = '097090000002';

beforeAll(async () => {
  accounts = await startAccounts();
  await addPerson(accounts, { number: KNOWN });
  await addPerson(accounts, { number: BULK, credentials: false });
  await addPerson(accounts, { number: '097090000003', status: 'LOCKED' });
  await addPerson(accounts, { number: '097090000004', status: 'APPROVED' });
  for (const [name, role] of [
    ['can.bo.mot', 'OFFICER'],
    ['kiem.tra', 'AUDITOR'],
  ] as const) {
    await addStaff(accounts, name, role);
  }
});
afterAll(() => accounts.stop());

describe('a session', () => {
  it('is known by its token alone, from the sign-in to its end', async () => {
    const token = await signedIn(accounts.client, KNOWN);
    expect(token).toMatch(/^[\w-]{43}$/);
    const resolved = await resolve(accounts.client, token);
    expect(resolved).toMatchObject({
      actor: { kind: 'person', id: `subject-${KNOWN}` },
      level: 2,
      status: 'ACTIVE',
      lockReason: null,
      passcodeUntil: null,
      guardianRequired: false,
      self: {
        subject: `subject-${KNOWN}`,
        ids: { kind: 'CITIZEN', personalNumber: KNOWN, dateOfBirth: '1990-03-02' },
      },
      dependants: [],
    });
    expect(JSON.stringify(await accounts.sql('SELECT * FROM sessions'))).not.toContain(token);
    expect(await resolve(accounts.client, `${token.startsWith('A') ? 'B' : 'A'}${token.slice(1)}`)).toEqual({
      actor: null,
    });
    accounts.clock.advance(8 * 3600);
    expect(await resolve(accounts.client, token)).toEqual({ actor: null });
  });

  it('that was signed out is refused on the next look-up, in every process', async () => {
    const token = await signedIn(accounts.client, KNOWN);
    const other = await accounts.startAnother();
    const resolved = await resolve(other.client, token);
    expect(resolved.actor).not.toBeNull();
    const answer = await accounts.client.ask('mutation { signOut }', {}, callerOf(resolved));
    expect(answer.body).toEqual({ data: { signOut: true } });
    expect(answer.headers.get('dinhdanh-session')).toBe('; expires=1970-01-01T00:00:00.000Z');
    expect(await resolve(other.client, token)).toEqual({ actor: null });
    expect(await resolve(accounts.client, token)).toEqual({ actor: null });
  });

  it('of a browser is handed to the gateway in a header and shown to nobody', async () => {
    const answer = await attempt(accounts.client, { username: KNOWN }, from('somewhere', 'browser', true));
    expect(answer.body.data.signIn.token).toBeNull();
    const [, token = '', expires] =
      /^([\w-]{43}); expires=(.+)$/.exec(answer.headers.get('dinhdanh-session') ?? '') ?? [];
    expect(expires).toBe(answer.body.data.signIn.expiresAt);
    expect((await resolve(accounts.client, token)).actor.id).toBe(`subject-${KNOWN}`);
  });

  it('costs one statement to look up, alive or made up', async () => {
    const token = await signedIn(accounts.client, KNOWN);
    await untilQuiet(accounts.databaseUrl);
    for (const session of [token, 'made-up']) {
      const statements = await countStatements(accounts.databaseUrl, () => resolve(accounts.client, session));
      expect([...statements.values()]).toEqual([1]);
    }
  });

  it('is told to the gateway alone', async () => {
    const token = await signedIn(accounts.client, KNOWN);
    const answer = await accounts.client.post(
      '/resolve-caller',
      { sessions: [token] },
      { act: { kind: 'person', id: 'x' } },
    );
    expect(codeOf(answer)).toBe('NOT_PERMITTED');
  });

  it.each([
    ['can.bo.mot', { kind: 'officer', id: 'staff-can.bo.mot', staffRole: 'OFFICER' }],
    ['kiem.tra', { kind: 'auditor', id: 'staff-kiem.tra', staffRole: 'AUDITOR' }],
  ])('of %s is a member of staff’s, never a person’s', async (name, actor) => {
    const resolved = await resolve(accounts.client, await signedIn(accounts.client, name));
    expect(resolved).toMatchObject({ actor, self: null, dependants: [], level: 0 });
    const { body } = await accounts.client.ask(
      '{ me { kind staffRole status level } }',
      {},
      callerOf(resolved),
    );
    expect(body.data.me).toEqual({
      kind: 'STAFF',
      staffRole: actor.staffRole,
      status: 'ACTIVE',
      level: null,
    });
  });
});

describe('signing in', () => {
  it('R3: answers a wrong password, an unknown number and a number without credentials alike', async () => {
    const answers = [];
    for (const [index, username] of [KNOWN, '097090999999', BULK].entries()) {
      answers.push(
        (await attempt(accounts.client, { username, password: 'Wrong_Pass1!' }, from(`alike-${index}`))).body,
      );
    }
    expect(answers[0].errors[0].extensions).toEqual({ code: 'UNAUTHENTICATED' });
    expect(answers[1]).toEqual(answers[0]);
    expect(answers[2]).toEqual(answers[0]);
    await signedIn(accounts.client, KNOWN);
  });

  it('sends the same statements for a wrong password, an unknown number and a number without credentials', async () => {
    await untilQuiet(accounts.databaseUrl);
    const counts = [];
    for (const [index, username] of [KNOWN, '097090888888', BULK].entries()) {
      counts.push(
        await countStatements(accounts.databaseUrl, () =>
          attempt(accounts.client, { username, password: 'Wrong_Pass1!' }, from(`count-${index}`)),
        ),
      );
    }
    expect(counts[0]?.size).toBeGreaterThan(3);
    expect(counts[1]).toEqual(counts[0]);
    expect(counts[2]).toEqual(counts[0]);
    await signedIn(accounts.client, KNOWN);
  });

  it('lets a locked owner in, and tells them why it is locked and nothing more', async () => {
    const resolved = await resolve(accounts.client, await signedIn(accounts.client, '097090000003'));
    expect(resolved).toMatchObject({ status: 'LOCKED', actor: { kind: 'person' } });
    const query = '{ me { status lockReason dependants { id } linkedDocuments { id } phoneMasked } }';
    const { body } = await accounts.client.ask(query, {}, callerOf(resolved));
    expect(body.data.me).toEqual({
      status: 'LOCKED',
      lockReason: null,
      dependants: null,
      linkedDocuments: null,
      phoneMasked: null,
    });
    expect(body.errors.map(({ extensions }: { extensions: { code: string } }) => extensions.code)).toEqual([
      'ACCOUNT_LOCKED',
      'ACCOUNT_LOCKED',
      'ACCOUNT_LOCKED',
    ]);
  });

  it('refuses an account that is not active yet as if the password were wrong', async () => {
    const answer = await attempt(accounts.client, { username: '097090000004' }, from('early'));
    expect(answer.body.errors[0].extensions).toEqual({ code: 'UNAUTHENTICATED' });
  });

  it.each([
    ['a name with a NUL byte', { username: 'a\0b' }, 'username'],
    ['a password of a megabyte', { username: KNOWN, password: 'x'.repeat(100_000) }, 'password'],
  ])('refuses %s before it costs a hash', async (_, input, field) => {
    const answer = await attempt(accounts.client, input, from('odd'));
    expect(answer.body.errors[0].extensions).toEqual({ code: 'BAD_USER_INPUT', field });
  });
});

describe('the passcode', () => {
  it('given at sign-in or confirmed later opens sensitive data for five minutes', async () => {
    const now = accounts.clock.read();
    const until = new Date(now.getTime() + 300_000).toISOString();
    const direct = await resolve(accounts.client, await signedIn(accounts.client, KNOWN, SECRETS.passcode));
    expect(direct.passcodeUntil).toBe(until);

    const token = await signedIn(accounts.client, KNOWN);
    const resolved = await resolve(accounts.client, token);
    const mutation =
      'mutation($passcode: String!) { confirmPasscode(passcode: $passcode) { token passcodeUntil } }';
    const wrong = await accounts.client.ask(mutation, { passcode: '000000' }, callerOf(resolved));
    expect(wrong.body.errors[0].extensions).toEqual({
      code: 'PASSCODE_REQUIRED',
      reason: 'ACCOUNTS_PASSCODE_WRONG',
    });
    expect((await resolve(accounts.client, token)).passcodeUntil).toBeNull();
    const right = await accounts.client.ask(mutation, { passcode: SECRETS.passcode }, callerOf(resolved));
    expect(right.body.data.confirmPasscode).toEqual({ token: null, passcodeUntil: until });
    expect((await resolve(accounts.client, token)).passcodeUntil).toBe(until);
  });

  it('that is wrong opens no session, though the password is right', async () => {
    const before = await accounts.sql('SELECT id FROM sessions');
    const answer = await attempt(accounts.client, { username: KNOWN, passcode: '111111' }, from('passcode'));
    expect(answer.body.errors[0].extensions.code).toBe('PASSCODE_REQUIRED');
    expect(await accounts.sql('SELECT id FROM sessions')).toHaveLength(before.length);
    await signedIn(accounts.client, KNOWN, SECRETS.passcode);
  });

  it('is of no use in a session that has ended', async () => {
    const resolved = await resolve(accounts.client, await signedIn(accounts.client, KNOWN));
    await accounts.client.ask('mutation { signOut }', {}, callerOf(resolved));
    const mutation = `mutation { confirmPasscode(passcode: "${SECRETS.passcode}") { expiresAt } }`;
    expect(codeOf(await accounts.client.ask(mutation, {}, callerOf(resolved)))).toBe('UNAUTHENTICATED');
    expect(codeOf(await accounts.client.ask(mutation))).toBe('UNAUTHENTICATED');
  });
});

describe('locking one’s account', () => {
  it('takes effect at once, keeps the first reason and takes only reasons an owner may give', async () => {
    const number = '097090000020';
    await addPerson(accounts, { number });
    const token = await signedIn(accounts.client, number, SECRETS.passcode);
    const caller = callerOf(await resolve(accounts.client, token));
    const lock = (reason: string) =>
      accounts.client.ask(
        'mutation($reason: LockReason!) { lockAccount(reason: $reason) { status lockReason lockedAt } }',
        { reason },
        caller,
      );
    expect(codeOf(await lock('AUTHORITY_REQUEST'))).toBe('BAD_USER_INPUT');
    const locked = {
      status: 'LOCKED',
      lockReason: 'LOST_DEVICE',
      lockedAt: accounts.clock.read().toISOString(),
    };
    expect((await lock('LOST_DEVICE')).body.data.lockAccount).toEqual(locked);
    accounts.clock.advance(60);
    expect((await lock('OWNER_REQUEST')).body.data.lockAccount).toEqual(locked);
    expect(await resolve(accounts.client, token)).toMatchObject({
      status: 'LOCKED',
      lockReason: 'LOST_DEVICE',
      passcodeUntil: null,
    });
  });
});
