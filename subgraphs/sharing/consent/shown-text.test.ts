import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Asked } from './asked.ts';
import { canonicalJson } from './canonical-json.ts';
import { composeShownText } from './shown-text.ts';

const party = {
  id: 'hotel',
  legalName: 'Công ty Khách sạn',
  displayName: 'Khách sạn',
  taxCode: '0100000000',
  sector: 'lodging',
  domain: 'hotel.example',
  dataContact: 'data@hotel.example',
  state: 'APPROVED',
} as const;
const label = { vi: 'Sức khỏe', en: 'Health' };
const asked: Asked = {
  document: '{person{fullName}}',
  hash: 'h',
  items: [
    { id: 'a', claim: 'c', fields: ['a'], label, voluntary: false, sensitive: true, separateTick: true },
  ],
  purposeText: { vi: 'Nhận phòng', en: 'To check in' },
  retentionDays: 30,
  fetch: 'ONCE',
  frequency: null,
  validUntil: null,
  refusalMeans: { vi: 'Xuất trình giấy tờ.', en: 'Show a document.' },
};
const purpose = { code: 'hotel_check_in', label: { vi: 'Nhận phòng lưu trú', en: 'Hotel check-in' } };

describe('the text that is agreed to', () => {
  it('tells who receives what, why, for how long, what is sensitive, what refusing means and what rights remain', () => {
    const { text } = composeShownText({ party, asked, purpose });
    for (const word of [
      'Công ty Khách sạn',
      '0100000000',
      'hotel.example',
      'data@hotel.example',
      'Sức khỏe',
      'nhạy cảm',
      'Hotel check-in',
      'To check in',
      'Xuất trình giấy tờ.',
      'rút lại sự đồng ý',
      'Im lặng',
    ])
      expect(text).toContain(word);
  });

  it('has another hash when anything of it is another', () => {
    const { hash } = composeShownText({ party, asked, purpose });
    const others = [
      { party: { ...party, legalName: 'Công ty khác' } },
      { party: { ...party, state: 'SANDBOX' as const } },
      { asked: { ...asked, retentionDays: 31 } },
      { asked: { ...asked, items: [] } },
      { asked: { ...asked, fetch: 'STANDING' as const } },
      { asked: { ...asked, hash: 'another query' } },
      { purpose: { ...purpose, code: 'another' } },
    ].map((change) => composeShownText({ party, asked, purpose, ...change }).hash);
    expect(new Set([hash, ...others]).size).toBe(others.length + 1);
  });

  it('is one text however its parts are ordered', () => {
    fc.assert(
      fc.property(fc.dictionary(fc.string(), fc.jsonValue()), (value) => {
        const turned = Object.fromEntries(Object.entries(value).toReversed());
        expect(canonicalJson(turned)).toBe(canonicalJson(value));
        expect(JSON.parse(canonicalJson(value))).toEqual(JSON.parse(JSON.stringify(value)));
      }),
    );
  });
});
