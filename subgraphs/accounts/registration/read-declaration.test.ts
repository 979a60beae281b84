import { describe, expect, it } from 'vitest';
import { readEmail, readIdentifier, readIdentity, readOrganisation, readPhone } from './read-declaration.ts';
import type { IdentityInput, StartInput } from './read-declaration.ts';

const start: StartInput = {
  purpose: 'ACCOUNT',
  kind: 'CITIZEN',
  channel: 'APP',
  personalNumber: '097204000777',
  phone: '0901234567',
};
const typed: IdentityInput = {
  source: 'MANUAL',
  fullName: ' Trần  Văn Mới ',
  dateOfBirth: '2004-05-06',
  sex: 'MALE',
};
const citizen = {
  kind: 'CITIZEN',
  personalNumber: '097204000777',
  passport: null,
  passportCountry: null,
} as const;

function field(run: () => unknown): unknown {
  try {
    run();
    return 'taken';
  } catch (error) {
    return (
      (error as { detail: { field?: string; reason?: string } }).detail.reason ??
      (error as { detail: { field?: string } }).detail.field
    );
  }
}

describe('what an applicant declares', () => {
  it('R20 R61: a personal number has twelve digits, and its structure refuses nobody', () => {
    expect(readIdentifier({ ...start, personalNumber: '999 999 999 999' }).personalNumber).toBe(
      '999999999999',
    );
    expect(field(() => readIdentifier({ ...start, personalNumber: '12345678901' }))).toBe('personalNumber');
    expect(field(() => readIdentifier({ ...start, personalNumber: null }))).toBe('personalNumber');
  });

  it('R34: who has no number is named by passport and country', () => {
    const foreigner = { ...start, kind: 'FOREIGN_RESIDENT' as const, personalNumber: null };
    expect(readIdentifier({ ...foreigner, passport: 'ab 123456', passportCountry: 'DEU' })).toEqual({
      ...{ personalNumber: null, passport: 'AB123456', passportCountry: 'DEU' },
    });
    expect(field(() => readIdentifier({ ...foreigner, passport: 'AB123456' }))).toBe('passportCountry');
    expect(field(() => readIdentifier(foreigner))).toBe('passport');
  });

  it.each([
    ['0901234567', '+84901234567'],
    ['+84 90 123 45 67', '+84901234567'],
    ['012345', 'phone'],
    ['0601234567', 'phone'],
  ])('R20 R39 R62: a phone is a Vietnamese mobile number: %s', (given, read) => {
    expect(
      field(() => expect(readPhone(given)).toBe(read)) === 'taken' ? read : field(() => readPhone(given)),
    ).toBe(read);
  });

  it('R13 R39: an e-mail address may be given, and is one', () => {
    expect(readEmail('Moi@Example.COM ')).toBe('Moi@example.com');
    expect(readEmail(null)).toBeNull();
    expect(field(() => readEmail('moi@'))).toBe('email');
  });

  it('R35 R36 R37: name, date of birth and sex are needed', () => {
    expect(readIdentity(typed, citizen)).toMatchObject({
      fullName: 'Trần Văn Mới',
      dateOfBirth: '2004-05-06',
      sex: 'MALE',
      nationality: 'VNM',
    });
    expect(field(() => readIdentity({ ...typed, fullName: ' ' }, citizen))).toBe('fullName');
    expect(field(() => readIdentity({ ...typed, dateOfBirth: '2004-02-30' }, citizen))).toBe('dateOfBirth');
    expect(field(() => readIdentity({ ...typed, sex: null }, citizen))).toBe('sex');
  });

  it.each([
    ['1950', true],
    ['1950-03', true],
    ['1950-03-02', true],
    ['1950-13', false],
    ['1950-02-30', false],
    ['1849', false],
    ['50', false],
    ['', false],
  ])('R36: a date of birth may be known in part, and is one: %s', (dateOfBirth, isOne) => {
    const read = () => readIdentity({ ...typed, dateOfBirth }, citizen);
    if (isOne) expect(read().dateOfBirth).toBe(dateOfBirth);
    else expect(field(read)).toBe('dateOfBirth');
  });

  it('R38 R40: the nationality of a foreigner, and of a child or ward who is one', () => {
    const foreigner = {
      kind: 'CHILD',
      personalNumber: null,
      passport: 'AB123456',
      passportCountry: 'DEU',
    } as const;
    expect(field(() => readIdentity(typed, foreigner))).toBe('nationality');
    for (const nationality of ['VNM', 'DE', 'deu', ''])
      expect(field(() => readIdentity({ ...typed, nationality }, foreigner))).toBe('nationality');
    expect(readIdentity({ ...typed, nationality: 'DEU' }, foreigner).nationality).toBe('DEU');
    expect(field(() => readIdentity({ ...typed, nationality: 'DEU' }, citizen))).toBe('nationality');
  });

  it('R64 R65: the QR of the card fills in what was not typed, and what was typed stands', () => {
    const cardQr = '097204000777||Trần Văn Mới|06052004|Nam|Xã Mẫu, Hà Nội|01082024|thêm';
    const read = readIdentity({ source: 'CARD_QR', cardQr, fullName: 'Trần Văn Mơi' }, citizen);
    expect(read).toMatchObject({
      fullName: 'Trần Văn Mơi',
      permanentResidence: 'Xã Mẫu, Hà Nội',
      extra: ['thêm'],
    });
  });

  it('R64 R100: a QR that is none, or another’s, is refused with its reason', () => {
    expect(field(() => readIdentity({ source: 'CARD_QR', cardQr: 'hello' }, citizen))).toBe(
      'REGISTRATION_QR_UNREADABLE',
    );
    const other = '097204000778||Trần Văn Mới|06052004|Nam|Xã Mẫu, Hà Nội|01082024';
    expect(field(() => readIdentity({ source: 'CARD_QR', cardQr: other }, citizen))).toBe(
      'REGISTRATION_OTHER_NUMBER',
    );
  });

  it('R23: an organisation declares name, tax code and sector', () => {
    const input = {
      legalName: 'Công ty Mẫu',
      taxCode: '0101234567-001',
      sector: 'hotel',
      authenticated: false,
    };
    expect(readOrganisation(input).organisation).toEqual(input);
    expect(field(() => readOrganisation({ ...input, taxCode: '12' }))).toBe('taxCode');
  });
});
