import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { durationSeconds, readDetails } from './read-details.ts';

const once = {
  type: 'profile_share',
  query: '{ person { fullName } }',
  purpose: { code: 'hotel_check_in', text: { vi: 'Nhận phòng', en: 'Check in' } },
  retention_days: 30,
  fetch: 'once',
};
const standing = {
  ...once,
  fetch: 'standing',
  frequency: { times: 2, per: 'P1D' },
  valid_until: '2026-12-31',
};

describe('an authorization detail', () => {
  it('is read', () => {
    expect(readDetails(standing)).toEqual({
      source: { query: '{ person { fullName } }' },
      voluntary: [],
      purpose: once.purpose,
      retentionDays: 30,
      fetch: 'STANDING',
      frequency: { times: 2, per: 'P1D' },
      validUntil: new Date('2026-12-31T16:59:59Z'),
    });
    expect(readDetails({ ...once, query: undefined, claims: ['identity.basic'] })).toMatchObject({
      source: { claims: ['identity.basic'] },
    });
  });

  it.each([
    [{ ...once, other: 1 }],
    [{ ...once, query: undefined }],
    [{ ...once, claims: [] }],
    [{ ...once, query: undefined, claims: [] }],
    [{ ...once, purpose: 'hotel_check_in' }],
    [{ ...once, purpose: { code: 'x', text: { vi: ' ', en: 'x' } } }],
    [{ ...once, purpose: { code: 'x', text: { vi: 'x'.repeat(301), en: 'x' } } }],
    [{ ...once, purpose: { code: 'x', text: { vi: 'x\u2066', en: 'x' } } }],
    [{ ...once, retention_days: 1.5 }],
    [{ ...once, retention_days: -1 }],
    [{ ...once, retention_days: '30' }],
    [{ ...once, voluntary: 'person.fullName' }],
    [{ ...once, frequency: { times: 1, per: 'P1D' } }],
    [{ ...once, valid_until: '2026-02-30' }],
    [{ ...once, valid_until: 'soon' }],
    [{ ...standing, frequency: { times: 0, per: 'P1D' } }],
    [{ ...standing, frequency: { times: 1, per: 'P1Y' } }],
    [{ ...standing, valid_until: undefined }],
  ])('is refused as %j', (detail) => {
    expect(readDetails(detail)).toMatchObject({ problem: expect.stringMatching(/^.{10,}$/) });
  });

  it('of any shape is read or refused, and a refusal repeats nothing of it', () => {
    fc.assert(
      fc.property(
        fc.dictionary(fc.constantFrom(...Object.keys(standing), 'claims', 'x'), fc.jsonValue()),
        fc.uuid(),
        (detail, mark) => {
          const read = readDetails({ ...detail, [mark]: mark });
          expect('problem' in read && !read.problem.includes(mark)).toBe(true);
          readDetails(detail);
        },
      ),
    );
  });
});

describe('a duration', () => {
  it.each([
    ['P1D', 86_400],
    ['PT1H', 3600],
    ['PT90M', 5400],
    ['P1DT12H', 129_600],
    ['P', null],
    ['PT', null],
    ['P0D', null],
    ['P1M', null],
    ['P999D', null],
  ])('%s is %s seconds', (text, seconds) => {
    expect(durationSeconds(text)).toBe(seconds);
  });
});
