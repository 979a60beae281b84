import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { alarmsOf, judgeIssue, judgeTry, otpPolicies, otpPolicyOf, prefixPauseMs } from './rules.ts';
import type { OtpHistory, OtpPolicy } from './rules.ts';

const [policy] = otpPolicies as readonly [OtpPolicy];
const now = new Date('2026-11-21T03:00:00Z');
const ago = (seconds: number): Date => new Date(now.getTime() - seconds * 1000);
const nothing: OtpHistory = { phone: [], account: [], source: [], sourceFailures: [], prefixFailures: 0 };

describe('the thresholds', () => {
  it('are those of the day', () => {
    const later = { ...policy, from: '2027-01-01', codesPerDay: 3 };
    const policies = [later, policy];
    expect(otpPolicyOf('2026-12-31', policies)).toBe(policy);
    expect(otpPolicyOf('2027-01-01', policies)).toBe(later);
    expect(otpPolicyOf('1999-01-01', policies)).toBe(policy);
  });

  it('leave a guesser one chance in twenty thousand a day at one account', () => {
    expect((policy.triesPerCode * policy.codesPerDay) / 1_000_000).toBeLessThanOrEqual(1 / 20_000);
  });
});

describe('a code', () => {
  it.each<[string, Partial<OtpHistory>, object]>([
    ['at first', {}, { allowed: true }],
    ['59 seconds after another', { phone: [ago(59)] }, { reason: 'OTP_RESEND', retryAfterSeconds: 1 }],
    ['60 seconds after another', { account: [ago(60)] }, { allowed: true }],
    ['after four within the hour', { phone: [100, 200, 300, 3_599].map(ago) }, { allowed: true }],
    [
      'after five within the hour',
      { phone: [100, 200, 300, 400, 3_599].map(ago) },
      { reason: 'OTP_HOUR', retryAfterSeconds: 1 },
    ],
    [
      'after ten within the day',
      { account: Array.from({ length: 10 }, (_, index) => ago(7_200 * (index + 1))) },
      { reason: 'OTP_DAY', retryAfterSeconds: 14_400 },
    ],
    [
      'after sixty from one source',
      { source: Array.from({ length: 60 }, () => ago(1_800)) },
      { reason: 'OTP_SOURCE' },
    ],
    [
      'after fifty wrong ones from one source',
      { sourceFailures: Array.from({ length: 50 }, () => ago(10)) },
      { reason: 'OTP_SOURCE', retryAfterSeconds: 3_590 },
    ],
  ])('%s', (_, history, verdict) => {
    expect(judgeIssue({ ...nothing, ...history }, now, policy)).toMatchObject(verdict);
  });

  it('is issued once so many seconds have passed as were told, whatever there was before', () => {
    const times = fc.array(fc.integer({ min: 0, max: 86_400 }).map(ago), { maxLength: 15 });
    fc.assert(
      fc.property(times, times, times, (phone, account, sourceFailures) => {
        const history = { ...nothing, phone, account, sourceFailures };
        const verdict = judgeIssue(history, now, policy);
        if (verdict.allowed) return;
        const then = new Date(now.getTime() + verdict.retryAfterSeconds * 1000);
        expect(judgeIssue(history, then, policy)).toEqual({ allowed: true });
        expect(verdict.retryAfterSeconds).toBeGreaterThan(0);
        expect(verdict.retryAfterSeconds).toBeLessThanOrEqual(86_400);
      }),
    );
  });
});

describe('wrong codes', () => {
  it('of one source end its tries for an hour', () => {
    const of = (count: number) => ({ sourceFailures: Array.from({ length: count }, () => ago(60)) });
    expect(judgeTry(of(49), now, policy)).toEqual({ allowed: true });
    expect(judgeTry(of(50), now, policy)).toMatchObject({ reason: 'OTP_SOURCE', retryAfterSeconds: 3_540 });
  });

  it('of one prefix slow it down, to an end', () => {
    const pauses = [0, 50, 51, 52, 53, 60, 1_000].map((count) => prefixPauseMs(count, policy));
    expect(pauses).toEqual([0, 0, 25, 50, 100, 800, 800]);
  });

  it('raise the alarm of a source once, of a prefix again and again', () => {
    const raised = Array.from({ length: 120 }, (_, count) =>
      alarmsOf({ sourceFailures: count, prefixFailures: count }, policy),
    );
    expect(raised.flatMap((alarms, count) => alarms.map((alarm) => [count + 1, alarm]))).toEqual([
      [50, 'source'],
      [50, 'prefix'],
      [100, 'prefix'],
    ]);
  });
});
