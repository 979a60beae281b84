import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { checkPasscode } from './check-passcode.ts';
import { checkPassword, PASSWORD_SPECIALS } from './check-password.ts';
import type { PasswordProblem } from './check-password.ts';
import { isCommonPassword } from './known-passwords.ts';

const owner = {
  fullName: 'Nguyễn Thị Ánh Đào',
  dateOfBirth: '1990-03-02',
  personalNumber: '097190000123',
  phone: '+84901234567',
};

describe('R69: a password', () => {
  it.each<[string, PasswordProblem[]]>([
    ['Rau_Muong7x', []],
    ['x9#Kmvqb', []],
    ['Zt4(pQw8*LmN2_rBv6!s', []],
    ['x9#Kmvq', ['TOO_SHORT']],
    ['Zt4(pQw8*LmN2_rBv6!sX', ['TOO_LONG']],
    ['xq#Kmvqb', ['DIGIT_MISSING']],
    ['X9#KMVQB', ['SMALL_LETTER_MISSING']],
    ['x9#kmvqb', ['CAPITAL_MISSING']],
    ['x9rKmvqb', ['SPECIAL_MISSING']],
    ['x9#Kmvqb ', ['CHARACTER_NOT_ALLOWED']],
    ['x9#Kmvqệb', ['CHARACTER_NOT_ALLOWED']],
    ['x9%Kmvqb', ['SPECIAL_MISSING', 'CHARACTER_NOT_ALLOWED']],
    ['', ['TOO_SHORT', 'DIGIT_MISSING', 'SMALL_LETTER_MISSING', 'CAPITAL_MISSING', 'SPECIAL_MISSING']],
    ['x9#AnhDaoq', ['HAS_NAME']],
    ['x9#NGUYENqv', ['HAS_NAME']],
    ['02031990#qWv', ['HAS_BIRTH_DATE']],
    ['Qv02_03-90', ['CHARACTER_NOT_ALLOWED', 'HAS_BIRTH_DATE']],
    ['Qv900302_x', ['HAS_BIRTH_DATE']],
    ['Qv_000123x', ['HAS_NUMBER']],
    ['Qv_234567x', ['HAS_PHONE', 'COMMON'].toReversed() as PasswordProblem[]],
    ['Qv_0901_23x', ['HAS_PHONE']],
    ['Password1!', ['COMMON']],
  ])('%j breaks %j', (password, problems) => {
    expect(checkPassword(password, owner)).toEqual(problems);
  });

  it('of four classes and the right length is taken, unless it is common or somebody’s own', () => {
    const characters = fc.constantFrom(...'abcxyzABCXYZ0189', ...PASSWORD_SPECIALS);
    fc.assert(
      fc.property(fc.string({ unit: characters, minLength: 8, maxLength: 20 }), (password) => {
        const whole = /^(?=.*\d)(?=.*[a-z])(?=.*[A-Z])(?=.*[!@#$^*()_])[A-Za-z\d!@#$^*()_]{8,20}$/.test(
          password,
        );
        const problems = checkPassword(password).filter((problem) => problem !== 'COMMON');
        expect(problems.length === 0).toBe(whole);
      }),
    );
  });

  it.each([
    ...[
      'Password1!',
      'P@ssw0rd',
      'P@$$w0rd1',
      'Qwerty123!',
      'Qwerty_2024',
      'Abc@1234',
      'Aa@123456',
      'Admin@123',
    ],
    ...['Welcome1!', 'Iloveyou1!', 'Vietnam@2024', 'Matkhau1!', 'MatKhau@123', 'Anhyeuem1@', 'Hanoi@2025'],
    ...[
      'Nguyen@123',
      'VNeID@2025',
      'Dinhdanh#1',
      'Q1w2e3r4!',
      'Abcd1234!',
      'A123456!',
      '1!Password',
      'Test@Test1',
    ],
    ...['Passw0rd!', 'Letmein_1', 'Zxcvbnm1!', 'Saigon_79', 'Aaaaaaa1!', 'Tinhyeu@99'],
  ])('%s is common', (password) => {
    expect(isCommonPassword(password)).toBe(true);
  });

  it.each(['Rau_Muong7x', 'Kem#Dua4ly', 'tRangNon*82', 'Xe(May)50cc', 'Mua_thu7laBay', 'Bun*Cha3suat'])(
    '%s is not',
    (password) => {
      expect(isCommonPassword(password)).toBe(false);
    },
  );
});

describe('a passcode', () => {
  it.each([
    ['402917', []],
    ['12345', ['NOT_SIX_DIGITS']],
    ['٤٠٢٩١٧', ['NOT_SIX_DIGITS']],
    ['123456', ['RUN']],
    ['987654', ['RUN']],
    ['111111', ['REPEATED']],
    ['121212', ['REPEATED']],
    ['123123', ['REPEATED']],
    ['020390', ['BIRTH_DATE']],
    ['199003', ['BIRTH_DATE']],
  ])('%s breaks %j', (passcode, problems) => {
    expect(checkPasscode(passcode, '1990-03-02')).toEqual(problems);
  });

  it('says nothing of a birth date that is not known', () => {
    expect(checkPasscode('020390', '')).toEqual([]);
    expect(checkPasscode('020390', '1990')).toEqual([]);
  });
});
