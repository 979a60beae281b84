import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { nameKey, plainCapitals, swapTonePlacement, toneKey } from './name-key.ts';

describe('nameKey', () => {
  it.each([
    ['Nguyễn Thị Thanh Hà', 'nguyen thi thanh ha'],
    ['ĐỖ HUY HOÀ', 'do huy hoa'],
    ['  Đỗ   Huy Hòa ', 'do huy hoa'],
    ['Y Bhiông Êban', 'y bhiong eban'],
    ['Ðặng Thuỳ', 'dang thuy'],
  ])('reads %s as %s', (name, key) => {
    expect(nameKey(name)).toBe(key);
  });

  it('is the same for composed and decomposed text, and for its own result', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (text) => {
        const key = nameKey(text.normalize('NFC'));
        return nameKey(text.normalize('NFD')) === key && nameKey(key) === key;
      }),
    );
  });
});

describe('tone placement', () => {
  it.each([
    ['Hòa', 'Hoà'],
    ['Thúy', 'Thuý'],
    ['Khỏe', 'Khoẻ'],
  ])('%s and %s are one name', (old, modern) => {
    expect(swapTonePlacement(old)).toBe(modern);
    expect(swapTonePlacement(modern)).toBe(old);
    expect(toneKey(old)).toBe(toneKey(modern));
  });

  it('does not move a tone inside a closed syllable', () => {
    expect(swapTonePlacement('Hoàn Toàn')).toBe('Hoàn Toàn');
    expect(swapTonePlacement('Quý')).toBe('Quý');
  });

  it('tells different tones apart', () => {
    expect(toneKey('Hòa')).not.toBe(toneKey('Hóa'));
  });
});

it('plain capitals are what old printers wrote', () => {
  expect(plainCapitals('Đỗ Huy Hòa')).toBe('DO HUY HOA');
});
