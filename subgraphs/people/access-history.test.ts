import { describe, expect, it } from 'vitest';
import { accessHistory } from './access-history.ts';
import type { PastReading, ReadPerson } from './access-history.ts';

const persons: readonly ReadPerson[] = Array.from({ length: 300 }, (_, place) => ({
  number: `0970${String(place).padStart(8, '0')}`,
  level: place % 7 === 0 ? 1 : 2,
  isCast: place < 6,
  wards: place % 11 === 0 ? [`0980${String(place).padStart(8, '0')}`] : [],
}));
const options = { persons, seed: 'dinhdanh', until: '2026-11-21', days: 120 };
const readings = [...accessHistory(options)];

function localHour({ at }: PastReading): number {
  return new Date(Date.parse(at) + 7 * 3_600_000).getUTCHours();
}

describe('the readings of the past', () => {
  it('are the same for the same options, and others for another seed', () => {
    expect([...accessHistory(options)]).toEqual(readings);
    expect([...accessHistory({ ...options, seed: 'other' })]).not.toEqual(readings);
  });

  it('come in the order of their days and lie in the days asked for', () => {
    const days = readings.map(({ at }) => Math.floor((Date.parse(at) + 7 * 3_600_000) / 86_400_000));
    const inOrder = days.filter((day, place) => place > 0 && day < (days[place - 1] ?? 0) - 1);
    expect(inOrder).toEqual([]);
    expect(Date.parse(readings[0]?.at ?? '')).toBeGreaterThanOrEqual(Date.parse('2026-07-23T17:00:00Z'));
    expect(readings.every(({ at }) => at < '2026-11-20T17:01:00Z')).toBe(true);
  });

  it('complete only requests that were released before', () => {
    const seen = new Set<string>();
    for (const { event, requestId, completes } of readings) {
      if (event === 'aborted') expect(seen).toContain(completes);
      else expect(completes).toBeNull();
      if (event === 'intent') seen.add(requestId);
    }
    expect(readings.filter(({ event }) => event === 'aborted').length).toBeGreaterThan(3);
  });

  it('ask for a consent wherever a relying party was given something, and for a case wherever a log was searched', () => {
    for (const { event, actor, consentId, caseId } of readings) {
      if (event === 'intent' && actor.kind === 'relying_party') expect(consentId).not.toBeNull();
      if (event === 'audit-read') expect(caseId).not.toBeNull();
    }
  });

  it('hold one official who reads many persons at night without a case, and no other', () => {
    const bare = readings.filter(({ actor, caseId }) => actor.kind === 'officer' && caseId === null);
    expect(new Set(bare.map(({ actor }) => actor.id)).size).toBe(1);
    expect(bare.length).toBeGreaterThan(100);
    expect(bare.every((reading) => localHour(reading) < 5)).toBe(true);
    const others = readings.filter(({ actor, caseId }) => actor.kind === 'officer' && caseId !== null);
    expect(others.every((reading) => localHour(reading) >= 7 && localHour(reading) < 18)).toBe(true);
  });

  it('read everybody of the cast, by an official and by a relying party, within the last ten days', () => {
    const lately = readings.filter(({ at }) => at >= '2026-11-10T17:00:00Z');
    for (const { number } of persons.filter(({ isCast }) => isCast)) {
      const kinds = lately.filter(({ subjects }) => subjects.includes(number)).map(({ actor }) => actor.kind);
      expect(kinds).toEqual(expect.arrayContaining(['officer', 'relying_party', 'person']));
    }
  });

  it('are most in the evening and few at night', () => {
    const own = readings.filter(({ actor }) => actor.kind === 'person');
    const share = (hours: readonly number[]) =>
      own.filter((reading) => hours.includes(localHour(reading))).length / own.length;
    expect(share([19, 20, 21])).toBeGreaterThan(0.25);
    expect(share([0, 1, 2, 3, 4])).toBeLessThan(0.03);
  });

  it('name claims and sources sorted and each once, as the log writes them', () => {
    for (const { claims, sources } of readings) {
      expect([...new Set(claims)].toSorted()).toEqual(claims);
      expect([...new Set(sources)].toSorted()).toEqual(sources);
    }
  });
});
