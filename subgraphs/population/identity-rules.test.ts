import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { compareCitizen } from './identity-rules.ts';
import type { DeclaredCitizen, RecordedCitizen } from './identity-rules.ts';

const today = '2026-11-21';
const record: RecordedCitizen = {
  personalNumber: '097190000011',
  fullName: 'Nguyễn Thị Mẫu',
  dateOfBirth: '1990-03-02',
  sex: 'FEMALE',
  nationality: ['VNM', 'FRA'],
  oldIdNumber: '970000001',
  isGone: false,
  addresses: [
    {
      kind: 'PERMANENT',
      text: 'Phường Mẫu, Thành phố Huế',
      legacyText: 'Phường Thử, Quận Mẫu, Thừa Thiên Huế',
    },
    { kind: 'CURRENT', text: 'Xã Thử, Tỉnh Lào Cai', legacyText: null },
  ],
  cards: [
    { documentType: 'CCCD_CHIP', cardStatus: 'VALID', issueDate: '2021-06-15', expiryDate: '2030-03-02' },
    { documentType: 'CMND', cardStatus: 'VALID', issueDate: '2010-01-01', expiryDate: null },
    {
      documentType: 'CCCD_BARCODE',
      cardStatus: 'WITHDRAWN',
      issueDate: '2016-01-01',
      expiryDate: '2031-01-01',
    },
  ],
};
const declared: DeclaredCitizen = {
  personalNumber: record.personalNumber,
  fullName: 'NGUYỄN THỊ MẪU',
  mrzName: 'NGUYEN<<THI<MAU',
  dateOfBirth: '1990-03-02',
  sex: 'FEMALE',
  nationality: ['VNM'],
  permanentResidence: 'phường Mẫu, Huế',
  currentResidence: 'Xã Thử, Lào Cai',
  oldIdNumber: '970000001',
  cardIssueDate: '2021-06-15',
};
const compare = (changes: Partial<DeclaredCitizen>, of: Partial<RecordedCitizen> = {}) =>
  compareCitizen({ ...declared, ...changes }, { ...record, ...of }, today);

describe('a citizen’s declaration', () => {
  it('matches the record it is made from', () => {
    expect(compare({})).toEqual({ level: 'FULL', differing: [] });
  });

  it.each<[string, Partial<DeclaredCitizen>, Partial<RecordedCitizen>, string]>([
    ['a cancelled number', { personalNumber: '097090000011' }, {}, 'PERSONAL_NUMBER'],
    ['another mark in the name', { fullName: 'Nguyễn Thị Mâu' }, {}, 'FULL_NAME'],
    ['another name in the zone', { mrzName: 'NGUYEN<<THI<MAI' }, {}, 'FULL_NAME'],
    ['the year alone', { dateOfBirth: '1990' }, {}, 'DATE_OF_BIRTH'],
    ['another day', { dateOfBirth: '1990-03-03' }, {}, 'DATE_OF_BIRTH'],
    ['another sex', { sex: 'MALE' }, {}, 'SEX'],
    ['one nationality too many', { nationality: ['VNM', 'USA'] }, {}, 'NATIONALITY'],
    ['another place', { permanentResidence: 'Xã Khác, Huế' }, {}, 'PERMANENT_RESIDENCE'],
    ['the permanent place as the current', { currentResidence: 'Phường Mẫu, Huế' }, {}, 'CURRENT_RESIDENCE'],
    ['an old number that is not recorded', {}, { oldIdNumber: null }, 'OLD_ID_NUMBER'],
    ['a card of the time before the last', { cardIssueDate: '2016-01-01' }, {}, 'IDENTITY_CARD'],
    ['a 9-digit card, which none is any more', { cardIssueDate: '2010-01-01' }, {}, 'IDENTITY_CARD'],
    ['a card that nobody issued', { cardIssueDate: '2021-06-16' }, {}, 'IDENTITY_CARD'],
  ])('with %s differs in that and nothing else', (_, changes, of, field) => {
    expect(compare(changes, of)).toEqual({ level: 'PARTIAL', differing: [field] });
  });

  it.each<[string, Partial<DeclaredCitizen>, Partial<RecordedCitizen>]>([
    [
      'a place as printed before July 2025',
      { permanentResidence: 'P. Thử, Q. Mẫu, tỉnh Thừa Thiên Huế' },
      {},
    ],
    ['a name without marks', { fullName: 'nguyen thi mau' }, {}],
    ['a date of which the record knows the year', {}, { dateOfBirth: '1990' }],
    [
      'nothing beyond who they are',
      {
        ...{ mrzName: null, nationality: null, permanentResidence: undefined, currentResidence: undefined },
        ...{ oldIdNumber: null, cardIssueDate: null },
      },
      { addresses: [], cards: [], oldIdNumber: null },
    ],
  ])('with %s matches', (_, changes, of) => {
    expect(compare(changes, of)).toEqual({ level: 'FULL', differing: [] });
  });

  it('matches nobody who is dead or missing, whatever is declared', () => {
    expect(compare({}, { isGone: true })).toEqual({ level: 'NONE', differing: [] });
  });

  it('of whom neither name nor date of birth is right reads as that of a number that nobody has', () => {
    const guess = { fullName: 'Trần Văn Thử', dateOfBirth: '1990' };
    const unknown = compareCitizen({ ...declared, ...guess }, null, today);
    expect(compare({ ...guess, mrzName: null })).toEqual(unknown);
    expect(compareCitizen(declared, null, today)).toEqual(unknown);
    expect(unknown).toEqual({ level: 'NONE', differing: [] });
  });

  it('is never answered by a value of the record', () => {
    const text = fc.string({ minLength: 1, maxLength: 12 });
    const recorded = fc.record({ fullName: text, dateOfBirth: text, sex: text, oldIdNumber: text });
    fc.assert(
      fc.property(recorded, (values) => {
        const told = compare({}, values);
        expect(['FULL', 'PARTIAL', 'NONE']).toContain(told.level);
        for (const field of told.differing)
          expect(field).toMatch(/^(FULL_NAME|DATE_OF_BIRTH|SEX|OLD_ID_NUMBER)$/);
      }),
    );
  });
});
