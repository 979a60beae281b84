import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ServiceAnswer, TestCaller } from '@dinhdanh/kit/testing';
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
import { VirtualAuthenticator } from './virtual-authenticator.ts';
import type { Departure } from './virtual-authenticator.ts';

let accounts: AccountsUnderTest;
const ORIGIN = 'https://dinhdanh.example';
const APP = 'https://app.dinhdanh.example';

beforeAll(async () => {
  accounts = await startAccounts({ origins: [ORIGIN, APP] });
});
afterAll(() => accounts.stop());

interface Session {
  readonly token: string;
  readonly caller: TestCaller;
}

let born = 0;

/** A person of their own, and a session of theirs whose window is open. */
async function newPerson(): Promise<{ number: string } & Session> {
  born += 1;
  const number = `0970920${String(born).padStart(5, '0')}`;
  await addPerson(accounts, { number });
  return { number, ...(await session(number)) };
}

async function session(number: string, passcode: string | undefined = SECRETS.passcode): Promise<Session> {
  const token = await signedIn(accounts.client, number, passcode);
  return { token, caller: callerOf(await resolve(accounts.client, token)) };
}

/** A session whose window is not open. */
async function closedSession(number: string): Promise<Session> {
  const token = await signedIn(accounts.client, number);
  return { token, caller: callerOf(await resolve(accounts.client, token)) };
}

const FINISH = `mutation($input: PasskeyAnswerInput!) {
  finishPasskeyEnrolment(input: $input) { id name createdAt lastUsedAt backedUp } }`;
const CONFIRM =
  'mutation($input: PasskeyAnswerInput!) { confirmPasskey(input: $input) { token expiresAt passcodeUntil } }';
const REMOVE = 'mutation($id: ID!) { removePasskey(id: $id) }';
const LIST = '{ me { passkeys { id name createdAt lastUsedAt backedUp } } }';

async function begin(what: 'Enrolment' | 'Confirmation', { caller }: Session): Promise<string> {
  const root = `beginPasskey${what}`;
  const { body } = await accounts.client.ask(`mutation { ${root} { options } }`, {}, caller);
  if (body.errors !== undefined) throw new TypeError(JSON.stringify(body.errors));
  return body.data[root].options;
}

async function enrol(
  who: Session,
  authenticator = new VirtualAuthenticator(ORIGIN),
  departure: Departure = {},
): Promise<ServiceAnswer> {
  return finish(who, authenticator.create(await begin('Enrolment', who), departure));
}

function finish({ caller }: Session, answer: string): Promise<ServiceAnswer> {
  return accounts.client.ask(FINISH, { input: { answer, name: 'Điện thoại' } }, caller);
}

async function confirm(
  who: Session,
  authenticator: VirtualAuthenticator,
  departure: Departure = {},
): Promise<ServiceAnswer> {
  return send(authenticator.get(await begin('Confirmation', who), departure), who);
}

function send(answer: string, { caller }: Session): Promise<ServiceAnswer> {
  return accounts.client.ask(CONFIRM, { input: { answer } }, caller);
}

function reasonOf({ body }: ServiceAnswer): string | undefined {
  return body.errors?.[0]?.extensions?.reason ?? body.errors?.[0]?.extensions?.code;
}

/** A person with a passkey, and a second session whose window is not open. */
async function enrolled() {
  const person = await newPerson();
  const authenticator = new VirtualAuthenticator(ORIGIN);
  const { body } = await enrol(person, authenticator);
  const id: string = body.data.finishPasskeyEnrolment.id;
  return { ...person, authenticator, id, other: await closedSession(person.number) };
}

