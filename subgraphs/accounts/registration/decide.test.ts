import { describe, expect, it } from 'vitest';
import { decide } from './decide.ts';
import type { Standing } from './decide.ts';
import { evidenceReasons } from './evidence-reasons.ts';
import { reasonWords, tellReason } from './reasons.ts';
import type { Registration } from './registration.ts';

const at = new Date('2026-11-20T03:00:00Z');
const free: Standing = {
  accountExists: false,
  accountLevel: 0,
  canChange: false,
  phoneOfAnother: false,
  isRepresentative: false,
  sameFace: 0,
};
const complete = {
  purpose: 'ACCOUNT',
  openedBy: null,
  kind: 'CITIZEN',
  level: 1,
  channel: 'APP',
  identity: { dateOfBirth: '2004-05-06', nationality: 'VNM' },
  match: { level: 'FULL', differing: [], database: 'population', at: '' },
  chip: { differing: [] },
  face: { outcome: 'SAME' },
  biometrics: null,
  signs: [],
} as unknown as Registration;

function codes(registration: Partial<Registration>, standing: Partial<Standing> = {}): string {
  const verdict = decide({ ...complete, ...registration }, { ...free, ...standing }, at);
  return 'reasons' in verdict
    ? `${verdict.event} ${verdict.reasons.map(({ code, field }) => field ?? code).join(' ')}`
    : verdict.event;
}

describe('the decision on a registration', () => {
  it('R28 R96: whose data, chip and face all agree is approved at once', () => {
    expect(codes({})).toBe('APPROVE');
  });

  it('R97: data that differ refuse it, field by field', () => {
    expect(codes({ match: { level: 'PARTIAL', differing: ['FULL_NAME'] } as never })).toBe(
      'REJECT FULL_NAME',
    );
    expect(codes({ match: { level: 'NONE', differing: [] } as never })).toBe('REJECT DATA_MISMATCH');
    expect(codes({ chip: { differing: ['DATE_OF_BIRTH'] } as never })).toBe('REJECT DATE_OF_BIRTH');
  });

  it('R9: who has an account gets no second one', () => {
    expect(codes({}, { accountExists: true, accountLevel: 1 })).toBe('REJECT ACCOUNT_EXISTS');
  });

  it('R89: at a desk an account of level 1 rises to level 2', () => {
    const desk = { channel: 'IN_PERSON', level: 2, biometrics: { same: true } } as never;
    expect(codes(desk, { accountExists: true, accountLevel: 1 })).toBe('APPROVE');
    expect(codes(desk, { accountExists: true, accountLevel: 2 })).toBe('REJECT ACCOUNT_EXISTS');
  });

  it('R7: a phone belongs to one person; a child has its representative’s', () => {
    expect(codes({}, { phoneOfAnother: true })).toBe('REJECT phone');
    const child = { kind: 'CHILD', identity: { dateOfBirth: '2019-01-01', nationality: 'VNM' } } as never;
    expect(codes(child, { phoneOfAnother: true, isRepresentative: true })).toBe('APPROVE');
  });

  it('R10: who is too young is told so', () => {
    expect(codes({ identity: { dateOfBirth: '2013-01-01', nationality: 'VNM' } as never })).toBe(
      'REJECT dateOfBirth',
    );
  });

  it('R11 R14: whom population does not show as representative is looked at with their papers', () => {
    const child = { kind: 'CHILD', identity: { dateOfBirth: '2019-01-01', nationality: 'VNM' } } as never;
    expect(codes(child)).toBe('REVIEW NOT_REPRESENTATIVE');
  });

  it('R29: a foreigner in the app has no chip to compare with: an officer does', () => {
    const foreigner = {
      kind: 'FOREIGN_RESIDENT',
      chip: null,
      match: { level: 'FULL', differing: [], database: 'immigration' },
    } as never;
    expect(codes(foreigner)).toBe('REVIEW NO_REFERENCE_FACE');
  });

  it('R96 R99: signs of fraud, a face seen before and a face that is not certain go to an officer', () => {
    expect(codes({ signs: ['VELOCITY_DEVICE'] })).toBe('REVIEW SUSPECTED_FRAUD');
    expect(codes({}, { sameFace: 1 })).toBe('REVIEW SUSPECTED_FRAUD');
    expect(codes({ face: { outcome: 'UNSURE' } as never })).toBe('REVIEW FACE_UNSURE');
  });

  it('R30: biometrics that are another’s refuse level 2', () => {
    expect(codes({ channel: 'IN_PERSON', level: 2, biometrics: { same: false } as never })).toBe(
      'REJECT FACE_MISMATCH',
    );
  });

  it('R97: every reason is told with how to mend it, and data that differ with who corrects them', () => {
    for (const code of Object.keys({ ...reasonWords, ...evidenceReasons })) {
      const told = tellReason({ code, step: null, field: null }, 'population');
      expect(told.text?.vi).toBeTruthy();
      expect(told.howToMend?.en).toBeTruthy();
    }
    expect(tellReason({ code: 'DATA_MISMATCH', step: null, field: 'SEX' }, 'immigration').agency).toContain(
      'xuất nhập cảnh',
    );
    const said = (code: string, step: 'CHIP' | 'PORTRAIT') =>
      tellReason({ code, step, field: null }, 'population').text?.vi;
    expect([said('TOO_DARK', 'PORTRAIT'), said('CHIP_CLONED', 'CHIP')]).toEqual([
      'Ảnh quá tối.',
      'Chip là bản sao của một thẻ khác.',
    ]);
    // What another engine finds has the words of its step.
    expect([said('toString', 'PORTRAIT'), said('CHIP_MELTED', 'CHIP')]).toEqual([
      'Ảnh chân dung không đạt.',
      'Không xác thực được chip của thẻ.',
    ]);
  });
});

describe('a change of an account', () => {
  const known = { accountExists: true, accountLevel: 2, canChange: true } as const;

  it.each(['PASSWORD', 'DEVICE', 'PHONE'] as const)(
    'R101: %s is approved on the same proof as an account',
    (purpose) => {
      const asked = { purpose, level: null };
      expect(codes(asked, known)).toBe('APPROVE');
      expect(codes({ ...asked, match: null }, known)).toBe('REJECT DATA_MISMATCH');
      expect(codes({ ...asked, chip: null }, known)).toBe('REVIEW NO_REFERENCE_FACE');
      expect(codes({ ...asked, face: null }, known)).toBe('REVIEW FACE_UNSURE');
      expect(codes({ ...asked, signs: ['CHIP_CLONED'] }, known)).toBe('REVIEW SUSPECTED_FRAUD');
    },
  );

  it('is refused where there is no account that could be changed: none, or a closed one', () => {
    expect(codes({ purpose: 'DEVICE', level: null })).toBe('REJECT NO_ACCOUNT');
    expect(codes({ purpose: 'DEVICE', level: null }, { ...known, canChange: false })).toBe(
      'REJECT NO_ACCOUNT',
    );
  });

  it('by the codes of both numbers needs no card, and takes nobody’s number away', () => {
    const both = {
      purpose: 'PHONE',
      level: null,
      openedBy: 'owner',
      identity: null,
      match: null,
      chip: null,
      face: null,
    } as const;
    expect(codes(both, known)).toBe('APPROVE');
    expect(codes(both, { ...known, phoneOfAnother: true })).toBe('REJECT phone');
  });
});
