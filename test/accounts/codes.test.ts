import { CrowdWatch } from '@dinhdanh/accounts/testing';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { countStatements } from '../harness/service-database.ts';
import { Crash, openCodes, SOMEBODY } from './codes-under-test.ts';
import type { CodesUnderTest } from './codes-under-test.ts';

let codes: CodesUnderTest;
let people = 0;

beforeAll(async () => {
  codes = await openCodes();
});
afterAll(() => codes.stop());
afterEach(() => codes.clock.advance(2 * 86_400));

/** Somebody nobody has asked about yet. */
function person() {
  people += 1;
  const digits = String(people).padStart(5, '0');
  return {
    request: `request-${people}`,
    to: { channel: 'SMS' as const, address: `+849000${digits}` },
    account: `0970${10 + (people % 80)}0${digits}`,
    source: `source-${people}`,
  };
}

async function issued(who: ReturnType<typeof person>): Promise<string> {
  expect((await codes.issue(who)).issued).toBe(true);
  return (await codes.codeSentTo(who.to.address)) ?? expect.unreachable('no code was sent');
}

const notThat = (code: string): string => String((Number(code) + 1) % 1_000_000).padStart(6, '0');

describe('a one-time code', () => {
  it('is right once, for its own purpose and request, from anywhere', async () => {
    const who = person();
    const code = await issued(who);
    expect(await codes.check({ ...who, code, purpose: 'PASSWORD_RESET' })).toMatchObject({ right: false });
    expect(await codes.check({ ...who, code, request: 'another' })).toMatchObject({ right: false });
    expect(await codes.check({ ...who, code, source: 'elsewhere' })).toMatchObject({ right: true });
    expect(await codes.check({ ...who, code })).toMatchObject({ right: false, reason: 'OTP_ENDED' });
  });

  it('sent fifty times at once is right once', async () => {
    const who = person();
    const code = await issued(who);
    const answers = await Promise.all(
      Array.from({ length: 50 }, (_, time) => codes.check({ ...who, code, source: `at once ${time}` })),
    );
    expect(answers.filter(({ right }) => right)).toHaveLength(1);
  });

  it('ends three minutes after it was issued', async () => {
    const who = person();
    const code = await issued(who);
    codes.clock.advance(180);
    expect(await codes.check({ ...who, code })).toMatchObject({ right: false, reason: 'OTP_ENDED' });
    const late = person();
    const other = await issued(late);
    codes.clock.advance(179);
    expect(await codes.check({ ...late, code: other })).toMatchObject({ right: true });
  });

  it('may be tried five times, and then is not right any more', async () => {
    const who = person();
    const code = await issued(who);
    const wrong = notThat(code);
    const answers = [];
    for (let time = 0; time < 5; time += 1) answers.push(await codes.check({ ...who, code: wrong }));
    expect(answers.map((answer) => ('triesLeft' in answer ? answer.triesLeft : null))).toEqual([
      4, 3, 2, 1, 0,
    ]);
    expect(await codes.check({ ...who, code })).toMatchObject({ right: false, reason: 'OTP_ENDED' });
  });

  it('tried a hundred times at once, wrong ones among them, is looked at five times at most', async () => {
    const who = person();
    const code = await issued(who);
    await Promise.all(
      Array.from({ length: 100 }, (_, time) =>
        codes.check({ ...who, code: notThat(code), source: `flood ${time % 10}` }),
      ),
    );
    const rows = await codes.sql(`SELECT tries, status FROM otp_challenges ORDER BY created_at DESC LIMIT 1`);
    expect(rows).toEqual([{ tries: 5, status: 'SPENT' }]);
  });

  it('is replaced by the next: only the newest is right', async () => {
    const who = person();
    const first = await issued(who);
    codes.clock.advance(60);
    const second = await issued(who);
    if (first !== second) expect(await codes.check({ ...who, code: first })).toMatchObject({ right: false });
    expect(await codes.check({ ...who, code: second })).toMatchObject({ right: true });
  });

  it.each(['', '12345', '1234567', 'abcdef', '１２３４５６', `${'9'.repeat(5)} `])(
    'that is no code (%j) is a wrong one',
    async (code) => {
      const who = person();
      await issued(who);
      expect(await codes.check({ ...who, code })).toMatchObject({ right: false, reason: 'OTP_WRONG' });
    },
  );

  it('stands in the database neither itself nor with anybody’s number', async () => {
    const who = person();
    const code = await issued(who);
    const rows =
      await codes.sql(`SELECT c::text AS row FROM otp_challenges c UNION ALL SELECT m::text FROM messages m
      UNION ALL SELECT f::text FROM otp_failures f`);
    const all = JSON.stringify(rows).replaceAll(/\d{4}-\d\d-\d\d \d\d:\d\d:\d\d\S*/g, '');
    expect(all).not.toContain(who.to.address.slice(1));
    expect(all).not.toContain(who.account);
    expect(all).not.toMatch(new RegExp(`(?<![0-9a-f])${code}(?![0-9a-f])`));
  });
});

