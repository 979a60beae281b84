import { describe, expect, it } from 'vitest';
import type { AuditReaderFragment } from '../../generated/audit-operations.ts';
import { busiestHour, isNightBrowser, isNightHour, nightShare, ordered, readersOf } from './stand-out.ts';

/** A reader of the statistics; what matters to a test is given. */
function reader(id: string, given: Partial<AuditReaderFragment> = {}): AuditReaderFragment {
  return {
    actor: { kind: 'OFFICER', name: null, id },
    reads: 100,
    people: 80,
    peopleInADay: 5,
    withoutConsent: 0,
    withoutCase: 0,
    atNight: 0,
    refused: 1,
    byHour: [],
    ...given,
  };
}

const usual = ['a', 'b', 'c', 'd'].map((id) => reader(id));
const flagsOf = (one: AuditReaderFragment) =>
  readersOf([usual, [one]]).find(({ id }) => id === one.actor?.id)?.flags;

describe('who stands out', () => {
  it('usual readers do not', () => {
    expect(readersOf([usual]).flatMap(({ flags }) => flags)).toEqual([]);
  });

  it.each<[string, Partial<AuditReaderFragment>, readonly string[]]>([
    ['who reads many people at night', { atNight: 40, people: 10 }, ['NIGHT']],
    ['not who reads few people at night', { atNight: 90, people: 9 }, []],
    ['not who reads many people mostly by day', { atNight: 39, people: 500 }, []],
    ['who reads many people in one day', { peopleInADay: 40 }, ['MANY']],
    ['who reads others without a ground', { withoutConsent: 30, withoutCase: 20 }, ['NO_GROUND']],
    ['not who reads without consent, under a case', { withoutConsent: 500, withoutCase: 0 }, []],
    ['who is refused again and again', { refused: 40 }, ['REFUSED']],
    ['not who is refused now and then', { reads: 3, refused: 2 }, []],
  ])('%s', (_, given, flags) => {
    expect(flagsOf(reader('x', given))).toEqual(flags);
  });

  it('reading oneself at night is one’s own affair', () => {
    const actor = { kind: 'PERSON', name: null, id: 'p' } as const;
    expect(
      flagsOf(reader('p', { actor, atNight: 100, people: 20, withoutConsent: 50, withoutCase: 50 })),
    ).toEqual([]);
  });

  it('many people in a day is measured by what others read, where they read more', () => {
    const busy = ['a', 'b', 'c'].map((id) => reader(id, { peopleInADay: 30 }));
    const [found] = readersOf([[reader('x', { peopleInADay: 60 }), ...busy]]);
    expect(found?.flags).toEqual([]);
  });

  it('each reader is there once, whatever lists they stand in, and a list that failed is no fault', () => {
    expect(readersOf([usual, null, usual.toReversed(), undefined])).toHaveLength(4);
  });

  it('what the server did not say counts as nought', () => {
    const [found] = readersOf([[reader('x', { reads: null, atNight: null, byHour: [1, 2] })]]);
    expect(found).toMatchObject({ reads: 0, atNight: 0 });
    expect(found?.byHour).toHaveLength(24);
    expect(nightShare(found ?? { reads: 0, atNight: 0 })).toBe(0);
  });

  it('the most remarkable comes first by each measure', () => {
    const one = reader('night', { atNight: 90, people: 50 });
    const other = reader('many', { people: 900 });
    const all = readersOf([[...usual, one, other]]);
    expect(ordered(all, 'AT_NIGHT')[0]?.id).toBe('night');
    expect(ordered(all, 'PEOPLE')[0]?.id).toBe('many');
    expect(all.filter(isNightBrowser).map(({ id }) => id)).toEqual(['night']);
  });

  it('night is from 22 to 6 o’clock', () => {
    expect(Array.from({ length: 24 }, (_, hour) => hour).filter(isNightHour)).toEqual([
      0, 1, 2, 3, 4, 5, 22, 23,
    ]);
    expect(busiestHour([0, 3, 3, 1])).toBe(1);
    expect(busiestHour([])).toBe(0);
  });
});
