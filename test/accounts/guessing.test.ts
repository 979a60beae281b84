import { createHash } from 'node:crypto';
import { AccountsStore, CrowdWatch } from '@dinhdanh/accounts/testing';
import type { LogEvent } from '@dinhdanh/kit';
import type { ServiceAnswer } from '@dinhdanh/kit/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { CountedSecrets, hashOf } from './counted-secrets.ts';
import { activate, NEW_SECRETS, newcomer, Registering, start, startRegistering } from './registering.ts';
import type { RegisteringUnderTest } from './registering.ts';
import { somebody } from './somebody.ts';
import { addPerson, attempt, codeOf, from } from './service-under-test.ts';

/** Tries a day at one account, of codes as of passwords: one in 20,000 of six digits. */
const A_DAY = 50;
const SOURCES = 200;

const secrets = new CountedSecrets();
let accounts: RegisteringUnderTest;

beforeAll(async () => {
  accounts = await startRegistering({ secrets });
});
afterAll(() => accounts.stop());

/** Somebody whose account is approved, and nothing more. */
async function approved(): Promise<Registering> {
  const registering = await Registering.begin(accounts, somebody());
  await registering.until('PORTRAIT');
  expect((await registering.submit()).body.data.done.state).toBe('APPROVED');
  return registering;
}

/** Somebody with an account that can be signed in to. */
async function withAccount(): Promise<string> {
  const { number } = somebody();
  await addPerson(accounts, { number });
  await accounts.sql('UPDATE credentials SET password_hash = $2, passcode_hash = $3 WHERE username = $1', [
    number,
    hashOf(NEW_SECRETS.password),
    hashOf(NEW_SECRETS.passcode),
  ]);
  return number;
}

/** A guess, the so-manyth: from one of two hundred places, never the same password. */
type Guess = (turn: number) => Promise<ServiceAnswer>;

const place = (turn: number) => from(`botnet ${turn % SOURCES}`);
const wrong = (turn: number): string => `Guess#Number${turn}`;

/**
 * Guesses for a day, each time at the first moment at which it is let: whoever guesses more often is refused more often,
 * and a refused guess is held against nothing. Tells how many were held against a secret.
 */
async function guessForADay(...ways: Guess[]): Promise<{ held: number; right: number }> {
  const end = accounts.clock.read().getTime() + 86_400_000;
  const before = secrets.computed;
  let right = 0;
  let turn = 0;
  while (accounts.clock.read().getTime() < end) {
    const waits: number[] = [];
    for (const way of ways) {
      turn += 1;
      const answer = await way(turn);
      const [error] = answer.body.errors ?? [];
      if (error === undefined) right += 1;
      waits.push(error?.extensions.code === 'RATE_LIMITED' ? error.extensions.retryAfterSeconds : 0);
    }
    accounts.clock.advance(Math.min(...waits));
  }
  return { held: secrets.computed - before, right };
}