describe('asking for codes', () => {
  it('goes once a minute, five times an hour and ten times a day', async () => {
    const who = person();
    expect(await codes.issue(who)).toMatchObject({ issued: true });
    codes.clock.advance(20);
    expect(await codes.issue(who)).toMatchObject({ reason: 'OTP_RESEND', retryAfterSeconds: 40 });
    for (let time = 0; time < 4; time += 1) {
      codes.clock.advance(60);
      expect(await codes.issue(who)).toMatchObject({ issued: true });
    }
    codes.clock.advance(60);
    // The first of them was 320 seconds ago.
    expect(await codes.issue(who)).toMatchObject({ reason: 'OTP_HOUR', retryAfterSeconds: 3_280 });
    for (let time = 0; time < 5; time += 1) {
      codes.clock.advance(3_600);
      expect(await codes.issue(who)).toMatchObject({ issued: true });
    }
    codes.clock.advance(3_600);
    expect(await codes.issue(who)).toMatchObject({ reason: 'OTP_DAY' });
  });

  it('counts telephones and accounts apart: another telephone does not help, nor another account', async () => {
    const who = person();
    await codes.issue(who);
    const { to } = person();
    const { account } = person();
    expect(await codes.issue({ ...who, to, request: 'other-phone' })).toMatchObject({ reason: 'OTP_RESEND' });
    expect(await codes.issue({ ...who, account, request: 'other-account' })).toMatchObject({
      reason: 'OTP_RESEND',
    });
  });

  it('fifty times at once, from many sources, gets one code', async () => {
    const who = person();
    const answers = await Promise.all(
      Array.from({ length: 50 }, (_, time) => codes.issue({ ...who, source: `asks ${time}` })),
    );
    expect(answers.filter((answer) => answer.issued)).toHaveLength(1);
  });

  it('from one source goes sixty times an hour, for whomever', async () => {
    const source = 'one office';
    const answers = [];
    for (let time = 0; time < 62; time += 1) answers.push(await codes.issue({ ...person(), source }));
    expect(answers.filter(({ issued: went }) => went)).toHaveLength(60);
    expect(answers.at(-1)).toMatchObject({ reason: 'OTP_SOURCE' });
  });

  it('that crashes leaves neither a code nor a message, and takes nothing off the limits', async () => {
    const who = person();
    await expect(codes.issue(who, true)).rejects.toBeInstanceOf(Crash);
    expect(await codes.codeSentTo(who.to.address)).toBeNull();
    const code = await issued(who);
    await expect(codes.check({ ...who, code }, true)).rejects.toBeInstanceOf(Crash);
    expect(await codes.check({ ...who, code })).toMatchObject({ right: true });
  });
});

describe('somebody who is not there', () => {
  it('costs the same statements and gets the same answers, and nothing is sent', async () => {
    const known = person();
    const unknown = { ...person(), known: false };
    const asking = await countStatements(codes.databaseUrl, () => codes.issue(known));
    const askingNobody = await countStatements(codes.databaseUrl, () => codes.issue(unknown));
    expect([...askingNobody]).toEqual([...asking]);
    expect(await codes.codeSentTo(unknown.to.address)).toBeNull();
    const code = (await codes.codeSentTo(known.to.address)) ?? expect.unreachable('no code');
    const wrong = { code: notThat(code) };
    const trying = await countStatements(codes.databaseUrl, async () => {
      expect(await codes.check({ ...known, ...wrong })).toEqual({
        ...{ right: false, reason: 'OTP_WRONG', triesLeft: 4, pauseMs: 0 },
      });
    });
    const tryingNobody = await countStatements(codes.databaseUrl, async () => {
      expect(await codes.check({ ...unknown, ...wrong })).toEqual({
        ...{ right: false, reason: 'OTP_WRONG', triesLeft: 4, pauseMs: 0 },
      });
    });
    expect([...tryingNobody]).toEqual([...trying]);
    const nothing = await countStatements(codes.databaseUrl, () => codes.check({ ...person(), ...wrong }));
    expect([...nothing]).toEqual([...trying]);
  });

  it('has no code that is right, whatever is tried', async () => {
    const nobody = { ...person(), known: false };
    await codes.issue(nobody);
    const [row] = await codes.sql<{ id: string; code_hash: string }>(
      `SELECT id, code_hash FROM otp_challenges ORDER BY created_at DESC LIMIT 1`,
    );
    const { OtpKeys } = await import('@dinhdanh/accounts/testing');
    const keys = new OtpKeys(Buffer.alloc(32, 6));
    const { id, code_hash: hash } = row ?? expect.unreachable('no row');
    let right = 0;
    for (let code = 0; code < 1_000_000; code += 1)
      if (keys.ofCode(id, String(code).padStart(6, '0')) === hash) right += 1;
    expect(right).toBe(0);
  });
});

