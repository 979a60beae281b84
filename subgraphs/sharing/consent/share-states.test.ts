import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  CLAIM_SECONDS,
  DECIDE_SECONDS,
  GRANT_SECONDS,
  later,
  newShare,
  RENEW_SECONDS,
  shareAfter,
  shareStateAt,
  shareTransitions,
  WRONG_NUMBERS,
} from './share-states.ts';
import type { ShareEvent, ShareFacts, ShareState } from './share-states.ts';

const start = new Date('2026-11-21T03:00:00Z');
const events = Object.keys(shareTransitions) as ShareEvent[];
const steps = fc.array(fc.record({ event: fc.constantFrom(...events), seconds: fc.nat({ max: 400 }) }), {
  maxLength: 40,
});

/** Runs events, each so many seconds after the last; tells every state it stood in, with the event that led there. */
function live(
  sequence: readonly { event: ShareEvent; seconds: number }[],
): [ShareEvent, ShareState, ShareFacts][] {
  let share = newShare(start);
  let now = start;
  const lived: [ShareEvent, ShareState, ShareFacts][] = [];
  for (const { event, seconds } of sequence) {
    now = later(now, seconds);
    const next = shareAfter(share, event, now);
    if (next === null) continue;
    share = next;
    lived.push([event, shareStateAt(share, now), share]);
  }
  return lived;
}

describe('a request to share', () => {
  it('is never left from an end, granted twice, or granted without an approval', () => {
    fc.assert(
      fc.property(steps, (sequence) => {
        const lived = live(sequence);
        const path = lived.map(([event]) => event);
        const end = lived.findIndex(([, state]) => ['GRANTED', 'DECLINED', 'CANCELLED'].includes(state));
        if (end >= 0) expect(end).toBe(lived.length - 1);
        expect(path.filter((event) => event === 'grant').length).toBeLessThanOrEqual(1);
        expect(path.filter((event) => event === 'claim').length).toBeLessThanOrEqual(1);
        expect(path.filter((event) => event === 'mistype').length).toBeLessThanOrEqual(WRONG_NUMBERS);
        const granted = path.indexOf('grant');
        if (granted >= 0) {
          expect(path.slice(0, granted)).toContain('approve');
          expect(path.indexOf('claim')).toBeLessThan(path.indexOf('approve'));
        }
      }),
      { numRuns: 2000 },
    );
  });

  it('is taken back from having run out only where nobody had taken it', () => {
    fc.assert(
      fc.property(steps, (sequence) => {
        for (const [event, , share] of live(sequence)) {
          if (event === 'renew') expect(share.claimedAt).toBeNull();
        }
      }),
    );
  });

  it('goes the whole way within its times', () => {
    expect(
      live([
        { event: 'claim', seconds: CLAIM_SECONDS - 1 },
        { event: 'approve', seconds: DECIDE_SECONDS - 1 },
        { event: 'mistype', seconds: 0 },
        { event: 'grant', seconds: GRANT_SECONDS - 1 },
      ]).map(([, state]) => state),
    ).toEqual(['CLAIMED', 'APPROVED', 'APPROVED', 'GRANTED']);
  });

  it('has expired at the moment its time is over, before anybody writes that down', () => {
    const waiting = newShare(start);
    const claimed = shareAfter(waiting, 'claim', start) as ShareFacts;
    const approved = shareAfter(claimed, 'approve', start) as ShareFacts;
    for (const [share, seconds] of [
      [waiting, CLAIM_SECONDS],
      [claimed, DECIDE_SECONDS],
      [approved, GRANT_SECONDS],
    ] as const) {
      expect(shareStateAt(share, later(start, seconds - 1))).toBe(share.state);
      expect(shareStateAt(share, later(start, seconds))).toBe('EXPIRED');
      for (const event of ['claim', 'approve', 'decline', 'grant', 'cancel', 'mistype'] as const)
        expect(shareAfter(share, event, later(start, seconds))).toBeNull();
    }
  });

  it('gets a new code for ten minutes and no longer', () => {
    const waiting = newShare(start);
    expect(shareAfter(waiting, 'renew', later(start, RENEW_SECONDS - 1))?.state).toBe('WAITING');
    expect(shareAfter(waiting, 'renew', later(start, RENEW_SECONDS))).toBeNull();
  });

  it('is cancelled by the third wrong number', () => {
    const lived = live(
      ['claim', 'approve', 'mistype', 'mistype', 'mistype'].map((event) => ({
        event: event as ShareEvent,
        seconds: 1,
      })),
    );
    expect(lived.at(-1)?.[1]).toBe('CANCELLED');
  });
});
