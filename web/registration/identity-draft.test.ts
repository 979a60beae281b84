import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  type IdentityDraft,
  identityFault,
  identityInput,
  isCardText,
  typedDate,
  wireDate,
} from './identity-draft.ts';

const draft: IdentityDraft = {
  fullName: ' Nguyễn Thị Mẫu ',
  dateOfBirth: '31/1/1999',
  sex: 'FEMALE',
  nationality: '',
  permanentResidence: 'Xã Mẫu, Hà Nội',
  currentAddress: '',
};

test.each([
  ['31/01/1999', '1999-01-31'],
  ['1.2.2001', '2001-02-01'],
  ['01/1999', '1999-01'],
  ['1999', '1999'],
  ['31/02/1999', null],
  ['1999-01-31', null],
  ['13/1999', null],
  ['', null],
])('R36: a date of birth is read as people write it: %s', (typed, wire) => {
  expect(wireDate(typed)).toBe(wire);
});

test('R36: a date that was declared comes back as it was', () => {
  const days = fc.date({ min: new Date('1900-01-01'), max: new Date('2099-12-31'), noInvalidDate: true });
  fc.assert(
    fc.property(days, (day) => {
      const wire = day.toISOString().slice(0, 10);
      expect(wireDate(typedDate(wire))).toBe(wire);
    }),
  );
});

test.each([
  ['nothing missing', draft, false, null],
  ['no name', { ...draft, fullName: ' ' }, false, 'fullName'],
  ['no date', { ...draft, dateOfBirth: 'x' }, false, 'dateOfBirth'],
  ['no sex', { ...draft, sex: null }, false, 'sex'],
  ['a foreigner without nationality', draft, true, 'nationality'],
] as const)('R35 R37 R38: what is missing is named: %s', (_case, given, isForeign, fault) => {
  expect(identityFault(given, isForeign)).toBe(fault);
});

test('R35: a typed name is sent trimmed and composed', () => {
  expect(identityInput(draft, false)).toMatchObject({
    source: 'MANUAL',
    fullName: 'Nguyễn Thị Mẫu',
    dateOfBirth: '1999-01-31',
    nationality: null,
  });
});

test.each([
  ['001199000001|012345670|Nguyễn Thị Mẫu|31011999|Nữ|Thôn Mẫu|15062021', true],
  ['079205000002||Trần Văn Thử|02092005|Nam|Phường Thử|01082024||extra', true],
  ['https://example.vn', false],
  ['001199000001|x', false],
])('R64: a scanned text is a card or is not: %s', (text, isCard) => {
  expect(isCardText(text)).toBe(isCard);
});
