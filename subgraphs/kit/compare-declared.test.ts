import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fitsMrzName, sameDate, sameName, samePlace } from './compare-declared.ts';
import { matchName } from './match-name.ts';

const word = fc.constantFrom(
  ...['Nguyễn', 'Đỗ', 'Thị', 'Hòa', 'Thúy', 'Ngọc', 'Ánh', 'Huy', 'Quỳnh', 'Lê', 'Phượng', 'Ưng', 'An'],
);
const name = fc.array(word, { minLength: 1, maxLength: 5 }).map((words) => words.join(' '));

/** Ways to write one name: composed or not, capitals, spaces. */
const writing = fc.record({
  form: fc.constantFrom('NFC', 'NFD'),
  capitals: fc.boolean(),
  gap: fc.constantFrom(' ', '  ', '\t'),
});
const write = (text: string, { form, capitals, gap }: { form: string; capitals: boolean; gap: string }) =>
  ` ${(capitals ? text.toUpperCase() : text.toLowerCase()).replaceAll(' ', gap)} `.normalize(form);

describe('a declared name', () => {
  it.each([
    ['Đỗ Huy Hòa', 'ĐỖ  HUY HOÀ', true],
    ['Ðỗ Huy Hòa', 'Đỗ Huy Hòa', true],
    ['Do Huy Hoa', 'Đỗ Huy Hòa', true],
    ['Đỗ Huy Hòa', 'DO HUY HOA', true],
    ['Đỗ Huy Hoa', 'Đỗ Huy Hòa', false],
    ['Đỗ Huy Hóa', 'Đỗ Huy Hòa', false],
    ['Đo Huy Hòa', 'Đỗ Huy Hòa', false],
    ['Hòa Huy Đỗ', 'Đỗ Huy Hòa', false],
    ['Đỗ Huy', 'Đỗ Huy Hòa', false],
    ['Nguyễn Thị Lý', 'Nguyễn Thị Lí', false],
    ['Na', 'An', false],
    ['', '', false],
    ['', 'Đỗ Huy Hòa', false],
  ])('%j is that of %j: %s', (declared, recorded, same) => {
    expect(sameName(declared, recorded)).toBe(same);
  });

  it('is the recorded one however it is composed, spaced and set', () => {
    fc.assert(
      fc.property(name, writing, (text, as) => {
        expect(sameName(write(text, as), text)).toBe(true);
      }),
    );
  });

  it('written wholly without marks is the recorded one, and no other', () => {
    fc.assert(
      fc.property(name, name, (one, other) => {
        expect(sameName(matchName(one), one)).toBe(true);
        expect(sameName(matchName(one), other)).toBe(matchName(one) === matchName(other));
      }),
    );
  });

  it('holds both ways round', () => {
    fc.assert(
      fc.property(name, name, (one, other) => {
        expect(sameName(one, other)).toBe(sameName(other, one));
      }),
    );
  });
});

/** As an issuer prints it: no marks, `<` for spaces, cut at the end of its line. */
const printed = (text: string, length: number): string => {
  const [surname = '', ...given] = matchName(text).toUpperCase().split(' ');
  return [surname, given.join('<')].join('<<').slice(0, length).replace(/<+$/, '');
};

