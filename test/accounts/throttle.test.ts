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

let accounts: AccountsUnderTest;
const wrong = 'Wrong_Pass1!';

beforeAll(async () => {
  accounts = await startAccounts();
});
afterAll(() => accounts.stop());

/** Fails to sign in so many times, each from an address of its own, and gives the codes. */
async function fail(
  username: string,
  times: number,
  device: string | null = null,
): Promise<(string | undefined)[]> {
  const codes = [];
  for (let time = 0; time < times; time += 1) {
    const stranger = from(`${username} ${time} ${Math.random()}`, device);
    codes.push(codeOf(await attempt(accounts.client, { username, password: wrong }, stranger)));
  }
  return codes;
}

describe('guessing at one account', () => {
  it.each([
    ['a person’s', '097091000001', async () => void (await addPerson(accounts, { number: '097091000001' }))],
    ['a member of staff’s', 'canbo.thu', () => addStaff(accounts, 'canbo.thu', 'OFFICER')],
    ['nobody’s', '097091000002', async () => undefined],
  ])('gets slower and slower, %s too', async (_, username, make) => {
    await make();
    expect(await fail(username, 7)).toEqual([...Array(6).fill('UNAUTHENTICATED'), 'RATE_LIMITED']);
    const waits = [];
    for (let round = 0; round < 4; round += 1) {
      const refused = await attempt(accounts.client, { username, password: wrong }, from('round'));
      const seconds = refused.body.errors[0].extensions.retryAfterSeconds;
      waits.push(seconds);
      accounts.clock.advance(seconds);
      expect(await fail(username, 1)).toEqual(['UNAUTHENTICATED']);
    }
    expect(waits).toEqual([1, 2, 4, 8]);
  });

  it('is refused even with the right password while the delay lasts, and forgotten after a success', async () => {
    const username = '097091000003';
    await addPerson(accounts, { number: username });
    await fail(username, 6);
    expect(codeOf(await attempt(accounts.client, { username }))).toBe('RATE_LIMITED');
    accounts.clock.advance(1);
    await signedIn(accounts.client, username);
    expect(await fail(username, 5)).toEqual(Array(5).fill('UNAUTHENTICATED'));
  });

  it('does not lock the owner out of a device they have used before', async () => {
    const username = '097091000004';
    await addPerson(accounts, { number: username });
    await attempt(accounts.client, { username }, from('home', 'own-device'));
    await fail(username, 8, 'strange-device-1');
    expect(codeOf(await attempt(accounts.client, { username }, from('x', 'strange-device-2')))).toBe(
      'RATE_LIMITED',
    );
    const own = await attempt(accounts.client, { username }, from('home', 'own-device'));
    expect(own.body.data.signIn.token).toEqual(expect.any(String));
  });

  it('from a device the owner has used has a budget of its own, and an end too', async () => {
    const username = '097091000005';
    await addPerson(accounts, { number: username });
    await attempt(accounts.client, { username }, from('home', 'stolen'));
    expect(await fail(username, 7, 'stolen')).toEqual([...Array(6).fill('UNAUTHENTICATED'), 'RATE_LIMITED']);
  });

  it('a hundred times at once in two processes gets no more tries than one after the other', async () => {
    const username = '097091000006';
    await addPerson(accounts, { number: username });
    const { client } = await accounts.startAnother();
    const answers = await Promise.all(
      Array.from({ length: 100 }, (_, time) =>
        attempt(
          time % 2 === 0 ? client : accounts.client,
          { username, password: wrong },
          from(`at once ${time}`),
        ),
      ),
    );
    const codes = answers.map(codeOf);
    expect(codes.filter((code) => code === 'UNAUTHENTICATED')).toHaveLength(6);
    expect(codes.filter((code) => code === 'RATE_LIMITED')).toHaveLength(94);
  });
});

