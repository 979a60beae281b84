import { describe, expect, it } from 'vitest';
import { readReadingSettings } from './config.ts';

describe('the settings of reading', () => {
  it('have defaults, which the environment changes, which what is handed over changes', () => {
    expect(readReadingSettings(undefined, {})).toMatchObject({
      delayedDisclosureDays: 365,
      nightPeople: 10,
      holidays: [],
    });
    const environment = {
      ACCESS_LOG_DELAYED_DISCLOSURE_DAYS: '0',
      ACCESS_LOG_NIGHT_PEOPLE: '5',
      ACCESS_LOG_HOLIDAYS: '2027-01-01, 2027-02-05',
      ACCESS_LOG_DAY_PEOPLE: '',
    };
    expect(readReadingSettings({ nightPeople: 7 }, environment)).toMatchObject({
      delayedDisclosureDays: 0,
      nightPeople: 7,
      dayPeople: 100,
      holidays: ['2027-01-01', '2027-02-05'],
    });
  });

  it.each([
    ['fewer years than the law keeps', { ACCESS_LOG_YEARS_KEPT: '4' }],
    ['days that are none', { ACCESS_LOG_DELAYED_DISCLOSURE_DAYS: 'soon' }],
    ['less than no days', { ACCESS_LOG_DELAYED_DISCLOSURE_DAYS: '-1' }],
    ['a holiday that is none', { ACCESS_LOG_HOLIDAYS: '2027-02-30' }],
    ['nobody as many', { ACCESS_LOG_NIGHT_PEOPLE: '0' }],
  ])('refuse %s', (_what, environment) => {
    expect(() => readReadingSettings(undefined, environment)).toThrow(
      expect.objectContaining({ code: 'BAD_USER_INPUT' }),
    );
  });
});
