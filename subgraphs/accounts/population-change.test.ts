import { describe, expect, it } from 'vitest';
import { effectsOf } from './population-change.ts';

function change(kind: string, keys: Readonly<Record<string, string>>) {
  const told = Object.entries(keys).map(([role, value]) => ({ role, value }));
  return effectsOf({ cursor: '7', at: '2026-11-21T03:00:00.000Z', kind, keys: told });
}

const stamp = { at: new Date('2026-11-21T03:00:00Z'), cursor: '7' };

describe('a change of population', () => {
  it('relates a child to each parent it names', () => {
    const child = { type: 'relate', wardNumber: 'c', relation: 'CHILD', ...stamp };
    expect(change('RELATION_RECORDED', { FATHER: 'f', MOTHER: 'm', CHILD: 'c' })).toEqual([
      { ...child, guardianNumber: 'f' },
      { ...child, guardianNumber: 'm' },
    ]);
  });

  it('relates and unrelates guardian and ward', () => {
    const relation = { guardianNumber: 'g', wardNumber: 'w', relation: 'WARD', ...stamp };
    expect(change('RELATION_RECORDED', { GUARDIAN: 'g', WARD: 'w' })).toEqual([
      { type: 'relate', ...relation },
    ]);
    expect(change('RELATION_ENDED', { GUARDIAN: 'g', WARD: 'w' })).toEqual([
      { type: 'unrelate', ...relation },
    ]);
  });

  it('closes the account of who died and renumbers who got a new number', () => {
    expect(change('PERSON_DIED', { PERSON: 'p' })).toEqual([
      { type: 'close', personalNumber: 'p', ...stamp },
    ]);
    expect(change('NUMBER_REPLACED', { PERSON: 'new', PREVIOUS_NUMBER: 'old' })).toEqual([
      { type: 'renumber', from: 'old', to: 'new', at: expect.any(Date) },
    ]);
  });

  it.each([
    ['RELATION_RECORDED', { PERSON: 'p', SPOUSE: 's' }],
    ['RELATION_RECORDED', { GUARDIAN: 'g' }],
    ['NUMBER_REPLACED', { PERSON: 'p' }],
    ['CARD_CHANGED', { PERSON: 'p', DOCUMENT: 'd' }],
    ['SOMETHING_NEW', { GUARDIAN: 'g', WARD: 'w' }],
  ])('%s with %o means nothing to accounts', (kind, keys) => {
    expect(change(kind, keys as Record<string, string>)).toEqual([]);
  });
});
