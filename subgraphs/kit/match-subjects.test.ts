import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { SubjectIdentifiers } from './caller-token.ts';
import { identifierOf, matchKeys, matchSubjects } from './match-subjects.ts';
import type { IdentityColumns } from './match-subjects.ts';

const hoa: SubjectIdentifiers = {
  kind: 'CITIZEN',
  personalNumber: '097061000001',
  cancelledNumbers: ['097060000001'],
  oldIdNumber: '970000001',
  matchName: 'do huy hoa',
  dateOfBirth: '1961-07-03',
  passports: ['Y0000001'],
};
const row = (columns: Partial<IdentityColumns>): IdentityColumns => ({
  personalNumber: null,
  oldIdNumber: null,
  passportNumber: null,
  holderName: 'Đỗ Huy Hòa',
  matchName: 'do huy hoa',
  dateOfBirth: '1961-07-03',
  ...columns,
});
const levels = (rows: IdentityColumns[], ids: Record<string, SubjectIdentifiers> = { hoa }) =>
  matchSubjects(rows, ids).matched.map(({ subject, matchLevel }) => [subject, matchLevel]);

describe('whose a row is', () => {
  it.each<[string, Partial<IdentityColumns>, string | null]>([
    ['by the number', { personalNumber: '097061000001' }, 'EXACT_NUMBER'],
    [
      'by the number, whatever the name says',
      { personalNumber: '097061000001', matchName: 'x' },
      'EXACT_NUMBER',
    ],
    ['by a cancelled number', { personalNumber: '097060000001' }, 'CANCELLED_NUMBER'],
    ['by old number, name and birth date', { oldIdNumber: '970000001' }, 'OLD_NUMBER_NAME_BIRTH'],
    ['by passport, name and birth date', { passportNumber: 'Y0000001' }, 'OLD_NUMBER_NAME_BIRTH'],
    ['not by old number and another name', { oldIdNumber: '970000001', matchName: 'do huy' }, null],
    ['not by old number and another birth date', { oldIdNumber: '970000001', dateOfBirth: '1961' }, null],
    ['not by name and birth date alone', {}, null],
    [
      'not by old number where the row knows another person’s',
      { personalNumber: '1', oldIdNumber: '970000001' },
      null,
    ],
  ])('is told %s', (_, columns, level) => {
    expect(levels([row(columns)])).toEqual(level === null ? [] : [['hoa', level]]);
  });

  it('is not told of old rows once they are spelt as two people, and is of those with a number', () => {
    const old = (holderName: string) => row({ oldIdNumber: '970000001', holderName });
    const sure = row({ personalNumber: '097061000001', holderName: 'Đỗ Huy Hoá' });
    const one = [old('Đỗ Huy Hòa'), old('Đỗ Huy Hoà'), old('DO HUY HOA'), old('ĐỖ HUY HÒA')];
    expect(levels([...one, sure])).toHaveLength(5);
    const two = matchSubjects([...one, old('Đỗ Huy Hoá'), sure], { hoa });
    expect(two.matched.map(({ matchLevel }) => matchLevel)).toEqual(['EXACT_NUMBER']);
    expect(two.ambiguous).toBe(5);
  });

  it('is not told of a row that fits two people', () => {
    const twin = { ...hoa, personalNumber: '097061000002', cancelledNumbers: [] };
    const outcome = matchSubjects([row({ oldIdNumber: '970000001' })], { hoa, twin });
    expect(outcome).toEqual({ matched: [], ambiguous: 1 });
  });

  it('keeps the order of the rows', () => {
    const rows = [row({ oldIdNumber: '970000001' }), row({ personalNumber: '097061000001' })];
    expect(levels(rows).map(([, level]) => level)).toEqual(['OLD_NUMBER_NAME_BIRTH', 'EXACT_NUMBER']);
  });
});

// Few values, so that rows and people collide all the time.
const number = fc.constantFrom('n1', 'n2', 'n3');
const old = fc.constantFrom('o1', 'o2');
const passport = fc.constantFrom('p1', 'p2');
const names = [
  ['Hòa', 'hoa'],
  ['Hoà', 'hoa'],
  ['Hóa', 'hoa'],
  ['HOA', 'hoa'],
  ['Bình', 'binh'],
] as const;
const birth = fc.constantFrom('1961', '1961-07-03');
const anyRow: fc.Arbitrary<IdentityColumns> = fc
  .record({
    personalNumber: fc.option(number),
    oldIdNumber: fc.option(old),
    passportNumber: fc.option(passport),
    dateOfBirth: birth,
    holderName: fc.constantFrom(...names),
  })
  .map(({ holderName: [holderName, matchName], ...columns }) => ({ ...columns, holderName, matchName }));
const anyIds: fc.Arbitrary<SubjectIdentifiers> = fc.record({
  kind: fc.constantFrom('CITIZEN' as const, 'FOREIGN_RESIDENT' as const),
  personalNumber: number,
  cancelledNumbers: fc.array(number, { maxLength: 2 }),
  oldIdNumber: fc.option(old),
  matchName: fc.constantFrom('hoa', 'binh'),
  dateOfBirth: birth,
  passports: fc.array(passport, { maxLength: 2 }),
});
const anyCase = fc.tuple(
  fc.array(anyRow, { maxLength: 8 }),
  fc.dictionary(fc.constantFrom('a', 'b', 'c'), anyIds, { maxKeys: 3 }),
);

describe('however rows and people collide', () => {
  it('a row is given to one subject at most, and is one of its own identifiers’', () => {
    fc.assert(
      fc.property(anyCase, ([rows, ids]) => {
        const marked = rows.map((columns, place) => ({ ...columns, place }));
        const { matched } = matchSubjects(marked, ids);
        expect(new Set(matched.map(({ place }) => place)).size).toBe(matched.length);
        for (const { subject, ...columns } of matched) {
          const id = ids[subject] as SubjectIdentifiers;
          const own = [id.personalNumber, ...id.cancelledNumbers, id.oldIdNumber, ...id.passports];
          expect(own).toContain(identifierOf(columns));
          const others = Object.entries(ids).filter(([other]) => other !== subject);
          for (const [, other] of others) {
            if (columns.personalNumber !== null)
              expect([other.personalNumber, ...other.cancelledNumbers]).not.toContain(columns.personalNumber);
          }
        }
      }),
    );
  });

  it('old rows that are shown to one subject could all be one person', () => {
    const marked = new Set(['Hòa', 'Hoà']);
    fc.assert(
      fc.property(anyCase, ([rows, ids]) => {
        const { matched } = matchSubjects(rows, ids);
        for (const subject of Object.keys(ids)) {
          const shown = matched.filter((one) => one.subject === subject && one.personalNumber === null);
          const spelt = new Set(shown.map(({ holderName }) => (marked.has(holderName) ? 'Hòa' : holderName)));
          spelt.delete('HOA');
          expect(spelt.size).toBeLessThanOrEqual(1);
        }
      }),
    );
  });

  it('no row of anybody is overlooked by the look-up keys', () => {
    fc.assert(
      fc.property(anyCase, ([rows, ids]) => {
        const { numbers, oldNumbers, passports } = matchKeys(ids);
        const { matched } = matchSubjects(rows, ids);
        for (const { personalNumber, oldIdNumber, passportNumber } of matched) {
          const found =
            numbers.includes(personalNumber ?? '-') ||
            oldNumbers.includes(oldIdNumber ?? '-') ||
            passports.includes(passportNumber ?? '-');
          expect(found).toBe(true);
        }
      }),
    );
  });
});
