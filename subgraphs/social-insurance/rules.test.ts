import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  cardInForce,
  continuesPeriod,
  currentMembership,
  healthCodeParts,
  monthBefore,
  ratePercentOf,
} from './rules.ts';

describe('the code of a health insurance card', () => {
  it('is group, benefit, province and number', () => {
    expect(healthCodeParts('DN4790123456789')).toEqual({
      object: 'DN',
      benefitLevel: 4,
      provinceCode: '79',
      number: '0123456789',
    });
  });

  it('can be put together again of its parts', () => {
    fc.assert(
      fc.property(fc.stringMatching(/^[A-Z]{2}[1-5]\d{12}$/), (code) => {
        const parts = healthCodeParts(code);
        expect(`${parts?.object}${parts?.benefitLevel}${parts?.provinceCode}${parts?.number}`).toBe(code);
      }),
    );
  });

  it.each(['', 'DN479012345678', 'DN47901234567890', 'DN6790123456789', 'dn4790123456789', '0123456789'])(
    'is not %s',
    (code) => {
      expect(healthCodeParts(code)).toBeNull();
    },
  );

  it.each([
    [1, 100],
    [2, 100],
    [3, 95],
    [4, 80],
    [5, 100],
    [0, null],
    [6, null],
  ])('of benefit level %i pays %s percent', (level, percent) => {
    expect(ratePercentOf(level)).toBe(percent);
  });
});

describe('the card that is shown', () => {
  const card = (validFrom: string, validTo: string | null) => ({ validFrom, validTo });
  const [old, now, open, next] = [
    card('2024-01-01', '2024-12-31'),
    card('2026-01-01', '2026-12-31'),
    card('2026-06-01', null),
    card('2027-01-01', '2027-12-31'),
  ];
  it.each([
    ['the one in force', [old, now, next], now],
    ['the latest of several in force', [now, open], open],
    ['the last one where none is in force', [old, next], next],
    ['none where there is none', [], null],
  ])('is %s', (_, cards, shown) => {
    expect(cardInForce(cards, '2026-11-21')).toBe(shown);
    expect(cardInForce(cards.toReversed(), '2026-11-21')).toBe(shown);
  });

  it.each(['2026-01-01', '2026-12-31'])('is in force on its first and last day: %s', (today) => {
    expect(cardInForce([next, now], today)).toBe(now);
  });
});

describe('the membership that is shown', () => {
  const row = (matchLevel: string, at: string) => ({ matchLevel, verifiedAt: new Date(at) });
  it('is the surest match, and the latest verified among equals', () => {
    const [old, cancelled, exact, later] = [
      row('OLD_NUMBER_NAME_BIRTH', '2026-01-01'),
      row('CANCELLED_NUMBER', '2026-01-01'),
      row('EXACT_NUMBER', '2024-01-01'),
      row('EXACT_NUMBER', '2025-01-01'),
    ] as const;
    expect(currentMembership([old, cancelled, exact, later])).toBe(later);
    expect(currentMembership([old, cancelled])).toBe(cancelled);
    expect(currentMembership([])).toBeNull();
  });
});

describe('a month’s contribution', () => {
  const basis = { employer: 'E', workplace: 'W', salaryBase: 5_000_000n };
  it.each([
    ['belongs to the running period', { ...basis, to: null }, true],
    ['opens one where none runs', { ...basis, to: '2026-01' }, false],
    ['opens one where there is none', undefined, false],
    ['opens one with another employer', { ...basis, employer: 'F', to: null }, false],
    ['opens one in another place', { ...basis, workplace: 'X', to: null }, false],
    ['opens one on another salary', { ...basis, salaryBase: 1n, to: null }, false],
  ])('%s', (_, running, continues) => {
    expect(continuesPeriod(running, basis)).toBe(continues);
  });

  it.each([
    ['2026-11', '2026-10'],
    ['2026-10', '2026-09'],
    ['2026-01', '2025-12'],
  ])('of %s comes after that of %s', (month, before) => {
    expect(monthBefore(month)).toBe(before);
  });
});