describe('for a day, from two hundred places, whoever guesses', () => {
  it('at the password of one account gets fifty tries, and its owner still signs in', async () => {
    const username = await withAccount();
    const own = from('home', 'own device');
    const password = NEW_SECRETS.password;
    await attempt(accounts.client, { username, password }, own);
    const { held, right } = await guessForADay(
      (turn) => attempt(accounts.client, { username, password: wrong(turn) }, place(turn)),
      (turn) => activate(accounts, { username, password: wrong(turn) }, place(turn)),
    );
    expect(right).toBe(0);
    expect(held).toBeGreaterThan(20);
    expect(held).toBeLessThanOrEqual(A_DAY);
    const { body } = await attempt(accounts.client, { username, password }, own);
    expect(body.data.signIn.token).toEqual(expect.any(String));
  });

  it('at an account that waits to be activated gets fifty, and who registered it activates it', async () => {
    const registering = await approved();
    const username = registering.applicant.number;
    await accounts.sql('UPDATE registrations SET device = $2 WHERE personal_number = $1', [
      username,
      // As the service keeps what the gateway recognised a device by.
      createHash('sha256').update('my phone').digest('base64url'),
    ]);
    const { held, right } = await guessForADay((turn) =>
      activate(accounts, { username, password: wrong(turn) }, place(turn)),
    );
    expect(right).toBe(0);
    expect(held).toBeLessThanOrEqual(A_DAY);
    await activate(accounts, { username, password: wrong(0) }, from('a stranger'));
    expect(codeOf(await activate(accounts, { username }, from('abroad')))).toBe('RATE_LIMITED');
    const { body } = await activate(accounts, { username }, from('abroad', 'my phone'));
    expect(body.data.activateAccount.token).toEqual(expect.any(String));
  });

  it('at the passcode of an account whose password is known gets fifty', async () => {
    const username = await withAccount();
    const { password } = NEW_SECRETS;
    const { held, right } = await guessForADay((turn) =>
      attempt(accounts.client, { username, password, passcode: String(turn).padStart(6, '0') }, place(turn)),
    );
    expect(right).toBe(0);
    // Each try computes two: the password's, which is right, and the passcode's.
    expect(held / 2).toBeLessThanOrEqual(A_DAY);
  });

  it('at the password of a registration whose file code is known gets fifty', async () => {
    const registering = await Registering.begin(accounts, somebody());
    const { code } = (await registering.until('PASSWORD')).body.data.done;
    const { held, right } = await guessForADay((turn) => resume(code, wrong(turn), turn));
    expect(right).toBe(0);
    expect(held).toBeLessThanOrEqual(A_DAY);
  });

  it('at the code of one telephone gets fifty tries, in however many registrations', async () => {
    const applicant = somebody();
    const several = await Promise.all(
      [1, 2, 3].map((turn) => Registering.begin(accounts, applicant, { client: place(turn) })),
    );
    for (const each of several) {
      await each.declare();
      await each.terms();
    }
    const begin = accounts.clock.read();
    const end = begin.getTime() + 86_400_000;
    for (let turn = 0; accounts.clock.read().getTime() < end; turn += 1) {
      const one = several[turn % several.length] ?? expect.unreachable('three of them');
      const sent = await one.sendCode();
      if (codeOf(sent) === 'RATE_LIMITED') {
        accounts.clock.advance(sent.body.errors[0].extensions.retryAfterSeconds);
        continue;
      }
      for (let time = 0; time < 8; time += 1)
        await one.confirm(one.code() === '000000' ? '000001' : '000000');
    }
    const [sum] = await accounts.sql<{ codes: number; tries: number }>(
      `SELECT count(*)::int AS codes, sum(tries)::int AS tries FROM otp_challenges
       WHERE created_at >= $1`,
      [begin],
    );
    expect(sum).toEqual({ codes: 10, tries: A_DAY });
  });
});

