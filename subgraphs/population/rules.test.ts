import type { SubjectIdentifiers } from '@dinhdanh/kit';
import fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import {
  attestedNumberOf,
  cardStatusOn,
  cardToShow,
  endsBetween,
  isProvinceCode,
  matchCitizens,
  nameAskedAbout,
  numbersOf,
  residesIn,
} from './rules.ts';

const id = (personalNumber: string, cancelledNumbers: string[] = []): SubjectIdentifiers => ({
  kind: 'CITIZEN',
  personalNumber,
  cancelledNumbers,
  oldIdNumber: null,
  matchName: 'nguyen van an',
  dateOfBirth: '1990-01-01',
  passports: [],
});
const row = (personalNumber: string, ...previousNumbers: string[]) => ({ personalNumber, previousNumbers });

describe('matching', () => {
  const found = (rows: ReturnType<typeof row>[], ids: Record<string, SubjectIdentifiers>) => {
    const { bySubject, ambiguous } = matchCitizens(rows, ids);
    return {
      ambiguous,
      found: Object.fromEntries(
        [...bySubject].map(([subject, { personalNumber, matchLevel, attestedNumber }]) => [
          subject,
          [personalNumber, matchLevel, attestedNumber],
        ]),
      ),
    };
  };

  test.each([
    ['the number', [row('1')], { a: id('1') }, { a: ['1', 'EXACT_NUMBER', '1'] }, 0],
    [
      'a number cancelled in the account',
      [row('1')],
      { a: id('2', ['1']) },
      { a: ['1', 'CANCELLED_NUMBER', '1'] },
      0,
    ],
    [
      'a number cancelled in the record',
      [row('2', '1')],
      { a: id('1') },
      { a: ['2', 'CANCELLED_NUMBER', '1'] },
      0,
    ],
    ['no number', [row('3')], { a: id('1') }, {}, 0],
    ['cancelled numbers alone', [row('3', '1')], { a: id('2', ['1']) }, {}, 0],
    [
      'the number of one and the past of another',
      [row('1'), row('2', '1')],
      { a: id('1') },
      { a: ['1', 'EXACT_NUMBER', '1'] },
      1,
    ],
    ['the past of two', [row('2', '1'), row('3', '1')], { a: id('1') }, {}, 2],
    ['two subjects', [row('1')], { a: id('1'), b: id('2', ['1']) }, {}, 1],
    [
      'two subjects, a row each',
      [row('1'), row('2')],
      { b: id('2'), a: id('1') },
      { a: ['1', 'EXACT_NUMBER', '1'], b: ['2', 'EXACT_NUMBER', '2'] },
      0,
    ],
  ] as const)('a record by %s', (_, rows, ids, expected, ambiguous) => {
    expect(found([...rows], { ...ids })).toEqual({ found: expected, ambiguous });
  });

  it('never gives a record of which no number is the subject’s, nor one record to two', () => {
    const number = fc.constantFrom('1', '2', '3', '4');
    const rows = fc.uniqueArray(
      fc.record({ personalNumber: number, previousNumbers: fc.uniqueArray(number) }),
      {
        selector: ({ personalNumber }) => personalNumber,
      },
    );
    const ids = fc.dictionary(
      fc.constantFrom('a', 'b', 'c'),
      fc.tuple(number, fc.uniqueArray(number)).map(([own, cancelled]) => id(own, cancelled)),
    );
    fc.assert(
      fc.property(rows, ids, (given, subjects) => {
        const given_ = matchCitizens(given, subjects).bySubject;
        for (const [subject, record] of given_) {
          const known = [subjects[subject]?.personalNumber, ...(subjects[subject]?.cancelledNumbers ?? [])];
          expect(record.subject).toBe(subject);
          expect(known).toContain(record.attestedNumber);
          expect([record.personalNumber, ...record.previousNumbers]).toContain(record.attestedNumber);
        }
        const told = [...given_.values()].map(({ personalNumber }) => personalNumber);
        expect(new Set(told).size).toBe(told.length);
      }),
    );
  });

  it('looks for the numbers of citizens alone, each once', () => {
    const foreigner: SubjectIdentifiers = { ...id('9'), kind: 'FOREIGN_RESIDENT' };
    expect(numbersOf({ a: id('1', ['2']), b: id('2'), c: foreigner })).toEqual(['1', '2']);
    expect(found([row('9')], { c: foreigner })).toEqual({ found: {}, ambiguous: 0 });
  });
});

