import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { matchName } from './match-name.ts';

describe('the match key of a name', () => {
  it.each([
    ['Đỗ Huy Hòa', 'do huy hoa'],
    ['Đỗ Huy Hoà', 'do huy hoa'],
    ['ĐỖ  HUY\tHÒA ', 'do huy hoa'],
    ['Ðỗ Huy Hòa', 'do huy hoa'],
    ['Ɖỗ Huy Hòa', 'do huy hoa'],
    ['đỗ huy hòa', 'do huy hoa'],
    ['NGUYEN THI THANH HA', 'nguyen thi thanh ha'],
    ['Nguyễn Thị Thanh Hà', 'nguyen thi thanh ha'],
    ['Trần Thị Thuý', 'tran thi thuy'],
    ['Trần Thị Thúy', 'tran thi thuy'],
    ['Lương Hữu Phước', 'luong huu phuoc'],
    ['Y-Bih Niê', 'y-bih nie'],
    ['KIM MIN JAE', 'kim min jae'],
  ])('of %s is %s', (name, key) => {
    expect(matchName(name)).toBe(key);
  });

  const name = fc
    .array(fc.constantFrom('Đ', 'đ', 'Ơ', 'ư', 'ấ', 'Ộ', 'ỷ', 'n', 'G', ' ', 'ễ', 'Ằ', 'h'), {
      maxLength: 24,
    })
    .map((letters) => letters.join(''));

  it('is the same composed and decomposed, and its own key', () => {
    fc.assert(
      fc.property(name, (text) => {
        const key = matchName(text);
        expect(matchName(text.normalize('NFC'))).toBe(key);
        expect(matchName(text.normalize('NFD'))).toBe(key);
        expect(matchName(text.toUpperCase())).toBe(key);
        expect(matchName(key)).toBe(key);
        expect(key).toMatch(/^[a-z]*( [a-z]+)*$/);
      }),
    );
  });
});
