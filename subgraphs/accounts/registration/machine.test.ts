import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  fallsWith,
  isOver,
  mayDo,
  nextState,
  nextStep,
  stepDone,
  stepFailed,
  stepsOf,
  transitions,
} from './machine.ts';
import type { ApplicantKind, Registration, RegistrationState } from './registration.ts';

const states = Object.keys(transitions) as RegistrationState[];
const kinds: readonly ApplicantKind[] = ['CITIZEN', 'CHILD', 'WARD', 'FOREIGN_RESIDENT', 'ORGANISATION'];
const plan = fc.record({
  kind: fc.constantFrom(...kinds),
  channel: fc.constantFrom('APP' as const, 'IN_PERSON' as const),
});
const at = new Date('2026-11-22T03:00:00Z');

describe('the states of a registration', () => {
  it('R21: a decision leads to an account or to a refusal, and what is over stays over', () => {
    expect(nextState('SUBMITTED', 'APPROVE')).toBe('APPROVED');
    expect(nextState('APPROVED', 'ACTIVATE')).toBe('ACTIVATED');
    expect(states.filter(isOver)).toEqual(['ACTIVATED', 'REJECTED', 'WITHDRAWN', 'EXPIRED', 'LAPSED']);
  });

  it('an account comes of nothing but an approval, and an approval of nothing that was not sent in', () => {
    for (const state of states) {
      for (const [event, to] of Object.entries(transitions[state])) {
        if (to === 'ACTIVATED') expect(`${state} ${event}`).toBe('APPROVED ACTIVATE');
        if (to === 'APPROVED') expect(['SUBMITTED', 'IN_REVIEW']).toContain(state);
      }
    }
  });
});

describe('the steps of a registration', () => {
  it('R76: in the app a citizen reads the chip, takes a portrait, sends it in', () => {
    expect(stepsOf({ kind: 'CITIZEN', channel: 'APP' }).slice(-4)).toEqual([
      'MATCH',
      'CHIP',
      'PORTRAIT',
      'SUBMIT',
    ]);
  });

  it('R16 R30 R94: at a desk an officer takes biometrics, and the applicant signs the form before it is sent in', () => {
    expect(stepsOf({ kind: 'CITIZEN', channel: 'IN_PERSON' }).slice(-3)).toEqual([
      'BIOMETRICS',
      'FORM',
      'SUBMIT',
    ]);
  });

  it('R90 R98: at a desk too the phone is confirmed, and the database is asked before biometrics are taken', () => {
    for (const kind of ['CITIZEN', 'CHILD', 'WARD', 'FOREIGN_RESIDENT'] as const)
      expect(stepsOf({ kind, channel: 'IN_PERSON' }).slice(0, 6)).toEqual([
        'CONTACT',
        'IDENTITY',
        'TERMS',
        'CODE',
        'MATCH',
        'BIOMETRICS',
      ]);
  });

  it('R68: a password can be set after the code alone', () => {
    const done = { CONTACT: 'x', IDENTITY: 'x', TERMS: 'x' };
    expect(mayDo({ kind: 'CITIZEN', channel: 'APP' }, done, 'PASSWORD')).toBe(false);
    expect(mayDo({ kind: 'CITIZEN', channel: 'APP' }, { ...done, CODE: 'x' }, 'PASSWORD')).toBe(true);
  });

  it('whatever is done in whatever order, nothing is sent in before all else is done', () => {
    fc.assert(
      fc.property(plan, fc.array(fc.nat(20)), (chosen, picks) => {
        const steps = stepsOf(chosen);
        const registration = { ...chosen, done: {}, problems: [] } as unknown as Registration;
        for (const pick of picks) {
          const step = steps[pick % steps.length] ?? 'CONTACT';
          if (!mayDo(chosen, registration.done, step)) continue;
          const patch =
            pick % 3 === 0
              ? stepFailed(registration, step, [{ code: 'X' }])
              : stepDone(registration, step, at);
          Object.assign(registration, patch);
          for (const fallen of fallsWith(step)) expect(registration.done[fallen]).toBeUndefined();
        }
        const open = nextStep(chosen, registration.done);
        const place = open === null ? steps.length : steps.indexOf(open);
        expect(mayDo(chosen, registration.done, 'SUBMIT')).toBe(place >= steps.length - 1);
      }),
    );
  });

  it('R97: what was wrong with a try is told until the step is done anew', () => {
    const registration = { done: { CHIP: 'x', PORTRAIT: 'x' }, problems: [] } as unknown as Registration;
    const failed = stepFailed(registration, 'CHIP', [{ code: 'CHIP_FORGED' }]);
    expect(failed).toMatchObject({
      done: {},
      problems: [{ code: 'CHIP_FORGED', step: 'CHIP', field: null }],
    });
    expect(stepDone({ ...registration, ...failed }, 'CHIP', at).problems).toEqual([]);
  });
});