describe('the name of a machine-readable zone', () => {
  it.each([
    ['NGUYEN<<THI<MAU', 'Nguyễn Thị Mẫu', true],
    ['NGUYEN<<THI', 'Nguyễn Thị Mẫu', false],
    ['NGUYEN<<THI<MAU<ANH', 'Nguyễn Thị Mẫu', false],
    ['NGUYEN<<THI<MA', 'Nguyễn Thị Mẫu', false],
    ['DO', 'Đỗ', true],
    ['NGUYEN<HOANG<PHUONG<<KHANH<NGO', 'Nguyễn Hoàng Phương Khanh Ngọc', true],
    ['NGUYEN<HOANG<PHUONG<<KHANH<NGO', 'Nguyễn Hoàng Phương Khanh An', false],
    ['', 'Nguyễn Thị Mẫu', false],
    ['OCONNOR<<MARY<ANN', "O'Connor Mary-Ann", true],
  ])('%j fits %j: %s', (mrz, recorded, fits) => {
    expect(fitsMrzName(mrz, recorded)).toBe(fits);
  });

  it('of a foreigner fits whichever name is recorded first, and of a citizen not', () => {
    expect(fitsMrzName('SMITH<<JOHN', 'John Smith', { anyOrder: true })).toBe(true);
    expect(fitsMrzName('SMITH<<JOHN', 'John Smith')).toBe(false);
  });

  it('fits the name it was printed from, cut or not', () => {
    const long = fc.array(word, { minLength: 1, maxLength: 9 }).map((words) => words.join(' '));
    fc.assert(
      fc.property(long, (text) => {
        expect(fitsMrzName(printed(text, 30), text)).toBe(true);
      }),
    );
  });

  it('that is not cut fits no longer name', () => {
    fc.assert(
      fc.property(name, word, (text, further) => {
        const mrz = printed(text, 30);
        fc.pre(mrz.length < 29);
        expect(fitsMrzName(mrz, `${text} ${further}`)).toBe(false);
      }),
    );
  });
});

describe('a declared date', () => {
  it.each([
    ['1950-03-02', '1950-03-02', true],
    ['1950-03-02', '1950', true],
    ['1950-03-02', '1950-03', true],
    ['1950', '1950', true],
    ['1950', '1950-03-02', false],
    ['1950-03', '1950-03-02', false],
    ['1950-03-02', '1951', false],
    ['1950-03-02', '195', false],
    ['1950-03-02', '', false],
  ])('%s is the recorded %s: %s', (declared, recorded, same) => {
    expect(sameDate(declared, recorded)).toBe(same);
  });

  it('less exact than the record is never it: the year stands in the number', () => {
    const day = fc.date({ min: new Date('1900-01-01'), max: new Date('2026-12-31'), noInvalidDate: true });
    fc.assert(
      fc.property(day, (date) => {
        const whole = date.toISOString().slice(0, 10);
        for (const known of [whole.slice(0, 4), whole.slice(0, 7)]) {
          expect(sameDate(known, whole)).toBe(false);
          expect(sameDate(whole, known)).toBe(true);
        }
      }),
    );
  });
});

describe('a declared address', () => {
  it.each([
    ['Thôn Mẫu, Xã Mẫu, Hà Nội', 'Thôn Mẫu, xã Mẫu, Thành phố Hà Nội', true],
    ['P. 5, Q.3, TP. Hồ Chí Minh', 'Phường 5, Quận 3, Thành phố Hồ Chí Minh', true],
    ['Phường 5, Quận 3, TP Hồ Chí Minh', 'Phường 3, Quận 5, TP Hồ Chí Minh', false],
    ['Xã Mẫu, Hà Nội', 'Thôn Mẫu, Xã Mẫu, Hà Nội', false],
    ['Thon Mau,Xa Mau,Ha Noi', 'Thôn Mẫu, Xã Mẫu, Hà Nội', true],
    ['', '', false],
    [', ,', '', false],
  ])('%j is %j: %s', (declared, recorded, same) => {
    expect(samePlace(declared, [recorded])).toBe(same);
  });

  it('may be as any of the recorded writings has it: papers of before July 2025 stay good', () => {
    const writings = ['Phường Mẫu, Thành phố Huế', 'Phường Thử, Quận Mẫu, Thừa Thiên Huế'];
    expect(samePlace('phường thử, Q. Mẫu, tỉnh Thừa Thiên Huế', writings)).toBe(true);
    expect(samePlace('phường thử, Thành phố Huế', writings)).toBe(false);
    expect(samePlace('phường mẫu, Huế', [])).toBe(false);
  });
});
