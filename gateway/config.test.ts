import { describe, expect, it } from 'vitest';
import { readGatewaySettings } from './config.ts';

describe('the gateway’s environment', () => {
  it('says nothing unless something is set; set to nothing is not set', () => {
    expect(readGatewaySettings({ GATEWAY_DEADLINE_MS: '' })).toEqual({ settings: {}, wrong: [] });
  });

  it('is read name by name', () => {
    const { settings, wrong } = readGatewaySettings({
      GATEWAY_DEADLINE_MS: '1500',
      GATEWAY_BODY_LIMIT_BYTES: '20480',
      GATEWAY_REQUESTS_PER_MINUTE: '60',
      GATEWAY_CONCURRENT_REQUESTS: '8',
      GATEWAY_TRUSTED_PROXIES: '10.0.0.1, ::1',
    });
    expect(wrong).toEqual([]);
    expect(settings).toEqual({
      deadlineMs: 1500,
      bodyLimitBytes: 20_480,
      requestsPerMinute: 60,
      concurrentRequests: 8,
      trustedProxies: ['10.0.0.1', '::1'],
    });
  });

  it('holds the limits of an operation, and how its protections work', () => {
    const { settings, wrong } = readGatewaySettings({
      GATEWAY_MAX_DEPTH: '1',
      GATEWAY_MAX_ALIASES: '0',
      GATEWAY_MAX_TOKENS: '2000',
      GATEWAY_MAX_DIRECTIVES: '3',
      GATEWAY_MAX_SELECTIONS: '4',
      GATEWAY_MAX_ROOT_FIELDS: '5',
      GATEWAY_MAX_COST: '0',
      GATEWAY_PROTECTIONS: 'reject',
      GATEWAY_UNPLANNABLE: 'serve',
    });
    expect({ settings, wrong }).toEqual({
      settings: {
        maxDepth: 1,
        maxAliases: 0,
        maxTokens: 2000,
        maxDirectives: 3,
        maxSelections: 4,
        maxRootFields: 5,
        maxCost: 0,
        protections: 'reject',
        unplannable: 'serve',
      },
      wrong: [],
    });
  });

  it('takes no limit that nothing could keep, and no protection of another kind', () => {
    const { settings, wrong } = readGatewaySettings({
      GATEWAY_MAX_DEPTH: '0',
      GATEWAY_MAX_TOKENS: '-1',
      GATEWAY_MAX_COST: '1.5',
      GATEWAY_PROTECTIONS: 'off',
      GATEWAY_UNPLANNABLE: 'ignore',
    });
    expect(settings).toEqual({});
    expect(wrong.map((sentence) => sentence.split(' ')[0])).toEqual([
      'GATEWAY_MAX_DEPTH',
      'GATEWAY_MAX_TOKENS',
      'GATEWAY_MAX_COST',
      'GATEWAY_PROTECTIONS',
      'GATEWAY_UNPLANNABLE',
    ]);
  });

  it('names all that is wrong at once', () => {
    const { wrong } = readGatewaySettings({
      GATEWAY_DEADLINE_MS: '5',
      GATEWAY_REQUESTS_PER_MINUTE: 'many',
      GATEWAY_TRUSTED_PROXIES: 'proxy.local',
    });
    expect(wrong.map((sentence) => sentence.split(' ')[0])).toEqual([
      'GATEWAY_DEADLINE_MS',
      'GATEWAY_REQUESTS_PER_MINUTE',
      'GATEWAY_TRUSTED_PROXIES',
    ]);
  });
});
