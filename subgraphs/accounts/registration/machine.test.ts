import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  codeChannels,
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
import type { StepPlan } from './machine.ts';
import type { ApplicantKind, Registration, RegistrationPurpose, RegistrationState } from './registration.ts';

const states = Object.keys(transitions) as RegistrationState[];
const kinds: readonly ApplicantKind[] = ['CITIZEN', 'CHILD', 'WARD', 'FOREIGN_RESIDENT', 'ORGANISATION'];
const purposes: readonly RegistrationPurpose[] = ['ACCOUNT', 'PASSWORD', 'DEVICE', 'PHONE'];
const plan = fc.record({
  purpose: fc.constantFrom(...purposes),
  kind: fc.constantFrom(...kinds),
  channel: fc.constantFrom('APP' as const, 'IN_PERSON' as const),
  openedBy: fc.constantFrom(null, 'somebody'),
});
const citizen: StepPlan = { purpose: 'ACCOUNT', kind: 'CITIZEN', channel: 'APP', openedBy: null };
const at = new Date('2026-11-22T03:00:00Z');

describe('the states of a registration', () => {
  it('R21: a decision leads to an account or to a refusal, and what is over stays over', () => {
    expect(nextState('SUBMITTED', 'APPROVE')).toBe('APPROVED');
    expect(nextState('APPROVED', 'ACTIVATE')).toBe('ACTIVATED');
    expect(states.filter(isOver)).toEqual([
      'ACTIVATED',
      'REJECTED',
      'WITHDRAWN',
      'REFUSED',
      'EXPIRED',
      'LAPSED',
    ]);
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
    expect(stepsOf(citizen).slice(-4)).toEqual(['MATCH', 'CHIP', 'PORTRAIT', 'SUBMIT']);
  });

  it('R16 R30 R94: at a desk an officer takes biometrics, and the applicant signs the form before it is sent in', () => {
    expect(stepsOf({ ...citizen, channel: 'IN_PERSON' }).slice(-3)).toEqual(['BIOMETRICS', 'FORM', 'SUBMIT']);
  });

  it('R90 R98: at a desk too the phone is confirmed, and the database is asked before biometrics are taken', () => {
    for (const kind of ['CITIZEN', 'CHILD', 'WARD', 'FOREIGN_RESIDENT'] as const)
      expect(stepsOf({ ...citizen, kind, channel: 'IN_PERSON' }).slice(0, 6)).toEqual([
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
    expect(mayDo(citizen, done, 'PASSWORD')).toBe(false);
    expect(mayDo(citizen, { ...done, CODE: 'x' }, 'PASSWORD')).toBe(true);
  });

  it('R101: a new password comes after a new match, the card and the face, and never of a code alone', () => {
    for (const kind of ['CITIZEN', 'FOREIGN_RESIDENT'] as const) {
      const steps = stepsOf({ ...citizen, kind, purpose: 'PASSWORD' });
      const place = steps.indexOf('PASSWORD');
      expect(steps.slice(0, place)).toEqual(expect.arrayContaining(['CODE', 'MATCH', 'PORTRAIT']));
      expect(steps.slice(0, place).includes('CHIP')).toBe(kind === 'CITIZEN');
    }
  });

  it('whoever is no owner proves by card and face what they change, and an owner by both numbers', () => {
    for (const purpose of purposes.filter((one) => one !== 'ACCOUNT')) {
      expect(stepsOf({ ...citizen, purpose })).toEqual(expect.arrayContaining(['MATCH', 'CHIP', 'PORTRAIT']));
    }
    const owner: StepPlan = { ...citizen, purpose: 'PHONE', openedBy: 'owner' };
    expect(stepsOf(owner)).toEqual(['CONTACT', 'CODE', 'SUBMIT']);
    expect(codeChannels(owner)).toEqual(['PHONE', 'ACCOUNT_PHONE']);
  });

  it('a step of codes has a way to send them, and no other purpose has one', () => {
    fc.assert(
      fc.property(plan, (chosen) => {
        if (chosen.purpose === 'ACCOUNT') return;
        expect(codeChannels(chosen).length > 0 || chosen.purpose === 'DEVICE').toBe(true);
        if (chosen.openedBy === null)
          expect(stepsOf(chosen).includes('CODE')).toBe(codeChannels(chosen).length > 0);
      }),
    );
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
