import { describe, expect, it } from 'vitest';
import { catalogues } from '../texts/catalogues.ts';
import { claimWords } from './claims.ts';

const labels = (claims: readonly string[], language: 'vi' | 'en'): readonly string[] =>
  claimWords(claims, catalogues[language], language).map(({ label }) => label);

describe('claims in words', () => {
  it('stand in the words and the order of the catalogue, each once', () => {
    expect(labels(['portrait', 'identity.number', 'identity.basic', 'portrait'], 'vi')).toEqual([
      'Họ tên, ngày sinh, giới tính, quốc tịch',
      'Số định danh cá nhân',
      'Ảnh chân dung',
    ]);
  });

  it('an age that was asked about is said, the smaller first', () => {
    expect(labels(['age.over(years:21)', 'age.over(years:9)', 'age.over(years:18)'], 'vi')).toEqual([
      'Đã đủ 9 tuổi hay chưa',
      'Đã đủ 18 tuổi hay chưa',
      'Đã đủ 21 tuổi hay chưa',
    ]);
    expect(labels(['age.over(years:18)', 'age.over'], 'en')).toEqual([
      'Old enough',
      'Whether 18 years old or more',
    ]);
  });

  it('what the catalogue does not know is shown all the same, last', () => {
    expect(labels(['tax.debts(year:2026)', 'vehicle'], 'en')).toEqual([
      'Vehicle and plate',
      'Other information (code tax.debts(year:2026))',
    ]);
    expect(claimWords(['tax.debts'], catalogues.en, 'en')[0]?.explanation).toBeNull();
  });
});