describe('guessing at codes', () => {
  it('is slowed for the prefix it is after, raises alarms, and locks nobody of that prefix out', async () => {
    const before = codes.log.lines.length;
    for (let time = 0; time < 55; time += 1) {
      await codes.check({
        request: `guess ${time}`,
        code: '000000',
        account: `0980011${String(time).padStart(5, '0')}`,
        source: `botnet ${time}`,
      });
    }
    const alarms = codes.log.lines
      .slice(before)
      .filter(({ event }) => event === 'ACCOUNTS_OTP_GUESSING_SUSPECTED');
    expect(alarms.map(({ fields }) => fields)).toEqual([{ reason: 'prefix' }]);
    const who = { ...person(), account: '098001100999' };
    const asked = await codes.issue(who);
    expect(asked).toMatchObject({ issued: true, pauseMs: 400 });
    const code = (await codes.codeSentTo(who.to.address)) ?? '';
    expect(await codes.check({ ...who, code })).toEqual({ right: true, pauseMs: 400 });
  });

  it('from one source ends after fifty wrong ones, even at a right one, for an hour', async () => {
    const source = 'one guesser';
    const who = { ...person(), source };
    const code = await issued(who);
    const reasons = [];
    for (let time = 0; time < 51; time += 1) {
      const tried = { request: `mine ${time}`, code: '000000', account: `0970${10 + time}100000`, source };
      const answer = await codes.check(tried);
      reasons.push(answer.right ? null : answer.reason);
    }
    expect(reasons).toEqual([...Array(50).fill('OTP_ENDED'), 'OTP_SOURCE']);
    expect(await codes.check({ ...who, code })).toMatchObject({
      reason: 'OTP_SOURCE',
      retryAfterSeconds: 3_600,
    });
    expect(await codes.check({ ...who, code, source: 'elsewhere' })).toMatchObject({ right: true });
    codes.clock.advance(3_600);
    expect(await codes.check({ ...who, code: '000000' })).toMatchObject({ reason: 'OTP_ENDED' });
  });

  it('at a thousand tries a minute from two hundred sources stays within the figures, and raises the alarm', async () => {
    const victims = Array.from({ length: 40 }, person);
    const [begin] = await codes.sql<{ id: string }>(`SELECT COALESCE(max(id), 0) AS id FROM otp_failures`);
    const watch = new CrowdWatch({
      ...{
        codes: codes.store.codes,
        signIns: codes.store.sessions,
        registrations: codes.store.registrations,
      },
      ...{ clock: codes.clock.read, log: codes.log },
    });
    let tries = 0;
    let right = 0;
    let looked = 0;
    for (let minute = 0; minute < 3; minute += 1) {
      for (const victim of victims) await codes.issue({ ...victim, source: `attacker ${tries % 200}` });
      const attempt = async (): Promise<void> => {
        const number = tries;
        tries += 1;
        const victim = victims[number % victims.length] ?? SOMEBODY;
        const code = String((number * 7919) % 1_000_000).padStart(6, '0');
        const request = 'request' in victim ? victim.request : '';
        const answer = await codes.check({ ...victim, request, code, source: `attacker ${number % 200}` });
        if (answer.right) right += 1;
        else if (answer.reason !== 'OTP_SOURCE' && 'triesLeft' in answer && answer.reason === 'OTP_WRONG')
          looked += 1;
      };
      const until = tries + 1_000;
      const worker = async (): Promise<void> => {
        while (tries < until) await attempt();
      };
      await Promise.all(Array.from({ length: 6 }, worker));
      codes.clock.advance(60);
    }
    await watch.look();
    const hashes = await codes.sql<{ phone: string; count: number; tries: number }>(
      `SELECT phone, count(*)::int AS count, sum(tries)::int AS tries FROM otp_challenges
       WHERE created_at > $1 GROUP BY phone`,
      [new Date(codes.clock.read().getTime() - 3_600_000)],
    );
    expect(hashes).toHaveLength(40);
    for (const { count, tries: tried } of hashes) {
      expect(count).toBeLessThanOrEqual(3);
      expect(tried).toBeLessThanOrEqual(5 * count);
    }
    const perSource = await codes.sql<{ most: number }>(
      `SELECT max(n)::int AS most FROM (SELECT count(*) AS n FROM otp_failures WHERE id > $1 GROUP BY source) s`,
      [begin?.id],
    );
    expect(perSource[0]?.most).toBeLessThanOrEqual(50);
    expect(right).toBeLessThanOrEqual(2);
    expect(looked).toBeLessThanOrEqual(40 * 3 * 4);
    expect(codes.log.count('ACCOUNTS_OTP_FAILURES_MANY')).toBe(1);
  });
});