describe('a passkey', () => {
  it('is enrolled, listed, confirms with a confirmation of its own, and is removed', async () => {
    const person = await newPerson();
    const authenticator = new VirtualAuthenticator(ORIGIN);
    const now = accounts.clock.read();
    const { body } = await enrol(person, authenticator);
    const made = body.data.finishPasskeyEnrolment;
    expect(made).toEqual({
      id: expect.stringMatching(/^[\w-]{22}$/),
      name: 'Điện thoại',
      createdAt: now.toISOString(),
      lastUsedAt: null,
      backedUp: true,
    });

    const other = await closedSession(person.number);
    accounts.clock.advance(5);
    const until = new Date(accounts.clock.read().getTime() + 300_000).toISOString();
    const confirmed = await confirm(other, authenticator);
    expect(confirmed.body.data.confirmPasskey).toMatchObject({ token: null, passcodeUntil: until });
    const resolved = await resolve(accounts.client, other.token);
    expect(resolved).toMatchObject({
      passcodeUntil: until,
      confirmation: { method: 'passkey', at: accounts.clock.read().toISOString() },
    });
    expect((await resolve(accounts.client, person.token)).confirmation.method).toBe('passcode');
    await confirm(other, authenticator);
    expect((await resolve(accounts.client, other.token)).confirmation.id).not.toBe(resolved.confirmation.id);

    const list = await accounts.client.ask(LIST, {}, person.caller);
    expect(list.body.data.me.passkeys).toEqual([
      { ...made, lastUsedAt: accounts.clock.read().toISOString() },
    ]);
    const removed = await accounts.client.ask(REMOVE, { id: made.id }, person.caller);
    expect(removed.body).toEqual({ data: { removePasskey: true } });
    expect((await accounts.client.ask(LIST, {}, person.caller)).body.data.me.passkeys).toEqual([]);
    const gone = await accounts.client.ask(
      'mutation { beginPasskeyConfirmation { options } }',
      {},
      other.caller,
    );
    expect(reasonOf(gone)).toBe('PASSKEY_UNKNOWN');
  });

  it('is asked for with what the contract says, and told nothing personal', async () => {
    const person = await newPerson();
    const options = JSON.parse(await begin('Enrolment', person));
    expect(options).toMatchObject({
      rp: { id: 'dinhdanh.example', name: 'Dinhdanh' },
      attestation: 'none',
      timeout: 300_000,
      authenticatorSelection: { residentKey: 'preferred', userVerification: 'required' },
      excludeCredentials: [],
    });
    expect(Buffer.from(options.challenge, 'base64url')).toHaveLength(32);
    expect(options.user.name).toBe(`•••••••••${person.number.slice(-3)}`);
    expect(options.user.displayName).toBe(options.user.name);
    expect(Buffer.from(options.user.id, 'base64url')).toHaveLength(32);
    expect(JSON.stringify(options)).not.toContain(person.number);
    expect(Buffer.from(options.user.id, 'base64url').toString()).not.toContain(person.number);

    await enrol(person, new VirtualAuthenticator(ORIGIN));
    const again = JSON.parse(await begin('Enrolment', person));
    expect(again.user.id).toBe(options.user.id);
    expect(again.challenge).not.toBe(options.challenge);
    expect(again.excludeCredentials).toHaveLength(1);
    const request = JSON.parse(await begin('Confirmation', person));
    expect(request).toMatchObject({ rpId: 'dinhdanh.example', userVerification: 'required' });
    expect(request.allowCredentials).toEqual(again.excludeCredentials);
    const stranger = JSON.parse(await begin('Enrolment', await newPerson()));
    expect(stranger.user.id).not.toBe(options.user.id);
  });

  it('takes an open window to be enrolled or removed, and not to confirm', async () => {
    const { other, id, authenticator } = await enrolled();
    const shut = [
      await accounts.client.ask('mutation { beginPasskeyEnrolment { options } }', {}, other.caller),
      await accounts.client.ask(FINISH, { input: { answer: '{}', name: 'x' } }, other.caller),
      await accounts.client.ask(REMOVE, { id }, other.caller),
    ];
    expect(shut.map(codeOf)).toEqual(Array(3).fill('PASSCODE_REQUIRED'));
    expect((await confirm(other, authenticator)).body.errors).toBeUndefined();
    expect((await accounts.client.ask(REMOVE, { id }, other.caller)).body.data.removePasskey).toBe(true);
  });

  it('may be used on every configured origin', async () => {
    const person = await newPerson();
    const authenticator = new VirtualAuthenticator(APP);
    expect((await enrol(person, authenticator)).body.errors).toBeUndefined();
    expect((await confirm(person, authenticator, { origin: ORIGIN })).body.errors).toBeUndefined();
  });

  it('that keeps no counter tells 0 each time and is believed', async () => {
    const person = await newPerson();
    const authenticator = new VirtualAuthenticator(ORIGIN, { counts: false });
    await enrol(person, authenticator);
    for (let time = 0; time < 2; time += 1)
      expect((await confirm(person, authenticator)).body.errors).toBeUndefined();
  });

  it('is one of ten at most, however many are enrolled at once', async () => {
    const person = await newPerson();
    for (let count = 0; count < 9; count += 1) {
      expect((await enrol(person)).body.errors).toBeUndefined();
    }
    const sessions = [];
    for (let count = 0; count < 4; count += 1) sessions.push(await session(person.number));
    // All have begun before the first ends, or those who come later are refused at the beginning.
    const begun = await Promise.all(sessions.map((one) => begin('Enrolment', one)));
    const answers = await Promise.all(
      sessions.map((one, at) => finish(one, new VirtualAuthenticator(ORIGIN).create(begun[at] ?? ''))),
    );
    expect(answers.map(reasonOf).toSorted()).toEqual([...Array(3).fill('PASSKEY_LIMIT'), undefined]);
    const eleventh = await accounts.client.ask(
      'mutation { beginPasskeyEnrolment { options } }',
      {},
      person.caller,
    );
    expect(reasonOf(eleventh)).toBe('PASSKEY_LIMIT');
  });

  it('of one authenticator cannot be enrolled twice, by anybody', async () => {
    const { authenticator, ...person } = await enrolled();
    expect(reasonOf(await enrol(person, authenticator))).toBe('PASSKEY_INVALID');
    expect(reasonOf(await enrol(await newPerson(), authenticator))).toBe('PASSKEY_INVALID');
  });
});

