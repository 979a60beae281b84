import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { hrefOf, type Route, routeOf } from './route.ts';

describe('routes', () => {
  it.each<[string, Route]>([
    ['', { screen: 'profile' }],
    ['#/', { screen: 'profile' }],
    ['#/wallet', { screen: 'wallet' }],
    ['#/dependants', { screen: 'dependants' }],
    ['#/history', { screen: 'history' }],
    ['#/history/7', { screen: 'unknown' }],
    ['#/officer', { screen: 'unknown' }],
    ['#/wallet/7', { screen: 'unknown' }],
    ['#/dependants/a/b', { screen: 'unknown' }],
    ['#/dependants/%E0%A4%A', { screen: 'dependant', id: '%E0%A4%A' }],
  ])('%s leads to the screen it names', (hash, route) => {
    expect(routeOf(hash)).toEqual(route);
  });

  it('an address leads back to the dependant it was made for, whatever the id', () => {
    fc.assert(
      fc.property(fc.string({ minLength: 1, unit: 'grapheme' }), (id) => {
        const route = { screen: 'dependant', id } as const;
        expect(routeOf(hrefOf(route))).toEqual(route);
      }),
    );
  });
});
