import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { checkCode, readCode } from '../consent/rotating-code.ts';
import type { ShareState } from '../consent/share-states.ts';
import type { PageRow } from './store.ts';
import { tellState } from './tell-state.ts';

const began = new Date('2026-11-22T03:00:00.000Z');
const after = (seconds: number): Date => new Date(began.getTime() + seconds * 1000);

const waiting: PageRow = {
  handle: 'AbCdEfGhIjKlMnOpQrStUv',
  interaction: 'the-interaction',
  state: 'WAITING',
  purpose: 'hotel_check_in',
  purposeText: { vi: 'Nhận phòng', en: 'Check in' },
  codeKey: Buffer.alloc(32, 5),
  codeFrom: began,
  claimUntil: after(120),
  decideUntil: null,
  createdAt: began,
  claimedAt: null,
  decidedAt: null,
  hasNumber: false,
  door: null,
  wrongNumbers: 0,
  partyId: 'party-1',
  legalName: 'Công ty Khách sạn',
  displayName: 'Khách sạn',
  domain: 'khach-san.example',
  verified: true,
};
const claimed: PageRow = {
  ...waiting,
  state: 'CLAIMED',
  door: 'qr',
  claimedAt: after(10),
  decideUntil: after(310),
};
const approved: PageRow = { ...claimed, state: 'APPROVED', decidedAt: after(60), hasNumber: true };
const tell = (row: PageRow, seconds: number) => tellState(row, 'https://dinhdanh.example', after(seconds));

describe('what the page is told', () => {
  it.each<[string, PageRow, number, object]>([
    ['waiting', waiting, 0, { state: 'WAITING', ended: false, renewable: true, leftMs: 120_000 }],
    [
      'waiting past its time',
      waiting,
      120,
      { state: 'EXPIRED', ended: false, renewable: true, leftMs: null },
    ],
    ['waiting for too long', waiting, 600, { state: 'EXPIRED', ended: true, renewable: false }],
    ['written down as expired', { ...waiting, state: 'EXPIRED' }, 200, { state: 'EXPIRED', renewable: true }],
    ['claimed', claimed, 20, { state: 'CLAIMED', ended: false, renewable: false, leftMs: 290_000 }],
    ['claimed and never decided', claimed, 310, { state: 'EXPIRED', ended: true, renewable: false }],
    ['approved', approved, 70, { state: 'APPROVED', numberNeeded: true, samePhone: false, triesLeft: 3 }],
    ['approved, mistyped', { ...approved, wrongNumbers: 2 }, 70, { numberNeeded: true, triesLeft: 1 }],
    ['approved by the link', { ...approved, door: 'link' }, 70, { numberNeeded: true, samePhone: true }],
    ['approved and never proved', approved, 180, { state: 'EXPIRED', ended: true, numberNeeded: false }],
    ['granted', { ...approved, state: 'GRANTED' }, 900, { state: 'GRANTED', ended: true, leftMs: null }],
    ['declined', { ...claimed, state: 'DECLINED' }, 70, { state: 'DECLINED', ended: true }],
    ['cancelled', { ...claimed, state: 'CANCELLED', wrongNumbers: 3 }, 70, { ended: true, triesLeft: 0 }],
  ])('%s', (_name, row, seconds, expected) => {
    expect(tell(row, seconds)).toMatchObject(expected);
  });

  it('holds a picture and a link while somebody can take it, and never else', () => {
    const states: ShareState[] = [
      'WAITING',
      'CLAIMED',
      'APPROVED',
      'GRANTED',
      'DECLINED',
      'EXPIRED',
      'CANCELLED',
    ];
    fc.assert(
      fc.property(fc.constantFrom(...states), fc.integer({ min: 0, max: 900 }), (state, seconds) => {
        const told = tell({ ...approved, state }, seconds);
        expect(told.code !== undefined).toBe(state === 'WAITING' && seconds < 120);
      }),
    );
  });

  it('holds codes that are taken at that moment, on the public origin and behind its fragment', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 119 }), (seconds) => {
        const { code } = tell(waiting, seconds);
        for (const address of [code?.text, code?.link]) {
          const url = new URL(address ?? '');
          // Behind the fragment: no server, and no log of one, sees a code.
          expect([url.origin, url.pathname, url.search]).toEqual(['https://dinhdanh.example', '/', '']);
          const presented = readCode(url.hash.slice('#/share/'.length));
          expect(presented !== null && checkCode(presented, waiting, after(seconds))).toBe('GOOD');
        }
      }),
    );
  });

  it('names who asks and what for, and nothing that a row knows of the person or its secrets', () => {
    const told = tell(approved, 70);
    expect(told.party).toEqual({
      legalName: 'Công ty Khách sạn',
      displayName: 'Khách sạn',
      domain: 'khach-san.example',
      verified: true,
    });
    expect(told.purpose).toMatchObject({ code: 'hotel_check_in', text: { vi: 'Nhận phòng' } });
    expect(told.purpose.label?.vi).toBeTruthy();
    expect(Object.keys(told).toSorted()).toEqual(
      [
        ...['state', 'ended', 'renewable', 'party', 'purpose', 'claimUntil', 'decideUntil', 'leftMs'],
        ...['numberNeeded', 'samePhone', 'triesLeft'],
      ].toSorted(),
    );
  });
});
