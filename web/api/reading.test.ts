import { describe, expect, it } from 'vitest';
import type { Answer, Failure, Path } from './answer.ts';
import { documentPart, isMissing, partOf, readingOf, sectionState } from './reading.ts';

function failure(code: Failure['code'], path: Path, source: string | null = null): Failure {
  return { code, path, source, reason: null, field: null, retryAfterSeconds: null };
}

function answered(data: unknown, failures: readonly Failure[] = []): Answer<unknown> {
  return { data, failures, notices: [] };
}

describe('partOf', () => {
  it('tells a value, an empty register and a missing one apart', () => {
    const dead = failure('SOURCE_UNAVAILABLE', ['person', 'vehicles'], 'vehicles');
    const reading = readingOf(answered({ person: { vehicles: null } }, [dead]), ['person']);
    expect(partOf([{ plate: '30A-123.45' }], reading.at('vehicles')).state).toBe('there');
    expect(partOf([], reading.at('drivingLicences'))).toEqual({ state: 'none' });
    expect(partOf(null, reading.at('drivingLicences'))).toEqual({ state: 'none' });
    expect(partOf(null, reading.at('vehicles'))).toEqual({ state: 'withheld', failure: dead });
  });

  it('a failure above withholds all below it, a failure beside or below withholds nothing here', () => {
    const reading = readingOf(
      answered(null, [failure('PASSCODE_REQUIRED', ['person', 'vehicles', 0, 'mandatoryInsurance'])]),
      ['person'],
    );
    expect(reading.withheld('vehicles')).toBeNull();
    expect(reading.withheld('vehicles', 1, 'mandatoryInsurance')).toBeNull();
    expect(reading.withheld('vehicles', 0, 'mandatoryInsurance', 'number')?.code).toBe('PASSCODE_REQUIRED');
  });

  it('a request that failed as a whole withholds everything', () => {
    const reading = readingOf(answered(null, [failure('RATE_LIMITED', [])]), ['person']);
    expect(reading.withheld('fullName')?.code).toBe('RATE_LIMITED');
  });

  it('nought and no are values', () => {
    const reading = readingOf(answered({}));
    expect(partOf(0, reading)).toEqual({ state: 'there', value: 0 });
    expect(partOf(false, reading)).toEqual({ state: 'there', value: false });
  });
});

describe('documentPart', () => {
  it('a document whose own number is withheld is withheld, whatever stands beside the number', () => {
    const refused = failure('LEVEL_REQUIRED', ['person', 'drivingLicences', 0, 'number']);
    const reading = readingOf(answered({}, [refused]), ['person', 'drivingLicences']);
    const licences = [{ holderName: 'Trần Quốc Cường', number: null }];
    expect(documentPart(licences, reading, 'number')).toEqual({ state: 'withheld', failure: refused });
    expect(documentPart(licences, reading, 'plate').state).toBe('there');
    expect(documentPart([], reading, 'plate').state).toBe('none');
  });
});

describe('sectionState', () => {
  it('names each missing source once, and no source of another section', () => {
    const answer = answered({ person: {} }, [
      failure('SOURCE_UNAVAILABLE', ['person', 'fullName'], 'population'),
      failure('SOURCE_UNAVAILABLE', ['person', 'vehicles'], 'vehicles'),
      failure('SOURCE_UNAVAILABLE', ['person', 'retainedPlates'], 'vehicles'),
    ]);
    const reading = readingOf(answer, ['person']);
    const places = [reading.at('vehicles'), reading.at('retainedPlates')];
    const state = sectionState(
      places,
      places.map((place) => partOf(null, place)),
    );
    expect(state.missing.map(({ source }) => source)).toEqual(['vehicles']);
    expect(state.showsSomething).toBe(false);
  });

  it('one part that is there or empty is enough to show the section', () => {
    const answer = answered({ person: {} }, [
      failure('SOURCE_INVALID', ['person', 'passports'], 'immigration'),
    ]);
    const reading = readingOf(answer, ['person']);
    const parts = [partOf(null, reading.at('passports')), partOf(null, reading.at('identityCard'))];
    const state = sectionState([reading.at('passports'), reading.at('identityCard')], parts);
    expect(state.missing).toHaveLength(1);
    expect(state.showsSomething).toBe(true);
  });

  it('locks and levels are no missing sources, and other refusals are told once a code', () => {
    const answer = answered({ person: {} }, [
      failure('PASSCODE_REQUIRED', ['person', 'ethnicity']),
      failure('LEVEL_REQUIRED', ['person', 'religion']),
      failure('NOT_PERMITTED', ['person', 'deathDate']),
      failure('NOT_PERMITTED', ['person', 'missingDate']),
    ]);
    const state = sectionState([readingOf(answer, ['person'])], []);
    expect(state).toMatchObject({ missing: [], needsLevel: true, needsPasscode: true });
    expect(state.refused.map(({ code }) => code)).toEqual(['NOT_PERMITTED']);
  });

  it('what a second try may mend counts as missing, what it cannot mend does not', () => {
    expect(isMissing(failure('UNREACHABLE', []))).toBe(true);
    expect(isMissing(failure('ACCESS_LOG_UNAVAILABLE', []))).toBe(true);
    expect(isMissing(failure('ACCOUNT_LOCKED', []))).toBe(false);
  });
});
