import { describe, expect, it } from 'vitest';
import { isOfAge, isOffered } from './levels.ts';
import { rulesOn } from './rules-on.ts';

const today = rulesOn('2026-11-22');

describe('what everybody is told of registering', () => {
  it('R1 R3 R6 R25 R112: it is not compulsory, and nobody is fined for having no account', () => {
    expect(today.compulsory).toMatchObject({ value: false, law: '69/2024/NĐ-CP Điều 40' });
    expect(today.fine).toMatchObject({ value: false });
    expect(rulesOn('2022-08-01').compulsory).toMatchObject({ value: false, law: '34/2021/QĐ-TTg Điều 6' });
  });

  it('R5: public services come to need it, and the answer says since when', () => {
    expect(today.compulsory?.text.vi).toContain('Cổng Dịch vụ công quốc gia');
    expect(rulesOn('2022-08-01').compulsory?.text.vi).not.toContain('Cổng Dịch vụ công quốc gia');
  });

  it('R110 R111: it costs nothing, by the decree of the day', () => {
    expect(today.price).toMatchObject({ amount: 0, currency: 'VND', law: '69/2024/NĐ-CP' });
    expect(rulesOn('2023-01-01').price).toMatchObject({ amount: 0, law: '59/2022/NĐ-CP Điều 31' });
  });

  it('R27 R71 R72 R73 R74 R75: level 1 opens five things', () => {
    const codes = today.opens.filter(({ level }) => level === 1).map(({ code }) => code);
    expect(codes).toEqual([
      'DISEASE_PREVENTION',
      'POPULATION_DATA',
      'PUBLIC_SERVICE_SIGN_IN',
      'NEWS',
      'BILLS',
    ]);
  });

  it('R84 R85 R86 R87 R88: level 2 opens four more', () => {
    const codes = today.opens.filter(({ level }) => level === 2).map(({ code }) => code);
    expect(codes).toEqual(['CARD_DATA', 'DOCUMENTS', 'SOCIAL_SECURITY', 'SHARING']);
  });

  it('R8: bills and contributions to social and health insurance are services, each part of what a level opens', () => {
    expect(today.services.map(({ code, level }) => `${code} ${level}`)).toEqual([
      'ELECTRICITY_BILL 1',
      'WATER_BILL 1',
      'SOCIAL_INSURANCE_CONTRIBUTION 2',
      'HEALTH_INSURANCE_CONTRIBUTION 2',
    ]);
    const opened = today.opens.map(({ code }) => code);
    for (const { opening } of today.services) expect(opened).toContain(opening);
    expect(rulesOn('2020-01-01').services).toEqual([]);
  });

  it('R12 R18 R50: one registers in the app or at the police; districts have none any more', () => {
    expect(today.places.map(({ code }) => code)).toEqual([
      'APP',
      'COMMUNE_POLICE',
      'PROVINCE_POLICE',
      'IMMIGRATION_OFFICE',
    ]);
    expect(rulesOn('2023-01-01').places.map(({ code }) => code)).toContain('DISTRICT_POLICE');
  });

  it('R19 R54 R55 R56 R57 R58 R59: devices and where the app is had', () => {
    expect(
      today.devices.map(({ platform, minimum, store, requires }) =>
        [platform, minimum, store, ...(requires === null ? [] : [requires])].join(' '),
      ),
    ).toEqual([
      'iPhone iOS 13.0 App Store',
      'iPad iPadOS 13.0 App Store',
      'iPod touch iOS 13.0 App Store',
      'Mac macOS 11.0 App Store Apple M1',
      'Android Android 6.0 Google Play',
    ]);
  });

  it('nothing is told of a day before there were accounts', () => {
    expect(rulesOn('2020-01-01')).toMatchObject({
      compulsory: null,
      fine: null,
      price: null,
      levels: [],
      deadlines: [],
    });
  });
});

describe('who gets which level', () => {
  const app = { kind: 'CITIZEN', level: 1, channel: 'APP' } as const;

  it.each([
    ['14 years old on the very day', '2012-11-22', true],
    ['14 tomorrow', '2012-11-23', false],
    ['of whom the year alone is known, and who may be 13', '2012', false],
  ])('R10 R31: a citizen registers in the app from 14 on: %s', (_, born, is) => {
    expect(isOfAge(app, born, '2026-11-22')).toBe(is);
  });

  it('R11 R32 R33: those under 14 and other wards are registered by who represents them', () => {
    const child = { kind: 'CHILD', level: 1, channel: 'APP' } as const;
    for (const born of ['2026-11-22', '2020-11-23', '2020-11-22', '2012-11-23'])
      expect(isOfAge(child, born, '2026-11-22')).toBe(true);
    expect(isOfAge(child, '2012-11-22', '2026-11-22')).toBe(false);
    expect(isOfAge({ ...child, kind: 'WARD' }, '1950', '2026-11-22')).toBe(true);
    expect(
      today.levels
        .filter(({ kind }) => kind === 'CHILD' || kind === 'WARD')
        .every(({ byRepresentative }) => byRepresentative),
    ).toBe(true);
  });

  it('R16 R89: level 2 is not given in the app', () => {
    expect(isOffered({ kind: 'CITIZEN', level: 2, channel: 'APP' }, '2026-11-22')).toBe(false);
    expect(isOffered({ kind: 'CITIZEN', level: 2, channel: 'IN_PERSON' }, '2026-11-22')).toBe(true);
  });

  it('R29: a foreigner of six registers since July 2024, one of fourteen before', () => {
    const foreigner = { kind: 'FOREIGN_RESIDENT', level: 1, channel: 'APP' } as const;
    expect(isOfAge(foreigner, '2017-01-01', '2026-11-22')).toBe(true);
    expect(isOfAge(foreigner, '2017-01-01', '2024-06-30')).toBe(false);
  });

  it('R23: organisations have an account without a level', () => {
    expect(isOffered({ kind: 'ORGANISATION', level: null, channel: 'APP' }, '2026-11-22')).toBe(true);
  });
});
