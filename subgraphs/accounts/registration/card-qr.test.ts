import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readCardQr } from './card-qr.ts';

const old = '001199000001|012345670|Nguyễn Thị Mẫu|31011999|Nữ|Thôn Mẫu, Xã Mẫu, Hà Nội|15062021';

describe('the QR of a card', () => {
  it('R64 R65: fills in seven fields', () => {
    expect(readCardQr(old)).toEqual({
      personalNumber: '001199000001',
      oldIdNumber: '012345670',
      fullName: 'Nguyễn Thị Mẫu',
      dateOfBirth: '1999-01-31',
      sex: 'FEMALE',
      permanentResidence: 'Thôn Mẫu, Xã Mẫu, Hà Nội',
      issueDate: '2021-06-15',
      extra: [],
    });
  });

  it('R64: takes a card without an old number, with a mark, line ends and decomposed letters, and keeps what follows', () => {
    const text = `\uFEFF079205000002||${'Trần Văn Thử'.normalize('NFD')} |02092005|NAM|Phường Thử, Thành phố Hồ Chí Minh|01082024|Trần Văn A|x\r\n`;
    expect(readCardQr(text)).toMatchObject({
      oldIdNumber: null,
      fullName: 'Trần Văn Thử',
      sex: 'MALE',
      extra: ['Trần Văn A', 'x'],
    });
  });

  it.each([
    ['00001960', '1960'],
    ['00051960', '1960-05'],
    ['29022024', '2024-02-29'],
  ])('R36: a date of birth of which only a part is known is taken as it is: %s', (born, read) => {
    expect(readCardQr(old.replace('31011999', born))?.dateOfBirth).toBe(read);
  });

  it.each([
    ['too few fields', '001199000001|012345670|Nguyễn Thị Mẫu'],
    ['eleven digits', old.replace('001199000001', '00119900000')],
    ['no day of the calendar', old.replace('31011999', '31021999')],
    ['no sex', old.replace('Nữ', 'X')],
    ['no name', old.replace('Nguyễn Thị Mẫu', ' ')],
    ['another QR', 'https://example.com/|a|b|c|d|e|f'],
  ])('R100: is unreadable, and nothing is made of it: %s', (_, text) => {
    expect(readCardQr(text)).toBeNull();
  });

  it('R64: whatever is scanned is read or refused, never thrown over', () => {
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string(),
          fc.string({ unit: 'binary' }),
          fc.array(fc.string()).map((all) => all.join('|')),
        ),
        (text) => {
          const card = readCardQr(text);
          expect(card === null || /^\d{12}$/.test(card.personalNumber)).toBe(true);
        },
      ),
    );
  });

  it('R64: what is written as a card writes it is read back, whatever the names and residences', () => {
    const words = fc.stringMatching(/^[A-ZĐÀ-Ỹa-zđà-ỹ,. ]{1,40}$/).filter((text) => text.trim() !== '');
    const card = fc.record({
      number: fc.stringMatching(/^\d{12}$/),
      name: words,
      home: words,
      extra: fc.array(words, { maxLength: 3 }),
    });
    fc.assert(
      fc.property(card, ({ number, name, home, extra }) => {
        const clean = (text: string): string => text.normalize('NFC').replaceAll(/\s+/g, ' ').trim();
        const read = readCardQr([number, '', name, '01022003', 'Nam', home, '01012024', ...extra].join('|'));
        expect(read).toMatchObject({
          personalNumber: number,
          fullName: clean(name),
          permanentResidence: clean(home),
        });
        expect(read?.extra).toEqual(extra.map(clean));
      }),
    );
  });
});
