import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type AuditRoute, hrefOf, routeOf } from './route.ts';
import { cleanFilter, dayFilter, filterNames, filterVariable, instantOf } from './search-filter.ts';

describe('addresses of the console', () => {
  it.each<[string, AuditRoute]>([
    ['', { screen: 'overview', range: null }],
    ['#/overview', { screen: 'overview', range: null }],
    [
      '#/overview?from=2026-10-01&to=2026-10-31',
      { screen: 'overview', range: { from: '2026-10-01', to: '2026-10-31' } },
    ],
    ['#/overview?from=2026-10-31&to=2026-10-01', { screen: 'overview', range: null }],
    ['#/overview?from=x&to=y', { screen: 'overview', range: null }],
    ['#/search', { screen: 'search', filter: {} }],
    ['#/search?atNight=1&unknown=2', { screen: 'search', filter: { atNight: '1' } }],
    ['#/alerts', { screen: 'alerts' }],
    ['#/log', { screen: 'log' }],
    ['#/alerts/1', { screen: 'unknown' }],
    ['#/entry/log.example%2F2026h2/7', { screen: 'entry', origin: 'log.example/2026h2', index: 7 }],
    ['#/entry/log.example%2F2026h2/-7', { screen: 'unknown' }],
    ['#/entry/%E0%A4%A/7', { screen: 'unknown' }],
    ['#/elsewhere', { screen: 'unknown' }],
  ])('%s leads to the screen it names', (hash, route) => {
    expect(routeOf(hash)).toEqual(route);
  });

  it('an address leads back to the search and the entry it was made for', () => {
    const text = fc.string({ minLength: 1, unit: 'grapheme' }).filter((one) => !/^\s*\d{9,12}\s*$/.test(one));
    const filter = fc.record(Object.fromEntries(filterNames.map((name) => [name, text])), {
      requiredKeys: [],
    });
    fc.assert(
      fc.property(filter, text, fc.nat(), (given, origin, index) => {
        const search = { screen: 'search', filter: cleanFilter(given) } as const;
        expect(routeOf(hrefOf(search))).toEqual(search);
        const entry = { screen: 'entry', origin, index } as const;
        expect(routeOf(hrefOf(entry))).toEqual(entry);
      }),
    );
  });

  it('a number that could be a person’s is not taken up from an address', () => {
    expect(routeOf('#/search?number=097158030798&pseudonym=097158030798&caseId=123456789')).toEqual({
      screen: 'search',
      filter: {},
    });
  });
});

describe('a search as it is asked', () => {
  it('a person’s number goes with its reason, and nothing that was not given goes along', () => {
    const person = { number: '097158030798', reason: 'COMPLAINT' } as const;
    expect(filterVariable({ filter: {}, person })).toEqual({ person });
    expect(filterVariable({ filter: {}, person: null })).toEqual({});
  });

  it('times are those of Viet Nam, ticks are true or not there', () => {
    const filter = {
      from: '2026-11-21T22:00',
      to: '2026-11-22',
      atNight: '1',
      withoutConsent: '1',
      claim: 'driving',
    };
    expect(filterVariable({ filter, person: null })).toEqual({
      from: '2026-11-21T15:00:00.000Z',
      to: '2026-11-21T17:00:00.000Z',
      atNight: true,
      withoutConsent: true,
      claim: 'driving',
    });
    expect(instantOf('tomorrow')).toBe('tomorrow');
  });

  it('a day begins and ends at midnight in Viet Nam, also at the end of a month', () => {
    expect(dayFilter('2026-11-30')).toEqual({ from: '2026-11-30T00:00', to: '2026-12-01T00:00' });
  });
});