describe('an answer is refused', () => {
  it.each<[string, Departure]>([
    ['from another origin', { origin: 'https://evil.example' }],
    ['from this host over another scheme', { origin: 'http://dinhdanh.example' }],
    ['for another relying party', { rpId: 'evil.example' }],
    ['without the person having been verified', { userVerified: false }],
    ['that was given for the other ceremony', { type: 'webauthn.other' }],
    ['from within another site', { crossOrigin: true }],
  ])('%s', async (_, departure) => {
    const { other, authenticator } = await enrolled();
    expect(reasonOf(await confirm(other, authenticator, departure))).toBe('PASSKEY_INVALID');
    const person = await newPerson();
    expect(reasonOf(await enrol(person, undefined, departure))).toBe('PASSKEY_INVALID');
    expect((await resolve(accounts.client, other.token)).confirmation).toBeNull();
    expect((await accounts.client.ask(LIST, {}, person.caller)).body.data.me.passkeys).toEqual([]);
  });

  it.each<[string, Departure]>([
    ['signed by another key', { forged: true }],
    ['with another person’s handle', { userHandle: 'c29tZWJvZHk' }],
  ])('%s', async (_, departure) => {
    const { other, authenticator } = await enrolled();
    expect(reasonOf(await confirm(other, authenticator, departure))).toBe('PASSKEY_INVALID');
    expect((await resolve(accounts.client, other.token)).confirmation).toBeNull();
  });

  it.each([
    ['an empty text', ''],
    ['a list', '[]'],
    ['null', 'null'],
    ['client data of another shape', '{"id":"x","response":{"clientDataJSON":"bnVsbA"}}'],
    ['far too long', `{"id":"${'x'.repeat(20_000)}"}`],
  ])('that is none: %s', async (_, answer) => {
    const person = await newPerson();
    expect(reasonOf(await send(answer, person))).toBe('PASSKEY_INVALID');
    const enrolment = await accounts.client.ask(FINISH, { input: { answer, name: 'x' } }, person.caller);
    expect(reasonOf(enrolment)).toBe('PASSKEY_INVALID');
  });

  it('to a challenge that was answered before, with success or without', async () => {
    const { other, authenticator } = await enrolled();
    const options = await begin('Confirmation', other);
    expect(reasonOf(await send(authenticator.get(options, { forged: true }), other))).toBe('PASSKEY_INVALID');
    expect(reasonOf(await send(authenticator.get(options), other))).toBe('CHALLENGE_EXPIRED');
    const answer = authenticator.get(await begin('Confirmation', other));
    expect((await send(answer, other)).body.errors).toBeUndefined();
    expect(reasonOf(await send(answer, other))).toBe('CHALLENGE_EXPIRED');
  });

  it('to a challenge of another session, which it leaves open', async () => {
    const { other, authenticator, ...person } = await enrolled();
    const options = await begin('Confirmation', person);
    expect(reasonOf(await send(authenticator.get(options), other))).toBe('CHALLENGE_EXPIRED');
    expect((await send(authenticator.get(options), person)).body.errors).toBeUndefined();
  });

  it('to a challenge older than five minutes, one that another took the place of, or one of the other ceremony', async () => {
    const { other, authenticator, ...person } = await enrolled();
    const old = await begin('Confirmation', other);
    const next = await begin('Confirmation', other);
    expect(reasonOf(await send(authenticator.get(old), other))).toBe('CHALLENGE_EXPIRED');
    const { challenge } = JSON.parse(await begin('Enrolment', person));
    const request = await begin('Confirmation', person);
    expect(reasonOf(await send(authenticator.get(request, { challenge }), person))).toBe('CHALLENGE_EXPIRED');
    accounts.clock.advance(300);
    expect(reasonOf(await send(authenticator.get(next), other))).toBe('CHALLENGE_EXPIRED');
  });

  it('of fifty at once to one challenge, all but one', async () => {
    const { other, authenticator } = await enrolled();
    const options = await begin('Confirmation', other);
    const answers = await Promise.all(
      Array.from({ length: 50 }, () => send(authenticator.get(options), other)),
    );
    const reasons = answers.map(reasonOf);
    expect(reasons.filter((reason) => reason === undefined)).toHaveLength(1);
    expect(new Set(reasons)).toEqual(new Set([undefined, 'CHALLENGE_EXPIRED', 'RATE_LIMITED']));
  });

  it('whose counter went back, with an alarm', async () => {
    const { other, authenticator } = await enrolled();
    await confirm(other, authenticator, { counter: 4_000_000_000 });
    for (const counter of [4_000_000_000, 7, 0]) {
      const before = accounts.log.count('ACCOUNTS_PASSKEY_CLONED');
      expect(reasonOf(await confirm(other, authenticator, { counter }))).toBe('PASSKEY_INVALID');
      expect(accounts.log.count('ACCOUNTS_PASSKEY_CLONED')).toBe(before + 1);
    }
    expect((await confirm(other, authenticator, { counter: 4_000_000_001 })).body.errors).toBeUndefined();
  });

  it('of one count, twice at once, all but one', async () => {
    const { other, authenticator, number } = await enrolled();
    const sessions = [other, await closedSession(number), await closedSession(number)];
    const answers = await Promise.all(sessions.map((one) => confirm(one, authenticator, { counter: 9 })));
    expect(answers.map(reasonOf).toSorted()).toEqual(['PASSKEY_INVALID', 'PASSKEY_INVALID', undefined]);
  });

  it('of another person’s passkey as of one that is not there; and removal alike', async () => {
    const mine = await enrolled();
    const { authenticator: theirs, id } = await enrolled();
    expect(reasonOf(await confirm(mine.other, theirs))).toBe('PASSKEY_UNKNOWN');
    expect(reasonOf(await confirm(mine.other, new VirtualAuthenticator(ORIGIN)))).toBe('PASSKEY_UNKNOWN');
    for (const other of [id, 'unknown', 'a\0b'])
      expect(reasonOf(await accounts.client.ask(REMOVE, { id: other }, mine.caller))).toBe('PASSKEY_UNKNOWN');
    expect((await resolve(accounts.client, mine.other.token)).confirmation).toBeNull();
  });

  it.each(['', '  ', 'x'.repeat(41), 'a\u0007b', null])('with the name %j', async (name) => {
    const person = await newPerson();
    const answer = new VirtualAuthenticator(ORIGIN).create(await begin('Enrolment', person));
    const refused = await accounts.client.ask(FINISH, { input: { answer, name } }, person.caller);
    expect(refused.body.errors[0].extensions).toEqual({ code: 'BAD_USER_INPUT', field: 'name' });
  });
});

