import { publicSchema, readAsk, readSupergraph } from '@dinhdanh/schema';
import { describe, expect, it } from 'vitest';
import { composeAsked, problemsOfAsk } from './compose-asked.ts';
import type { AskDetails } from './compose-asked.ts';

const schema = publicSchema(readSupergraph());
const now = new Date('2026-11-21T03:00:00Z');
const registered = { claims: ['identity.basic', 'age.over', 'driving'], retentionDays: 30, standing: true };
const purpose = { ...registered, ages: [18, 21], refusalMeans: { vi: 'Không.', en: 'No.' } };
const details: AskDetails = {
  source: { query: '' },
  voluntary: [],
  purpose: { code: 'hotel_check_in', text: { vi: 'Nhận phòng', en: 'To check in' } },
  retentionDays: 30,
  fetch: 'ONCE',
  frequency: null,
  validUntil: null,
};

function asking(query: string, more: Partial<AskDetails> = {}) {
  const parts = { ask: readAsk({ query }, schema), details: { ...details, ...more }, purpose, schema };
  return {
    asked: composeAsked(parts),
    codes: problemsOfAsk(parts, registered, now).map(({ code, value }) => [code, value]),
  };
}

describe('a request', () => {
  it('within its purpose and registration may be asked', () => {
    expect(asking('{ person { fullName ageOver(years: 18) } }').codes).toEqual([]);
  });

  it.each([
    ['{ person { fullName personalNumber } }', {}, ['OVER_ASKED', 'identity.number']],
    ['{ person { ageOver(years: 20) } }', {}, ['AGE_NOT_ALLOWED', '20']],
    ['{ person { fullName } }', { voluntary: ['person.sex'] }, ['LEAF_UNKNOWN', 'person.sex']],
    ['{ person { fullName } }', { retentionDays: 31 }, ['RETENTION_TOO_LONG', '31']],
    ['{ person { fullName } }', { fetch: 'STANDING' as const }, ['END_REQUIRED', null]],
    ['{ person { fullName } }', { validUntil: now }, ['END_PASSED', null]],
    ['{ person { fullName } }', { validUntil: new Date('2028-01-01') }, ['END_TOO_LATE', null]],
  ])('%s %o is refused for what is too much', (query, more, problem) => {
    expect(asking(query, more).codes).toEqual([problem]);
  });

  it('for a standing consent takes a registration for one', () => {
    const parts = { ask: readAsk({ query: '{ person { fullName } }' }, schema), purpose };
    const standing = { ...details, fetch: 'STANDING' as const, validUntil: new Date('2027-01-01') };
    expect(problemsOfAsk({ ...parts, details: standing }, registered, now)).toEqual([]);
    expect(
      problemsOfAsk({ ...parts, details: standing }, { ...registered, standing: false }, now),
    ).toHaveLength(1);
  });
});

describe('what is asked', () => {
  it('stands field by field in words, with the values it is asked for', () => {
    const { asked } = asking('{ person { ageOver(years: 18) fullName drivingLicences { issueDate } } }', {
      voluntary: ['person.ageOver', 'person.drivingLicences'],
    });
    expect(asked.items.map(({ id, voluntary }) => [id, voluntary])).toEqual([
      ['person.fullName', false],
      ['person.ageOver(years:18)', true],
      ['person.drivingLicences.issueDate', true],
    ]);
    expect(asked.items.map(({ label }) => label.vi)).toEqual([
      'Họ, chữ đệm và tên khai sinh',
      expect.stringContaining('(18)'),
      'Giấy phép lái xe: Ngày cấp',
    ]);
  });

  it('by claims stands claim by claim', () => {
    const ask = readAsk({ claims: ['identity.basic', 'driving'] }, schema);
    const byClaim = { ...details, source: { claims: ['identity.basic', 'driving'] }, voluntary: ['driving'] };
    const { items } = composeAsked({ ask, details: byClaim, purpose, schema });
    expect(items.map(({ id, voluntary }) => [id, voluntary])).toEqual([
      ['identity.basic', false],
      ['driving', true],
    ]);
    expect(new Set(items.flatMap(({ fields }) => fields))).toEqual(
      new Set(ask.leaves.flatMap(({ key, claim }) => (claim === null ? [] : [key]))),
    );
  });
});
