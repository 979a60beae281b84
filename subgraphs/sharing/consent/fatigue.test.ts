import { describe, expect, it } from 'vitest';
import { fatigueOf } from './fatigue.ts';
import { later } from './share-states.ts';

const now = new Date('2026-11-21T03:00:00Z');
const limits = { claimsPerHour: 3, openPerParty: 2, declinesPerDay: 3 };
const quiet = { claims: [], open: [], declines: [] };
const ago = (...seconds: number[]): Date[] => seconds.map((each) => later(now, -each));

describe('limits against consent fatigue', () => {
  it('let a person take requests until one of them is reached', () => {
    expect(fatigueOf(quiet, limits, now)).toBeNull();
    expect(
      fatigueOf({ claims: ago(20, 10), open: [later(now, 5)], declines: ago(500, 400) }, limits, now),
    ).toBeNull();
  });

  it('say after how long the oldest leaves the count', () => {
    expect(fatigueOf({ ...quiet, claims: ago(3000, 20, 10) }, limits, now)).toEqual({
      reason: 'SHARE_CLAIMS',
      retryAfterSeconds: 600,
    });
    expect(fatigueOf({ ...quiet, declines: ago(80_000, 70_000, 86_000 - 20_000, 10) }, limits, now)).toEqual({
      reason: 'SHARE_DECLINED_OFTEN',
      retryAfterSeconds: 16_400,
    });
    expect(fatigueOf({ ...quiet, open: [later(now, 30), later(now, 90)] }, limits, now)).toEqual({
      reason: 'SHARE_OPEN',
      retryAfterSeconds: 30,
    });
  });
});