describe('a card', () => {
  const card = (
    cardStatus: string,
    expiryDate: string | null,
    issueDate = '2021-05-01',
    documentType = 'CCCD_CHIP',
  ) => ({
    documentType,
    cardStatus,
    issueDate,
    expiryDate,
  });

  test.each([
    ['VALID', '2026-11-21', 'VALID'],
    ['VALID', '2026-11-20', 'EXPIRED'],
    ['VALID', null, 'VALID'],
    ['EXPIRED', null, 'EXPIRED'],
    ['LOST', '2020-01-01', 'LOST'],
    ['WITHDRAWN', '2030-01-01', 'WITHDRAWN'],
    ['HELD', '2030-01-01', 'HELD'],
  ])('recorded %s with the last day %s is %s', (recorded, expiryDate, status) => {
    expect(cardStatusOn(card(recorded, expiryDate), '2026-11-21')).toBe(status);
  });

  it('of nine digits ended with 2024 whatever is printed on it', () => {
    const old = card('VALID', '2030-01-01', '2015-01-01', 'CMND');
    expect(cardStatusOn(old, '2024-12-31')).toBe('VALID');
    expect(cardStatusOn(old, '2025-01-01')).toBe('EXPIRED');
  });

  it.each([
    ['VALID', '2026-11-21', true],
    ['VALID', '2026-11-20', false],
    ['VALID', '2026-11-22', false],
    ['VALID', null, false],
    ['LOST', '2026-11-21', false],
  ])('recorded %s with the last day %s ends overnight: %s', (recorded, expiryDate, ends) => {
    expect(endsBetween({ ...card(recorded, '2030-01-01'), expiryDate }, '2026-11-21', '2026-11-22')).toBe(
      ends,
    );
  });

  it('in force is shown before a later one that is not; without any, the last', () => {
    const inForce = card('VALID', '2030-01-01', '2021-01-01');
    const lost = card('LOST', '2035-01-01', '2025-01-01');
    const expired = card('VALID', '2020-01-01', '2010-01-01');
    expect(cardToShow([expired, inForce, lost], '2026-11-21')).toBe(inForce);
    expect(cardToShow([expired, lost], '2026-11-21')).toBe(lost);
    expect(cardToShow([], '2026-11-21')).toBeNull();
  });

  test.each([
    ['2', '1'],
    ['1', '1'],
    ['7', '7'],
  ])('made out to %s under a record of 2, once 1, is attested by %s', (personalNumber, attested) => {
    expect(attestedNumberOf({ personalNumber }, { ...row('2', '1'), attestedNumber: '1' })).toBe(attested);
  });
});

describe('residing in a province', () => {
  const at = (kind: string, provinceCode: string | null, validTo: string | null = null) => ({
    kind,
    provinceCode,
    validTo,
  });
  const home = at('PERMANENT', '01');

  test.each([
    ['by permanent residence', [home], true],
    ['by temporary residence', [at('PERMANENT', '79'), at('TEMPORARY', '01', '2026-11-21')], true],
    ['not by a temporary residence that has ended', [home, at('TEMPORARY', '79', '2026-11-20')], true],
    ['not elsewhere', [at('PERMANENT', '79')], false],
    [
      'not where one only stays beside a registered residence',
      [at('PERMANENT', '79'), at('CURRENT', '01')],
      false,
    ],
    ['where one lives without any registered residence', [at('CURRENT', '01')], true],
    [
      'where one lives after the temporary residence has ended',
      [at('TEMPORARY', '79', '2026-01-01'), at('CURRENT', '01')],
      true,
    ],
    ['not by where one was born', [at('PERMANENT', '79'), at('BIRTH', '01'), at('ORIGIN', '01')], false],
    ['unknown without any residence', [at('BIRTH', '01')], null],
    ['unknown where no province is on record', [at('PERMANENT', null)], null],
    ['whatever else is unknown', [at('TEMPORARY', null), home], true],
  ])('%s', (_, addresses, resides) => {
    expect(residesIn(addresses, '01', '2026-11-21')).toBe(resides);
  });

  test('a residence that has ended tells nothing', () => {
    const ended = [at('PERMANENT', '79'), at('TEMPORARY', '01', '2026-11-20')];
    expect(residesIn(ended, '01', '2026-11-21')).toBe(false);
  });

  test('is asked by two digits', () => {
    expect(['01', '96'].every(isProvinceCode)).toBe(true);
    expect(['1', '001', 'HN', '', '0١', '01\n'].some(isProvinceCode)).toBe(false);
  });
});

test('a name that is asked about has letters, and no more than a name has', () => {
  expect(nameAskedAbout('  ĐỖ  Huy Hòa')).toBe('do huy hoa');
  expect(nameAskedAbout('\u0301 ')).toBeNull();
  expect(nameAskedAbout('a'.repeat(100))).not.toBeNull();
  expect(nameAskedAbout('a'.repeat(101))).toBeNull();
});
