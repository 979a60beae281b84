import { describe, expect, it } from 'vitest';
import { readConfig } from './config.ts';

const defaults = {
  dataFolder: '.data',
  host: '127.0.0.1',
  logLevel: 'warn',
  gateway: {},
  gatewayUrl: null,
  serviceUrls: {},
  databaseUrls: {},
  logName: null,
  witness: null,
  witnessLogKey: null,
  seed: 'dinhdanh',
  today: '2026-11-21',
  servedMonths: 13,
};

describe('the environment', () => {
  it('need not say anything', () => {
    expect(readConfig({})).toEqual(defaults);
  });

  it('that sets a name to nothing has not set it: no database lands in the folder one stands in', () => {
    const names = ['DINHDANH_DATA', 'DINHDANH_HOST', 'DINHDANH_LOG_LEVEL', 'DINHDANH_SEED', 'VEHICLES_URL'];
    expect(readConfig(Object.fromEntries(names.map((name) => [name, ''])))).toEqual(defaults);
  });

  it('places services, their databases and the gateway elsewhere', () => {
    const config = readConfig({
      GATEWAY_URL: 'https://front.example',
      DRIVING_LICENCES_URL: 'http://10.0.0.2:4003/',
      SOCIAL_INSURANCE_DATABASE_URL: 'postgres://owner@db.example/social',
    });
    expect(config).toEqual({
      ...defaults,
      gatewayUrl: 'https://front.example',
      serviceUrls: { 'driving-licences': 'http://10.0.0.2:4003' },
      databaseUrls: { 'social-insurance': 'postgres://owner@db.example/social' },
    });
  });

  it.each([
    ['DINHDANH_HOST', '::1'],
    ['DINHDANH_HOST', 'http://here'],
    ['DINHDANH_LOG_LEVEL', 'debug'],
    ['DINHDANH_PEOPLE_AS_OF', '2026-13-01'],
    ['GATEWAY_URL', 'front:4000'],
    ['ACCOUNTS_URL', 'https//x'],
    ['ACCOUNTS_DATABASE_URL', 'http://db.example/accounts'],
    ['ACCESS_LOG_NAME', 'Log of ours'],
    ['DINHDANH_SERVED_MONTHS', '0'],
    ['DINHDANH_SERVED_MONTHS', '1.5'],
    ['WITNESS_LOG_KEY', 'log.example'],
  ])('with %s=%s is refused by that name', (name, value) => {
    expect(() => readConfig({ [name]: value })).toThrow(
      new RegExp(`^The environment is not right: ${name} is `),
    );
  });
});
