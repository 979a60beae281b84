import { describe, expect, it } from 'vitest';
import { catalogues } from '../texts/catalogues.ts';
import { failureWords } from './failure-words.ts';
import { frequencyWords } from './frequency-words.ts';
import { itemWords } from './item-words.ts';
import { readReceipt } from './read-receipt.ts';
import { sampleItem } from './sample-share.ts';

const { vi, en } = catalogues;

describe('an item in words', () => {
  it('a claim is called and explained by the catalogue', () => {
    const label = {
      vi: 'Họ tên, ngày sinh, giới tính, quốc tịch',
      en: 'Name, date of birth, sex, nationality',
    };
    expect(itemWords(sampleItem('identity.basic', { label }), vi, 'vi')).toEqual({
      label: 'Họ tên, ngày sinh, giới tính, quốc tịch',
      explanation: 'Họ và tên, tên gọi khác, ngày sinh, giới tính và quốc tịch của bạn.',
    });
  });

  it('a single field is called as the server calls it, and is not explained by more than it holds', () => {
    const item = sampleItem('person.fullName', { label: { vi: 'Họ và tên', en: 'Full name' } });
    expect(itemWords(item, vi, 'vi')).toEqual({
      label: 'Họ và tên',
      explanation: 'Thuộc nhóm: Họ tên, ngày sinh, giới tính, quốc tịch',
    });
    expect(itemWords(item, en, 'en').label).toBe('Full name');
  });

  it('without a name from the server it has that of its claim, an age its years, an unknown one its id', () => {
    expect(itemWords(sampleItem('person.portrait', { claim: 'portrait' }), vi, 'vi').label).toBe(
      'Ảnh chân dung',
    );
    const age = sampleItem('person.ageOver(years:18)', { claim: 'age.over' });
    expect(itemWords(age, en, 'en').label).toBe('Whether 18 years old or more');
    expect(itemWords(sampleItem('person.new', { claim: null }), vi, 'vi')).toEqual({
      label: 'person.new',
      explanation: null,
    });
  });
});

describe('how often', () => {
  it.each([
    ['PT1H', 'nhiều nhất 2 lần mỗi giờ', 'at most 2 times per hour'],
    ['P1D', 'nhiều nhất 2 lần mỗi ngày', 'at most 2 times per day'],
    ['P1M', 'nhiều nhất 2 lần mỗi tháng', 'at most 2 times per month'],
    ['P7D', 'nhiều nhất 2 lần mỗi 7 ngày', 'at most 2 times per period of 7 days'],
    ['P1DT2H', 'nhiều nhất 2 lần mỗi P1DT2H', 'at most 2 times per P1DT2H'],
  ])('%s is %s', (per, vietnamese, english) => {
    expect(frequencyWords({ times: 2, per }, vi)).toBe(vietnamese);
    expect(frequencyWords({ times: 2, per }, en)).toBe(english);
  });

  it('no limit is told as none', () => {
    expect(frequencyWords(null, vi)).toBe('không giới hạn số lần');
  });
});

describe('why it could not be done', () => {
  it('a reason has words before its code, a code those of sharing before the general ones', () => {
    const words = (code: 'BAD_USER_INPUT' | 'LEVEL_REQUIRED' | 'TIMEOUT', reason: string | null): string =>
      failureWords({ code, reason }, vi);
    expect(words('BAD_USER_INPUT', 'CODE_EXPIRED')).toBe(vi.share.reasons['CODE_EXPIRED']);
    expect(words('BAD_USER_INPUT', 'toString')).toBe(vi.errors.BAD_USER_INPUT);
    expect(words('LEVEL_REQUIRED', null)).toBe(vi.share.reasons['LEVEL_REQUIRED']);
    expect(words('TIMEOUT', null)).toBe(vi.errors.TIMEOUT);
  });
});

describe('a receipt', () => {
  const part = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString('base64url');

  it('is read with its Vietnamese letters and the name of its key', () => {
    const jws = `${part({ alg: 'ES256', kid: 'k1' })}.${part({ party: 'Khách sạn Hồ Gươm ÿþ?' })}.c2ln`;
    expect(readReceipt(jws)).toEqual({ keyId: 'k1', content: '{\n  "party": "Khách sạn Hồ Gươm ÿþ?"\n}' });
  });

  it.each([
    '',
    'a.b',
    'a.b.c.d',
    `${part({})}.!!.c2ln`,
    `${part({})}.${part('text')}.c2ln`,
    `${part({})}..c`,
  ])('“%s” is none', (text) => {
    expect(readReceipt(text)).toBeNull();
  });
});
