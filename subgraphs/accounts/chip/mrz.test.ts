import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { checkDigit, readMrz } from './mrz.ts';
import { sampleHolder } from './synthetic/sample-state.ts';
import { zoneOf } from './synthetic/write-groups.ts';

/** The specimen of ICAO Doc 9303-5, appendix B, and a card whose number is too long for its field (9303-11, D.2). */
const SPECIMEN =
  'I<UTOD231458907<<<<<<<<<<<<<<<\n7408122F1204159UTO<<<<<<<<<<<6\nERIKSSON<<ANNA<MARIA<<<<<<<<<<';
const LONG_NUMBER =
  'I<UTOD23145890<7349<<<<<<<<<<<\n3407127M9507122UTO<<<<<<<<<<<2\nSTEVENSON<<PETER<JOHN<<<<<<<<<';

describe('check digits', () => {
  it.each([
    ['520727', 3],
    ['AB2134<<<', 5],
    ['HA672242<658022549601086<<<<<<<<<<<<<<0', 8],
    ['D231458907<<<<<<<<<<<<<<<34071279507122<<<<<<<<<<', 2],
    ['HA672242<658022549601086<<<<<<<', 8],
    ['L898902C3', 6],
    ['740812', 2],
    ['D23145890734', 9],
  ])('are as ICAO Doc 9303-3 and its appendix work them out: %s', (field, digit) => {
    expect(checkDigit(field)).toBe(digit);
  });

  it('have no value for what never stands in a machine readable zone', () => {
    expect(checkDigit('52a727')).toBeNull();
  });
});

describe('the machine readable zone', () => {
  it('is read as in the specimen of ICAO Doc 9303-5', () => {
    expect(readMrz(SPECIMEN)).toEqual({
      documentCode: 'I',
      issuingState: 'UTO',
      documentNumber: 'D23145890',
      optional: '',
      dateOfBirth: '740812',
      sex: 'F',
      dateOfExpiry: '120415',
      nationality: 'UTO',
      optionalSecond: '',
      surname: 'ERIKSSON',
      givenNames: 'ANNA MARIA',
    });
  });

  it('keeps a number whole that goes on in the optional places', () => {
    expect(readMrz(LONG_NUMBER)).toMatchObject({
      documentNumber: 'D23145890734',
      optional: '',
      surname: 'STEVENSON',
    });
  });

  it('is read from a Vietnamese card, with the personal number in the optional places', () => {
    expect(readMrz(zoneOf(sampleHolder))).toMatchObject({
      documentCode: 'ID',
      issuingState: 'VNM',
      documentNumber: '188000101',
      optional: '097188000101<<1',
      dateOfBirth: '880514',
      surname: 'DANG',
      givenNames: 'THI THANH HA',
    });
  });

  it('leaves what is unknown of a birth open', () => {
    expect(readMrz(zoneOf({ ...sampleHolder, dateOfBirth: '1944' }))?.dateOfBirth).toBe('44<<<<');
  });

  it('is none with one digit or letter changed where a check digit stands for it', () => {
    const lines = SPECIMEN.replaceAll('\n', '');
    const guarded = [...Array(10).keys()]
      .map((at) => at + 5)
      .concat([30, 31, 32, 33, 34, 35, 36, 38, 39, 40, 41, 42, 43, 44, 59]);
    for (const at of guarded) {
      const other = lines[at] === '1' ? '2' : '1';
      expect(readMrz(lines.slice(0, at) + other + lines.slice(at + 1)), String(at)).toBeNull();
    }
  });

  it('is none in any other length, alphabet or order, and reading it never throws', () => {
    expect(readMrz(SPECIMEN.slice(0, -1))).toBeNull();
    expect(readMrz(SPECIMEN.toLowerCase())).toBeNull();
    expect(readMrz(SPECIMEN.split('\n').reverse().join('\n'))).toBeNull();
    fc.assert(
      fc.property(fc.stringMatching(/^[A-Z0-9<]{90}$/), (text) => {
        const mrz = readMrz(text);
        expect(mrz === null || typeof mrz.documentNumber === 'string').toBe(true);
      }),
    );
  });
});
