import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { hrefOf, restorePurposeOf, type Route, routeOf } from './route.ts';

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
    ['#/scan', { screen: 'scan' }],
    ['#/scan/7', { screen: 'unknown' }],
    ['#/share', { screen: 'unknown' }],
    ['#/share/', { screen: 'unknown' }],
    ['#/share/handle.2n.q.mac', { screen: 'share', id: 'handle.2n.q.mac' }],
    ['#/share/handle/return', { screen: 'unknown' }],
    ['#/consents', { screen: 'consents' }],
    ['#/consents/7', { screen: 'consent', id: '7' }],
    ['#/consents/7/history', { screen: 'consent-history', id: '7' }],
    ['#/consents/7/history/8', { screen: 'unknown' }],
    ['#/phone', { screen: 'phone' }],
    ['#/restore', { screen: 'unknown' }],
    ['#/restore/device', { screen: 'restore', id: 'device' }],
    ['#/restore/device/7', { screen: 'unknown' }],
    ['#/toString', { screen: 'unknown' }],
    ['#/toString/7', { screen: 'unknown' }],
    ['#/dependants/%E0%A4%A', { screen: 'dependant', id: '%E0%A4%A' }],
  ])('%s leads to the screen it names', (hash, route) => {
    expect(routeOf(hash)).toEqual(route);
  });

  it('gets back into an account for what the address names, and for nothing else', () => {
    const purposes = ['#/restore/password', '#/restore/phone', '#/restore/toString', '#/profile'];
    expect(purposes.map((hash) => restorePurposeOf(routeOf(hash)))).toEqual([
      'PASSWORD',
      'PHONE',
      null,
      null,
    ]);
  });

  it('an address leads back to the one thing it was made for, whatever the id', () => {
    const screen = fc.constantFrom('dependant', 'share', 'consent', 'consent-history', 'restore');
    fc.assert(
      fc.property(screen, fc.string({ minLength: 1, unit: 'grapheme' }), (made, id) => {
        const route: Route = { screen: made, id };
        expect(routeOf(hrefOf(route))).toEqual(route);
      }),
    );
  });
});