describe('passkeys', () => {
  it('count failures like the passcode, by a counter of their own that a success clears', async () => {
    const { other, authenticator } = await enrolled();
    const fail = () => confirm(other, authenticator, { forged: true });
    for (let time = 0; time < 5; time += 1) expect(reasonOf(await fail())).toBe('PASSKEY_INVALID');
    expect((await confirm(other, authenticator)).body.errors).toBeUndefined();
    for (let time = 0; time < 6; time += 1) expect(reasonOf(await fail())).toBe('PASSKEY_INVALID');
    const refused = await confirm(other, authenticator);
    expect(refused.body.errors[0].extensions).toEqual({ code: 'RATE_LIMITED', retryAfterSeconds: 30 });
    const passcode = `mutation { confirmPasscode(passcode: "${SECRETS.passcode}") { passcodeUntil } }`;
    expect((await accounts.client.ask(passcode, {}, other.caller)).body.errors).toBeUndefined();
    accounts.clock.advance(30);
    expect((await confirm(other, authenticator)).body.errors).toBeUndefined();
  });

  it('are for persons, in a living session, with an account that is not locked', async () => {
    await addStaff(accounts, 'can.bo.ba', 'OFFICER');
    const staff = await session('can.bo.ba');
    const { other, authenticator, number } = await enrolled();
    const beginnings = ['beginPasskeyEnrolment', 'beginPasskeyConfirmation'];
    const codes = (caller: TestCaller) =>
      Promise.all(
        beginnings.map(async (root) =>
          codeOf(await accounts.client.ask(`mutation { ${root} { options } }`, {}, caller)),
        ),
      );
    expect(await codes(staff.caller)).toEqual(['NOT_PERMITTED', 'NOT_PERMITTED']);
    expect(await codes({})).toEqual(['UNAUTHENTICATED', 'UNAUTHENTICATED']);
    const options = await begin('Confirmation', other);
    await accounts.sql(`UPDATE accounts SET status = 'LOCKED' WHERE personal_number = $1`, [number]);
    expect(codeOf(await send(authenticator.get(options), other))).toBe('ACCOUNT_LOCKED');
    expect(await codes(other.caller)).toEqual(['ACCOUNT_LOCKED', 'ACCOUNT_LOCKED']);
    const list = await accounts.client.ask(LIST, {}, other.caller);
    expect(list.body.data.me.passkeys).toBeNull();
  });

  it('leave no number of a person in the log', () => {
    expect(JSON.stringify(accounts.log.lines)).not.toMatch(/09709\d+/);
  });
});
