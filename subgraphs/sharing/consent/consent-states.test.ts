import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { consentAfter, consentStateAt } from './consent-states.ts';
import type { ConsentEvent, ConsentFacts } from './consent-states.ts';
import { later } from './share-states.ts';

const start = new Date('2026-11-21T03:00:00Z');
const fresh: ConsentFacts = {
  state: 'ACTIVE',
  endsAt: later(start, 1000),
  stopReasons: [],
  stoppedFrom: null,
};
const event: fc.Arbitrary<ConsentEvent> = fc.oneof(
  fc.record({
    kind: fc.constantFrom('pause' as const, 'resume' as const, 'revoke' as const, 'expire' as const),
  }),
  fc.record({
    kind: fc.constant('stop' as const),
    reason: fc.constantFrom('LOCKED' as const, 'LEVEL' as const, 'GUARDIANSHIP' as const, 'PARTY' as const),
  }),
  fc.record({
    kind: fc.constant('lift' as const),
    reason: fc.constant('LOCKED' as const),
  }),
);
const steps = fc.array(fc.record({ event, seconds: fc.nat({ max: 60 }) }), { maxLength: 40 });

const after = (consent: ConsentFacts, ...happened: ConsentEvent[]): ConsentFacts =>
  happened.reduce((facts, next) => consentAfter(facts, next, start) ?? facts, consent);

describe('a consent', () => {
  it('is never in force again once it was revoked or has run out', () => {
    fc.assert(
      fc.property(steps, (sequence) => {
        let consent = fresh;
        let now = start;
        let ended = false;
        for (const step of sequence) {
          now = later(now, step.seconds);
          const next = consentAfter(consent, step.event, now);
          if (ended && step.event.kind !== 'expire') expect(next).toBeNull();
          consent = next ?? consent;
          ended ||= ['REVOKED', 'EXPIRED'].includes(consentStateAt(consent, now));
        }
      }),
      { numRuns: 2000 },
    );
  });

  it('is stopped exactly as long as there is a reason, and then stands where it stood', () => {
    fc.assert(
      fc.property(fc.boolean(), steps, (paused, sequence) => {
        const before = paused ? after(fresh, { kind: 'pause' }) : fresh;
        const reasons = new Set<string>();
        let consent = before;
        for (const { event: next } of sequence) {
          if (next.kind === 'stop') reasons.add(next.reason);
          else if (next.kind === 'lift') reasons.delete(next.reason);
          else continue;
          consent = consentAfter(consent, next, start) ?? consent;
          expect(consent.state).toBe(reasons.size > 0 ? 'STOPPED' : before.state);
          expect(new Set(consent.stopReasons)).toEqual(reasons);
        }
      }),
    );
  });

  it('that a lock stopped is resumed by the unlock, and by nothing the person does', () => {
    const locked = after(fresh, { kind: 'stop', reason: 'LOCKED' });
    expect(consentAfter(locked, { kind: 'resume' }, start)).toBeNull();
    expect(consentAfter(locked, { kind: 'pause' }, start)).toBeNull();
    expect(after(locked, { kind: 'lift', reason: 'LOCKED' })).toEqual(fresh);
  });

  it('that lost its ground stays stopped through a lock and its unlock', () => {
    const stopped = after(
      fresh,
      { kind: 'stop', reason: 'LOCKED' },
      { kind: 'stop', reason: 'GUARDIANSHIP' },
      { kind: 'lift', reason: 'LOCKED' },
    );
    expect(stopped.state).toBe('STOPPED');
    expect(stopped.stopReasons).toEqual(['GUARDIANSHIP']);
  });

  it('has expired at its end, before anybody writes that down', () => {
    for (const state of ['ACTIVE', 'PAUSED', 'STOPPED'] as const) {
      expect(consentStateAt({ ...fresh, state }, later(start, 999))).toBe(state);
      expect(consentStateAt({ ...fresh, state }, later(start, 1000))).toBe('EXPIRED');
    }
    expect(consentStateAt({ ...fresh, state: 'REVOKED' }, later(start, 2000))).toBe('REVOKED');
  });
});
