import { AppError } from '@dinhdanh/kit';
import { describe, expect, it } from 'vitest';
import { readSettings } from './config.ts';

describe('the settings of accounts', () => {
  it('are what is handed over, then the environment, then the defaults', () => {
    expect(readSettings(undefined, {})).toMatchObject({ pollSeconds: 5, sessionHours: 8, systemKey: null });
    expect(readSettings(undefined, { ACCOUNTS_SESSION_HOURS: '2' }).sessionHours).toBe(2);
    expect(readSettings({ sessionHours: 3 }, { ACCOUNTS_SESSION_HOURS: '2' }).sessionHours).toBe(3);
  });

  it.each(['0', '-1', 'soon', ''])('refuse a session of %j hours', (hours) => {
    expect(() => readSettings(undefined, { ACCOUNTS_SESSION_HOURS: hours })).toThrow(AppError);
  });
});