describe('guessing at many accounts', () => {
  it('from one source is slowed and raises the alarm; others are not slowed', async () => {
    const before = accounts.log.count('ACCOUNTS_GUESSING_SUSPECTED');
    const codes = [];
    for (let number = 0; number < 52; number += 1) {
      const username = `0970${20 + number}1${String(number).padStart(5, '0')}`;
      codes.push(codeOf(await attempt(accounts.client, { username, password: wrong }, from('guesser'))));
    }
    expect(codes.indexOf('RATE_LIMITED')).toBe(51);
    const alarms = accounts.log.lines
      .filter(({ event }) => event === 'ACCOUNTS_GUESSING_SUSPECTED')
      .slice(before);
    expect(alarms.map(({ fields }) => fields)).toEqual([{ reason: 'source' }]);
    expect(
      codeOf(await attempt(accounts.client, { username: '097098000001', password: wrong }, from('other'))),
    ).toBe('UNAUTHENTICATED');
  });

  it('from one device is slowed wherever it is', async () => {
    const codes = [];
    for (let number = 0; number < 12; number += 1) {
      const username = `0980${20 + number}100000`;
      codes.push(
        codeOf(
          await attempt(
            accounts.client,
            { username, password: wrong },
            from(`on the move ${number}`, 'robot'),
          ),
        ),
      );
    }
    expect(codes.indexOf('RATE_LIMITED')).toBe(11);
  });

  it('of one prefix is slowed and raises the alarm, and never locks', async () => {
    const prefix = '099299';
    await addPerson(accounts, { number: `${prefix}000001` });
    const before = accounts.log.lines.length;
    for (let number = 0; number < 56; number += 1) {
      const username = `${prefix}9${String(number).padStart(5, '0')}`;
      const code = codeOf(
        await attempt(accounts.client, { username, password: wrong }, from(`botnet ${number}`)),
      );
      expect(code).toBe('UNAUTHENTICATED');
    }
    const alarms = accounts.log.lines
      .slice(before)
      .filter(({ event }) => event === 'ACCOUNTS_GUESSING_SUSPECTED');
    expect(alarms.map(({ fields }) => fields)).toEqual([{ reason: 'prefix' }]);
    const startedAt = performance.now();
    await signedIn(accounts.client, `${prefix}000001`);
    const tookMs = performance.now() - startedAt;
    expect(tookMs).toBeGreaterThan(750);
  });
});

describe('guessing at a passcode', () => {
  const mutation = 'mutation($passcode: String!) { confirmPasscode(passcode: $passcode) { passcodeUntil } }';

  it('has a counter of its own, shared by the sign-in, that only who knows the password can touch', async () => {
    const username = '097091000007';
    await addPerson(accounts, { number: username });
    const caller = callerOf(await resolve(accounts.client, await signedIn(accounts.client, username)));
    await fail(username, 3);
    for (let time = 0; time < 3; time += 1) {
      expect(codeOf(await accounts.client.ask(mutation, { passcode: '111111' }, caller))).toBe(
        'PASSCODE_REQUIRED',
      );
      expect(codeOf(await attempt(accounts.client, { username, passcode: '222222' }))).toBe(
        'PASSCODE_REQUIRED',
      );
    }
    const refused = await accounts.client.ask(mutation, { passcode: SECRETS.passcode }, caller);
    expect(refused.body.errors[0].extensions).toEqual({ code: 'RATE_LIMITED', retryAfterSeconds: 30 });
    expect(codeOf(await attempt(accounts.client, { username, passcode: SECRETS.passcode }))).toBe(
      'RATE_LIMITED',
    );
    await signedIn(accounts.client, username);
    accounts.clock.advance(30);
    const { body } = await accounts.client.ask(mutation, { passcode: SECRETS.passcode }, caller);
    expect(body.data.confirmPasscode.passcodeUntil).toEqual(expect.any(String));
  });

  it('cannot be used up by a stranger', async () => {
    const username = '097091000008';
    await addPerson(accounts, { number: username });
    const caller = callerOf(await resolve(accounts.client, await signedIn(accounts.client, username)));
    for (let time = 0; time < 6; time += 1) {
      await attempt(
        accounts.client,
        { username, password: wrong, passcode: '111111' },
        from(`stranger ${time}`),
      );
    }
    const { body } = await accounts.client.ask(mutation, { passcode: SECRETS.passcode }, caller);
    expect(body.data.confirmPasscode.passcodeUntil).toEqual(expect.any(String));
  });
});
