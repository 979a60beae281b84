import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decideBy, forwardBy, lockTransitions, nextLockState, stateBefore } from './lock-machine.ts';
import type { LockRequestEvent, LockRequestState } from './lock-machine.ts';

const events: readonly LockRequestEvent[] = ['FORWARD', 'APPROVE', 'REFUSE', 'END'];

describe('a request to lock an account', () => {
  it('is locked only by way of being forwarded and approved, whatever comes in whatever order and twice', () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...events), { maxLength: 12 }), (given) => {
        let state: LockRequestState = 'RECEIVED';
        const taken: LockRequestEvent[] = [];
        for (const event of given) {
          const next = nextLockState(state, event);
          if (next === null) continue;
          expect(stateBefore(event)).toBe(state);
          taken.push(event);
          state = next;
        }
        expect([
          [],
          ['FORWARD'],
          ['FORWARD', 'REFUSE'],
          ['FORWARD', 'APPROVE'],
          ['FORWARD', 'APPROVE', 'END'],
        ]).toContainEqual(taken);
      }),
    );
  });

  it('has every event start from one state alone', () => {
    for (const event of events) {
      const from = Object.values(lockTransitions).filter((next) => next[event] !== undefined);
      expect(from).toHaveLength(1);
    }
  });

  it.each([
    ['on a Friday', '2026-11-20T03:00:00Z', '2026-11-23T17:00:00.000Z', '2026-11-24T17:00:00.000Z'],
    ['late on a Monday', '2026-11-23T16:59:00Z', '2026-11-24T17:00:00.000Z', '2026-11-25T17:00:00.000Z'],
    ['before a holiday', '2026-12-31T03:00:00Z', '2027-01-04T17:00:00.000Z', '2027-01-05T17:00:00.000Z'],
  ])(
    'that comes %s is forwarded within one working day and decided within two',
    (_, at, forwarded, decided) => {
      expect(forwardBy(new Date(at)).toISOString()).toBe(forwarded);
      expect(decideBy(new Date(at)).toISOString()).toBe(decided);
    },
  );
});