describe('a thousand tries a minute from two hundred places', () => {
  it('at forty accounts: each gets its few, all together raise the alarm', async () => {
    const names = await Promise.all(Array.from({ length: 40 }, withAccount));
    accounts.clock.advance(3_600);
    const before = secrets.computed;
    const codes = await atOnce(1_000, (turn) => {
      const username = names[turn % names.length] ?? '';
      return turn % 3 === 0
        ? activate(accounts, { username, password: wrong(turn) }, place(turn))
        : attempt(accounts.client, { username, password: wrong(turn) }, place(turn));
    });
    const held = codes.filter((code) => code === 'UNAUTHENTICATED').length;
    expect(new Set(codes)).toEqual(new Set(['UNAUTHENTICATED', 'RATE_LIMITED']));
    expect(secrets.computed - before).toBe(held);
    // Five that cost nothing and the one that earns the first delay.
    expect(held).toBe(6 * names.length);
    expect(await alarms()).toEqual([]);
    // The same from elsewhere, at others: one try an account shows in no counter of its own.
    await atOnce(100, (turn) =>
      attempt(
        accounts.client,
        { username: `097${String(turn + 500)}000000`, password: wrong(turn) },
        from(`${turn}`),
      ),
    );
    expect(await alarms()).toEqual([{ count: held + 100 }]);
  });

  it('at numbers finds none: a beginning is answered alike for those that somebody has, and tells nobody', async () => {
    const toldBefore = accounts.world.messages.length;
    const known = new Set<string>();
    for (let made = 0; made < 20; made += 1) known.add(await withAccount());
    const unknown = Array.from({ length: 280 }, (_, one) => `096${one + 100}${one + 100_000}`);
    const numbers = [...unknown, ...known];
    const answers = new Map<string, string>();
    await atOnce(numbers.length, async (turn) => {
      const number = numbers[turn - 1] ?? '';
      const phone = `09${String(33_000_000 + turn)}`;
      const answer = await start(accounts, { ...newcomer, number, phone }, place(turn));
      answers.set(number, shapeOf(answer));
      return answer;
    });
    expect(answers.size).toBe(numbers.length);
    expect(new Set(answers.values()).size).toBe(1);
    expect(accounts.world.messages).toHaveLength(toldBefore);
  });

  it('by beginning from everywhere at once raises an alarm, which a busy day does not', async () => {
    const begun = (count: number) =>
      accounts.sql(
        `INSERT INTO registrations (id, code, kind, channel, level, personal_number, phone, started_at, expires_at)
         SELECT 'crowd-' || $2 || n, 'C' || $2 || n, 'CITIZEN', 'APP', 1, '097000000000', '+84901000000', $1::timestamptz, $1::timestamptz + interval '7 days'
         FROM generate_series(1, $3::int) n`,
        [accounts.clock.read(), `${count}-`, count],
      );
    accounts.clock.advance(3_600);
    await begun(1_999);
    expect(await alarms('ACCOUNTS_REGISTRATIONS_MANY')).toEqual([]);
    await begun(1);
    expect(await alarms('ACCOUNTS_REGISTRATIONS_MANY')).toEqual([{ count: 2_000 }]);
    accounts.clock.advance(601);
    expect(await alarms('ACCOUNTS_REGISTRATIONS_MANY')).toEqual([]);
  });
});

function resume(code: string, password: string, turn: number): Promise<ServiceAnswer> {
  return accounts.client.ask(
    'mutation($input: ResumeRegistrationInput!) { resumeRegistration(input: $input) { token } }',
    { input: { code, password } },
    place(turn),
  );
}

/** So many, six of them at any time; the code of each. */
async function atOnce(count: number, ask: Guess): Promise<(string | undefined)[]> {
  const codes: (string | undefined)[] = [];
  let turn = 0;
  const worker = async (): Promise<void> => {
    while (turn < count) {
      turn += 1;
      codes.push(codeOf(await ask(turn)));
    }
  };
  await Promise.all(Array.from({ length: 6 }, worker));
  return codes;
}

/** What a look at what everybody did in the last ten minutes says of one thing. */
async function alarms(of: LogEvent = 'ACCOUNTS_SIGN_IN_FAILURES_MANY'): Promise<unknown[]> {
  const store = new AccountsStore(accounts.databaseUrl);
  const before = accounts.log.lines.length;
  const { codes, sessions: signIns, registrations } = store;
  const { clock, log } = accounts;
  await new CrowdWatch({ codes, signIns, registrations, clock: clock.read, log }).look();
  await store.close();
  return accounts.log.lines
    .slice(before)
    .filter(({ event }) => event === of)
    .map(({ fields }) => fields);
}

/** An answer without what differs between any two: status, names and kinds of values. */
function shapeOf({ status, body }: ServiceAnswer): string {
  return JSON.stringify([status, body], (_, value: unknown) =>
    typeof value === 'string' ? value.length : value,
  );
}
