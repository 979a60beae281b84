import { AppError } from '@dinhdanh/kit';
import { describe, expect, it } from 'vitest';
import { publicOrigins, readSettings } from './config.ts';

describe('the settings of accounts', () => {
  it('are what is handed over, then the environment, then the defaults', () => {
    expect(readSettings(undefined, {})).toMatchObject({ pollSeconds: 5, sessionHours: 8, systemKey: null });
    expect(readSettings(undefined, { ACCOUNTS_SESSION_HOURS: '2' }).sessionHours).toBe(2);
    expect(readSettings({ sessionHours: 3 }, { ACCOUNTS_SESSION_HOURS: '2' }).sessionHours).toBe(3);
  });

  it.each(['0', '-1', 'soon', ''])('refuse a session of %j hours', (hours) => {
    expect(() => readSettings(undefined, { ACCOUNTS_SESSION_HOURS: hours })).toThrow(AppError);
  });

  it.each(['', ' ', '-1', 'soon'])('refuse a delay of changes of %j seconds', (seconds) => {
    expect(() => readSettings(undefined, { ACCOUNTS_CHANGE_DELAY_SECONDS: seconds })).toThrow(AppError);
  });

  it('leave the delay of changes to their rules unless it is named', () => {
    expect(readSettings(undefined, {}).changeDelaySeconds).toBeNull();
    expect(readSettings(undefined, { ACCOUNTS_CHANGE_DELAY_SECONDS: '2' }).changeDelaySeconds).toBe(2);
  });

  it('take origins that browsers make passkeys for, and no others', () => {
    const origins = ['https://dinhdanh.example', 'http://localhost:4000'];
    expect(readSettings(undefined, { ACCOUNTS_ORIGINS: origins.join(', ') }).origins).toEqual(origins);
    for (const wrong of [
      '',
      'dinhdanh.example',
      'http://dinhdanh.example',
      'https://dinhdanh.example/',
      'x:',
    ])
      expect(() => readSettings(undefined, { ACCOUNTS_ORIGINS: wrong })).toThrow(AppError);
  });

  it('know the origins people use: those configured, or else the gateway as it is known by then', () => {
    const gatewayUrl = () => 'http://127.0.0.1:4000';
    const publicUrl = () => 'https://dinhdanh.example';
    const nothing = () => null;
    expect(publicOrigins({ origins: ['https://a.example'], gatewayUrl, publicUrl })).toEqual([
      'https://a.example',
    ]);
    expect(publicOrigins({ origins: [], gatewayUrl, publicUrl })).toEqual(['https://dinhdanh.example']);
    expect(publicOrigins({ origins: [], gatewayUrl, publicUrl: nothing })).toEqual(['http://127.0.0.1:4000']);
    expect(publicOrigins({ origins: [], gatewayUrl: nothing, publicUrl: nothing })).toEqual([]);
  });
});
