import { describe, expect, it } from 'vitest';
import { compareForeigner } from './identity-rules.ts';
import type { DeclaredForeigner, RecordedForeigner } from './identity-rules.ts';

const today = '2026-11-21';
const file: RecordedForeigner = {
  fullName: 'John Smith',
  dateOfBirth: '1985-07-09',
  sex: 'MALE',
  nationality: ['GBR'],
  passports: [
    { number: 'A1234567', issuer: 'GBR', expiryDate: '2030-01-01' },
    { number: 'A7654321', issuer: 'GBR', expiryDate: '2020-01-01' },
  ],
};
const declared: DeclaredForeigner = {
  personalNumber: '097300000011',
  passportNumber: 'A1234567',
  passportIssuer: 'GBR',
  fullName: 'JOHN SMITH',
  mrzName: 'SMITH<<JOHN',
  dateOfBirth: '1985-07-09',
  sex: 'MALE',
  nationality: ['GBR'],
};
const whole = { level: 'FULL', differing: [], isAmbiguous: false };
const none = { level: 'NONE', differing: [], isAmbiguous: false };
const compare = (changes: Partial<DeclaredForeigner>, files: readonly RecordedForeigner[] = [file]) =>
  compareForeigner({ ...declared, ...changes }, files, today);

describe('a foreigner’s declaration', () => {
  it('matches the file it is made from, by the number or by the passport alone', () => {
    expect(compare({})).toEqual(whole);
    expect(compare({ personalNumber: null })).toEqual(whole);
    expect(compare({ personalNumber: '' })).toEqual(whole);
    expect(compare({ passportNumber: null, passportIssuer: null })).toEqual(whole);
  });

  it.each<[string, Partial<DeclaredForeigner>, string]>([
    ['another name', { fullName: 'John Smythe' }, 'FULL_NAME'],
    ['another name in the zone', { mrzName: 'SMITH<<JANE' }, 'FULL_NAME'],
    ['another date of birth', { dateOfBirth: '1985-07-08' }, 'DATE_OF_BIRTH'],
    ['another sex', { sex: 'UNSPECIFIED' }, 'SEX'],
    ['another nationality', { nationality: ['FRA'] }, 'NATIONALITY'],
    ['no nationality', { nationality: [] }, 'NATIONALITY'],
    ['a passport past its day', { passportNumber: 'A7654321' }, 'PASSPORT'],
    ['a passport of another country', { passportIssuer: 'FRA' }, 'PASSPORT'],
  ])('with %s differs in that and nothing else', (_, changes, field) => {
    expect(compare(changes)).toEqual({ level: 'PARTIAL', differing: [field], isAmbiguous: false });
  });

  it('that nobody fits reads the same whether there is a file or not', () => {
    const guess = { fullName: 'Jane Doe', dateOfBirth: '1985' };
    expect(compare(guess)).toEqual(none);
    expect(compare({}, [])).toEqual(none);
  });

  it('by a passport is held against nationals of its country alone, since two countries may give one number', () => {
    const french = { ...file, nationality: ['FRA'] };
    expect(compare({ personalNumber: null }, [french])).toEqual(none);
    expect(compare({ personalNumber: null }, [french, file])).toEqual(whole);
  });

  it('by a passport that leads to two people is answered by nothing', () => {
    const other = { ...file, fullName: 'Joan Smith' };
    expect(compare({ personalNumber: null }, [file, other])).toEqual({ ...none, isAmbiguous: true });
    expect(compare({ personalNumber: null }, [file, file])).toEqual(whole);
    expect(compare({}, [file, other])).toEqual(whole);
  });
});
