import fc from 'fast-check';
import { expect, it } from 'vitest';
import { daysOf, partsOf } from './day-span.ts';

const dayAt = (day: number): string =>
  new Date(Date.UTC(2019, 11, 15) + day * 86_400_000).toISOString().slice(0, 10);
const spans = fc
  .tuple(fc.nat(900), fc.nat(900))
  .map(([one, other]) => ({ fromDay: dayAt(Math.min(one, other)), toDay: dayAt(Math.max(one, other)) }));

it('a span is parted so that each day is in one part, and months are whole', () => {
  fc.assert(
    fc.property(spans, (span) => {
      const { before, months, after } = partsOf(span);
      const all = daysOf(span);
      const inMonths = all.filter(
        (day) => day.slice(0, 7) >= months.fromDay.slice(0, 7) && day.slice(0, 7) <= months.toDay.slice(0, 7),
      );
      expect([...daysOf(before), ...inMonths, ...daysOf(after)]).toEqual(all);
      for (const month of new Set(inMonths.map((day) => day.slice(0, 7)))) {
        const whole = new Date(Date.UTC(Number(month.slice(0, 4)), Number(month.slice(5)), 0)).getUTCDate();
        expect(inMonths.filter((day) => day.startsWith(month))).toHaveLength(whole);
      }
    }),
    { numRuns: 300 },
  );
});

it('few days are left beside the months, however long a span is', () => {
  fc.assert(
    fc.property(spans, (span) => {
      const { before, after } = partsOf(span);
      expect(daysOf(before).length + daysOf(after).length).toBeLessThanOrEqual(60);
    }),
  );
});

it.each([
  ['a month', { fromDay: '2026-02-01', toDay: '2026-02-28' }, ['2026-02-01', '2026-02-01']],
  ['a day less than a month', { fromDay: '2026-02-01', toDay: '2026-02-27' }, null],
  ['five years', { fromDay: '2021-12-01', toDay: '2026-11-30' }, ['2021-12-01', '2026-11-01']],
  [
    'February of a leap year to March',
    { fromDay: '2024-01-31', toDay: '2024-03-01' },
    ['2024-02-01', '2024-02-01'],
  ],
])('%s', (_what, span, months) => {
  const parts = partsOf(span);
  const whole = parts.months.fromDay <= parts.months.toDay;
  expect(whole ? [parts.months.fromDay, parts.months.toDay] : null).toEqual(months);
});
