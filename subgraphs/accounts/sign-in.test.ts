import { AppError } from '@dinhdanh/kit';
import type { CallerToken } from '@dinhdanh/kit';
import { beforeAll, describe, expect, it } from 'vitest';
import { hashSecret, hashSecretRepeatably, NOBODYS_HASH, verifySecret } from './passwords.ts';
import { signIn } from './sign-in.ts';
import type { SignInCall, SignInInput, SignInRoom } from './sign-in.ts';
import type { CredentialRow } from './session.ts';
import { judgeAttempt } from './throttle.ts';

const now = new Date('2026-11-21T03:00:00Z');
const KNOWN = '097090000001';
let credential: CredentialRow;

beforeAll(async () => {
  credential = {
    username: KNOWN,
    subject: 'subject',
    staffId: null,
    status: 'ACTIVE',
    passwordHash: await hashSecret('Right_Pass1!'),
    passcodeHash: await hashSecret('402917'),
    knownDevice: false,
  };
});

/** Attempts to sign in and tells what it took: the calls of the store and the hashes computed, in order. */
async function attempt(input: Partial<SignInInput>): Promise<{ steps: string[]; outcome: string }> {
  const steps: string[] = [];
  const note =
    <Arguments extends unknown[], Result>(step: string, act: (...args: Arguments) => Result) =>
    (...args: Arguments): Result => {
      steps.push(step);
      return act(...args);
    };
  const room: SignInRoom = {
    store: {
      findCredential: note('find', async (username) => (username === KNOWN ? credential : null)),
      chargeAttempt: note('charge', async (keys, at) =>
        judgeAttempt(
          keys.map((key) => ({ key, failures: 0, lastAt: at, blockedUntil: null })),
          at,
        ),
      ),
      openSession: note('open', async () => undefined),
      forgive: note('forgive', async () => undefined),
      findSessionCredential: async () => null,
      openSensitive: async () => false,
    },
    sessions: { record: note('record', async () => undefined) },
    tellOwner: async () => undefined,
    verify: note('hash', verifySecret),
    pause: async () => undefined,
    settings: { sessionHours: 8 },
  };
  const silent = { info: () => undefined, warn: () => undefined, error: () => undefined };
  const call: SignInCall = { caller: {} as CallerToken, now, log: silent };
  const outcome = await signIn({ username: KNOWN, password: 'Right_Pass1!', ...input }, call, room).then(
    () => 'signed in',
    (error: unknown) => (error instanceof AppError ? error.code : String(error)),
  );
  return { steps, outcome };
}

describe('signing in', () => {
  it.each<[string, Partial<SignInInput>]>([
    ['an unknown name', { username: '097090000009' }],
    ['a wrong password', { password: 'Wrong_Pass1!' }],
    ['an unknown name and a passcode', { username: '097090000009', passcode: '402917' }],
    ['a wrong password and the right passcode', { password: 'Wrong_Pass1!', passcode: '402917' }],
    ['an empty password', { password: '' }],
  ])('with %s takes one look-up, one count, one hash and one row', async (_, input) => {
    expect(await attempt(input)).toEqual({
      steps: ['find', 'charge', 'hash', 'record'],
      outcome: 'UNAUTHENTICATED',
    });
  });

  it('opens a session only after the hash', async () => {
    expect(await attempt({})).toEqual({ steps: ['find', 'charge', 'hash', 'open'], outcome: 'signed in' });
  });

  it('checks a passcode only of who knows the password', async () => {
    const wrong = await attempt({ passcode: '111111' });
    expect(wrong).toEqual({
      steps: ['find', 'charge', 'hash', 'forgive', 'charge', 'hash', 'record'],
      outcome: 'PASSCODE_REQUIRED',
    });
    expect((await attempt({ passcode: '402917' })).outcome).toBe('signed in');
  });
});

describe('the hash of nobody', () => {
  it('costs what every other hash costs', async () => {
    const cost = (hash: string): string => hash.slice(0, hash.indexOf('p=1') + 3);
    expect(cost(NOBODYS_HASH)).toBe('$argon2id$v=19$m=19456,t=2,p=1');
    expect(cost(await hashSecret('x'))).toBe(cost(NOBODYS_HASH));
    expect(cost(await hashSecretRepeatably('x', 'salt'))).toBe(cost(NOBODYS_HASH));
    const lengths = NOBODYS_HASH.split('$').map(({ length }) => length);
    expect((await hashSecret('x')).split('$').map(({ length }) => length)).toEqual(lengths);
  });

  it('is nobody’s', async () => {
    for (const guess of ['', 'x', '\0', 'password'])
      expect(await verifySecret(NOBODYS_HASH, guess)).toBe(false);
  });

  it('is salted by chance for people, repeatably for the synthetic ones alone', async () => {
    expect(await hashSecret('x')).not.toBe(await hashSecret('x'));
    expect(await hashSecretRepeatably('x', 'one')).toBe(await hashSecretRepeatably('x', 'one'));
    expect(await hashSecretRepeatably('x', 'one')).not.toBe(await hashSecretRepeatably('x', 'two'));
  });
});
