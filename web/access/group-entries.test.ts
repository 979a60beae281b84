import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { AccessEntry } from './entry.ts';
import { groupEntries } from './group-entries.ts';
import { sampleEntry } from './sample-entry.ts';

/** Entries at so many minutes before noon of 21 November in Viet Nam. */
const minutesBack = (minutes: number, given: Partial<AccessEntry> = {}): AccessEntry =>
  sampleEntry(1000 - minutes, {
    time: new Date(Date.UTC(2026, 10, 21, 5) - minutes * 60_000).toISOString(),
    ...given,
  });

const shape = (entries: readonly AccessEntry[]): readonly (readonly [string, readonly number[]])[] =>
  groupEntries(entries).map(({ day, sittings }) => [day, sittings.map((sitting) => sitting.entries.length)]);

describe('groupEntries', () => {
  it('the parts of a profile read at once are one sitting, a pause of more than five minutes ends it', () => {
    expect(shape([0, 1, 6, 12].map((minutes) => minutesBack(minutes)))).toEqual([['2026-11-21', [3, 1]]]);
  });

  it('days are those of Viet Nam, and a sitting does not go over midnight', () => {
    const night = (time: string): AccessEntry => sampleEntry(0, { time });
    expect(shape([night('2026-11-21T17:01:00Z'), night('2026-11-21T16:59:00Z')])).toEqual([
      ['2026-11-22', [1]],
      ['2026-11-21', [1]],
    ]);
  });

  it.each<Partial<AccessEntry>>([
    { actor: { kind: 'RELYING_PARTY', name: 'Ngân hàng' } },
    { actor: { kind: 'OFFICER', name: 'Khách sạn Hồ Gươm' } },
    { mine: true },
    { purpose: 'age_check' },
    { legalBasis: null },
    { consentId: null },
    { outcome: 'UNDELIVERED' },
    { outcome: 'REFUSED', refusal: 'NOT_PERMITTED' },
    { event: 'AUDIT_READ' },
  ])('whatever is told once keeps readings apart: %j', (difference) => {
    expect(shape([minutesBack(0), minutesBack(1, difference)])).toEqual([['2026-11-21', [1, 1]]]);
  });

  it('nothing is left out and nothing changes its place', () => {
    const entries = fc.array(
      fc.record({
        minutes: fc.integer({ min: 0, max: 4000 }),
        mine: fc.boolean(),
        purpose: fc.constantFrom('own_data', 'audit', null),
      }),
    );
    fc.assert(
      fc.property(entries, (made) => {
        const list = made.map(({ minutes, ...given }) => minutesBack(minutes, given));
        expect(groupEntries(list).flatMap(({ sittings }) => sittings.flatMap((one) => one.entries))).toEqual(
          list,
        );
      }),
    );
  });
});
