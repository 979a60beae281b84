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
  today: null,
  servedMonths: 13,
  traces: null,
  supergraphFile: null,
  documentFiles: [],
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

  it('traces one request in a hundred where a collector is named', () => {
    const OTEL_EXPORTER_OTLP_ENDPOINT = 'http://collector.example:4318/';
    expect(readConfig({ OTEL_EXPORTER_OTLP_ENDPOINT }).traces).toEqual({
      endpoint: 'http://collector.example:4318',
      headers: {},
      serviceName: null,
      delayMs: 5_000,
      most: 2_048,
      sampler: 'parentbased_traceidratio',
      ratio: 0.01,
    });
    const OTEL_EXPORTER_OTLP_HEADERS = 'api-key=a%2Cb, x=1';
    expect(readConfig({ OTEL_EXPORTER_OTLP_ENDPOINT, OTEL_EXPORTER_OTLP_HEADERS }).traces?.headers).toEqual({
      'api-key': 'a,b',
      x: '1',
    });
  });

  it.each([
    ['OTEL_EXPORTER_OTLP_ENDPOINT', 'collector:4318'],
    ['OTEL_EXPORTER_OTLP_HEADERS', 'secret'],
    ['OTEL_TRACES_SAMPLER', 'jaeger_remote'],
    ['OTEL_TRACES_SAMPLER_ARG', '1.5'],
    ['OTEL_SERVICE_NAME', 'Văn An'],
    ['OTEL_BSP_SCHEDULE_DELAY', '0'],
    ['OTEL_BSP_MAX_QUEUE_SIZE', 'many'],
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
