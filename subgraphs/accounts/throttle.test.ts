import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  alarmsOf,
  attemptKeys,
  forgiveAttempt,
  judgeAttempt,
  throttleKey,
  throttlePolicy,
} from './throttle.ts';
import type { ThrottleKind, ThrottleState } from './throttle.ts';

const start = new Date('2026-11-21T03:00:00Z');
const kinds = Object.keys(throttlePolicy) as ThrottleKind[];

function fresh(kind: ThrottleKind, failures = 0): ThrottleState {
  return { key: throttleKey(kind, 'somebody'), failures, lastAt: start, blockedUntil: null };
}

/** How many attempts somebody gets who tries again the moment they may, for so long. */
function attemptsWithin(kind: ThrottleKind, seconds: number): number {
  let states: readonly ThrottleState[] = [fresh(kind)];
  let now = start;
  const end = start.getTime() + seconds * 1000;
  for (let attempts = 0; ; attempts += 1) {
    let verdict = judgeAttempt(states, now);
    while (!verdict.admitted) {
      now = new Date(now.getTime() + verdict.retryAfterSeconds * 1000);
      verdict = judgeAttempt(states, now);
    }
    if (now.getTime() > end) return attempts;
    states = verdict.next;
  }
}

describe('the thresholds', () => {
  it.each<[ThrottleKind, number]>([
    ['account', 50],
    ['owner', 50],
    ['device', 120],
    ['source', 360],
    ['passcode', 50],
    ['passkey', 50],
  ])('give who guesses at %s so many tries a day at most: %i', (kind, most) => {
    expect(attemptsWithin(kind, 86_400)).toBeLessThanOrEqual(most);
  });

  it('hold a pause under the gateway’s deadline of two seconds', () => {
    expect(throttlePolicy.prefix.longestDelayMs).toBeLessThan(1_000);
  });
});

describe('an attempt', () => {
  it('is refused exactly while one of its refusing counters says so, and then counts nowhere', () => {
    const states = fc.array(
      fc.record({
        kind: fc.constantFrom(...kinds),
        failures: fc.nat(100),
        blockedFor: fc.option(fc.integer({ min: -5_000, max: 5_000 })),
      }),
    );
    fc.assert(
      fc.property(states, (drawn) => {
        const counters = drawn.map(({ kind, failures, blockedFor }) => ({
          ...fresh(kind, failures),
          blockedUntil: blockedFor === null ? null : new Date(start.getTime() + blockedFor),
        }));
        const blocked = drawn.some(({ kind, blockedFor }) => kind !== 'prefix' && (blockedFor ?? 0) > 0);
        const verdict = judgeAttempt(counters, start);
        expect(verdict.admitted).toBe(!blocked);
        if (verdict.admitted) {
          expect(verdict.next.map(({ failures }) => failures)).toEqual(
            counters.map(({ failures }) => failures + 1),
          );
        } else {
          expect(verdict.retryAfterSeconds).toBeGreaterThanOrEqual(1);
        }
      }),
    );
  });

  it('on a prefix is never refused, however many have failed', () => {
    fc.assert(
      fc.property(fc.nat(1_000_000), (failures) => {
        const verdict = judgeAttempt(
          [{ ...fresh('prefix', failures), blockedUntil: new Date('2100-01-01') }],
          start,
        );
        return verdict.admitted && verdict.pauseMs <= throttlePolicy.prefix.longestDelayMs;
      }),
    );
  });

  it('that succeeds leaves a shared counter as it was, so that successes cannot pay for guesses', () => {
    fc.assert(
      fc.property(
        fc.constantFrom<ThrottleKind>('device', 'source', 'prefix'),
        fc.nat(60),
        (kind, failures) => {
          const verdict = judgeAttempt([fresh(kind, failures)], start);
          return !verdict.admitted || forgiveAttempt(verdict.next)[0]?.failures === failures;
        },
      ),
    );
    expect(forgiveAttempt([fresh('account', 40)])[0]).toMatchObject({ failures: 0, blockedUntil: null });
  });

  it('long after the last one starts anew', () => {
    const verdict = judgeAttempt([fresh('account', 30)], new Date(start.getTime() + 86_400_000));
    expect(verdict).toMatchObject({ admitted: true, next: [{ failures: 1, blockedUntil: null }] });
  });

  it('raises each alarm once per so many failures', () => {
    const raised = Array.from({ length: 120 }, (_, failures) =>
      alarmsOf([fresh('source', failures), fresh('account', failures)]),
    );
    expect(raised.flatMap((alarms, failures) => alarms.map((alarm) => [failures, alarm]))).toEqual([
      [50, 'source'],
      [100, 'source'],
    ]);
  });
});

describe('the counters of an attempt', () => {
  const base = { username: '097090000001', source: 'address', device: 'device', knownDevice: false };
  const kindsOf = (keys: readonly string[]): string[] => keys.map((key) => key.split(':')[0] ?? '');

  it('are those of the account, the device, the source and the prefix', () => {
    expect(kindsOf(attemptKeys(base))).toEqual(['account', 'device', 'prefix', 'source']);
    expect(kindsOf(attemptKeys({ ...base, username: 'canbo.hanoi', source: null, device: null }))).toEqual([
      'account',
    ]);
  });

  it('of a known device are its own, untouched by strangers', () => {
    const own = attemptKeys({ ...base, knownDevice: true });
    expect(kindsOf(own)).toEqual(['device', 'owner']);
    const strangers = attemptKeys({ ...base, device: 'strange', source: 'elsewhere' });
    expect(own.filter((key) => strangers.includes(key))).toEqual([]);
  });

  it('name nobody', () => {
    expect(attemptKeys(base).join()).not.toContain('0970');
  });
});
