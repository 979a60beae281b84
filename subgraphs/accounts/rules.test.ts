import { birthday } from '@dinhdanh/kit';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Guardian, Ward, WardRelation } from './account.ts';
import { isPasscodeAllowed, livingWards, maskEmail, maskPhone, needsGuardian, relationEnd } from './rules.ts';

const today = '2026-11-21';

function guardian(relation: WardRelation, rest: Partial<Guardian> = {}): Guardian {
  return { relation, endsOn: null, confirmed: false, ...rest };
}

describe('a relation', () => {
  it.each<[WardRelation, string | null, string, string | null]>([
    ['CHILD', null, '2010-05-01', '2028-05-01'],
    ['CHILD', '2027-01-01', '2010-05-01', '2027-01-01'],
    ['CHILD', '2035-01-01', '2010-05-01', '2028-05-01'],
    ['WARD', null, '1950', null],
    ['WARD', '2027-01-01', '2010-05-01', '2027-01-01'],
    ['REPRESENTED', null, '2010-05-01', null],
  ])('%s until %s with who was born %s ends %s', (relation, endsOn, born, end) => {
    expect(relationEnd({ relation, endsOn }, born)).toBe(end);
  });

  it.each([
    ['2026-11-20', 0],
    [today, 0],
    ['2026-11-22', 1],
  ])('that ends on %s has %i wards left on 2026-11-21', (endsOn, left) => {
    const ids = { dateOfBirth: '1950' } as Ward['ids'];
    expect(livingWards([{ id: 'id', subject: 's', relation: 'WARD', endsOn, ids }], today)).toHaveLength(
      left,
    );
  });

  it('to a child is never told of to a parent from full age on, whatever was recorded', () => {
    const date = fc
      .date({ min: new Date('1990-01-01'), max: new Date('2026-11-20'), noInvalidDate: true })
      .map((day) => day.toISOString().slice(0, 10));
    const partial = fc.tuple(date, fc.constantFrom(4, 7, 10)).map(([day, length]) => day.slice(0, length));
    fc.assert(
      fc.property(partial, fc.option(date), (dateOfBirth, endsOn) => {
        const ward = { relation: 'CHILD', endsOn, ids: { dateOfBirth } } as Ward;
        const living = livingWards([ward], today).length === 1;
        const fullAge = birthday(dateOfBirth, 18, 'earliest') <= today;
        return !(living && fullAge) && living === !(fullAge || (endsOn !== null && endsOn <= today));
      }),
    );
  });
});

describe('own use of an account', () => {
  it.each<[string, string, readonly Guardian[], boolean]>([
    ['a child of thirteen needs agreement', '2012-11-22', [guardian('CHILD')], true],
    ['a child of thirteen with nobody to agree waits', '2012-11-22', [], true],
    ['a child whose parent agreed does not', '2012-11-22', [guardian('CHILD', { confirmed: true })], false],
    [
      'one parent’s agreement is enough',
      '2014-01-15',
      [guardian('CHILD'), guardian('CHILD', { confirmed: true })],
      false,
    ],
    ['from fourteen on it needs none', '2012-11-21', [guardian('CHILD')], false],
    ['a child who may be thirteen needs it', '2012', [guardian('CHILD')], true],
    ['a ward of any age needs it', '1950', [guardian('WARD')], true],
    ['a ward whose guardianship is over does not', '1950', [guardian('WARD', { endsOn: today })], false],
    [
      'agreement ends with the relation',
      '2013-01-01',
      [guardian('WARD', { endsOn: today, confirmed: true })],
      true,
    ],
    ['a grown person needs none', '1990-01-01', [], false],
  ])('%s', (_, born, guardians, needed) => {
    expect(needsGuardian(born, guardians, today)).toBe(needed);
  });
});

describe('a passcode', () => {
  it.each([
    '123456',
    '987654',
    '456789',
    '111111',
    '121212',
    '123123',
    '020390',
    '900302',
    '030290',
    '031990',
    '199003',
    '12345',
    '1234567',
    'abcdef',
    '٤٠٢٩١٧',
  ])('%s is refused', (passcode) => {
    expect(isPasscodeAllowed(passcode, '1990-03-02')).toBe(false);
  });

  it('that is none of these is taken', () => {
    expect(isPasscodeAllowed('402917', '1990-03-02')).toBe(true);
    expect(isPasscodeAllowed('402917', '1990')).toBe(true);
    expect(isPasscodeAllowed('402917', '')).toBe(true);
  });
});

describe('a mask', () => {
  it('hides the middle of a telephone number and the name of an address', () => {
    expect(maskPhone('+84901234567')).toBe('+849•••••567');
    expect(maskPhone('12345678')).toBeNull();
    expect(maskEmail('nguyen.thu@example.vn')).toBe('n•••@example.vn');
    expect(maskEmail('@example.vn')).toBeNull();
  });
});
