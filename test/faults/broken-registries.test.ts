import type { RunningGateway } from '@dinhdanh/gateway';
import { afterEach, beforeAll, describe, expect, inject, it } from 'vitest';
import { ask, readDemo, signIn } from '../harness/client.ts';
import { startFaultProxy } from '../harness/fault-proxy.ts';
import type { Fault } from '../harness/fault-proxy.ts';
import { startGatewayUnderTest } from '../harness/gateway-under-test.ts';
import { startLyingRegistry } from '../harness/lying-registry.ts';
import type { Tell } from '../harness/lying-registry.ts';
import { FIELDS, partOf, PROFILE, REGISTRIES } from './profile-query.ts';

const system = inject('system');
const DEADLINE_MS = 3_000;

/** Registries that are dead, slow or half-dead. */
const networkFaults: Readonly<Record<string, Fault>> = {
  'refuses connections': { kind: 'down' },
  'never answers': { kind: 'blackhole' },
  'answers a byte at a time': { kind: 'slow', msPerByte: 20 },
  'falls silent half-way': { kind: 'stall', afterBytes: 120 },
  'ends half-way': { kind: 'truncate', afterBytes: 220 },
  'breaks half-way': { kind: 'reset', afterBytes: 220 },
};

/** Registries that answer what no healthy one answers, but not with data. */
const brokenAnswers: Readonly<Record<string, readonly [code: string, tell: Tell]>> = {
  'answers 500 with its own words': [
    'SOURCE_UNAVAILABLE',
    () => ({
      status: 500,
      body: '{"errors":[{"message":"SQL: select * from citizen where cccd = 097188000101"}]}',
    }),
  ],
  'answers 503 with a page': [
    'SOURCE_UNAVAILABLE',
    () => ({ status: 503, headers: { 'content-type': 'text/html' }, body: '<h1>bảo trì</h1>' }),
  ],
  'answers without end': ['SOURCE_UNAVAILABLE', () => ({ body: Buffer.alloc(30_000_000, ' ') })],
  'answers errors alone': [
    'SOURCE_UNAVAILABLE',
    () => ({ body: '{"data":null,"errors":[{"message":"cannot read 097188000101"}]}' }),
  ],
  'answers HTML with 200': [
    'SOURCE_INVALID',
    () => ({ headers: { 'content-type': 'text/html' }, body: '<html>đăng nhập</html>' }),
  ],
  'answers half a JSON text': ['SOURCE_INVALID', (truth) => ({ body: JSON.stringify(truth).slice(0, 40) })],
  'answers compressed': [
    'SOURCE_INVALID',
    (truth) => ({ headers: { 'content-encoding': 'gzip' }, body: JSON.stringify(truth) }),
  ],
  'answers a list': ['SOURCE_INVALID', () => ({ body: '[]' })],
  'answers no data': ['SOURCE_INVALID', () => ({ body: '{}' })],
};

describe.each(REGISTRIES)('%s', (registry) => {
  const cleanUp: (() => Promise<void>)[] = [];
  let token = '';
  let whole: unknown;

  beforeAll(async () => {
    const person = readDemo(system.dataFolder).citizens['level2'] ?? expect.unreachable('in demo.json');
    token = await signIn(system.url, person);
    whole = (await ask(system.url, PROFILE, { token })).data;
    for (const each of REGISTRIES) expect(partOf(whole, each)).not.toContain(null);
  });
  afterEach(async () => {
    for (const step of cleanUp.splice(0).toReversed()) await step();
  });

  async function gatewayTo(url: string): Promise<RunningGateway> {
    const gateway = await startGatewayUnderTest(system, {
      services: { [registry]: url },
      settings: { deadlineMs: DEADLINE_MS },
    });
    cleanUp.push(gateway.stop);
    return gateway;
  }

  async function expectMissing(gateway: RunningGateway, code: string): Promise<void> {
    const startedAt = performance.now();
    const answer = await ask(gateway.url, PROFILE, { token });
    expect(performance.now() - startedAt).toBeLessThan(DEADLINE_MS + 3_000);
    expect(answer.status).toBe(200);
    expect(partOf(answer.data, registry).every((part) => part === null)).toBe(true);
    expect(
      answer.errors.map(({ path, extensions }) => [path, extensions.code, extensions['source']]),
    ).toEqual((FIELDS[registry] ?? []).map((field) => [['person', field], code, registry]));
    for (const other of REGISTRIES.filter((name) => name !== registry)) {
      expect(partOf(answer.data, other)).toEqual(partOf(whole, other));
    }
    expect(answer.text).not.toMatch(/SQL|cccd|cannot read|ECONN|127\.0\.0\.1|<html>/);
  }

  it.each(Object.entries(networkFaults))('that %s is named, the others are whole', async (_name, fault) => {
    const proxy = await startFaultProxy(system.services[registry] ?? '');
    cleanUp.push(proxy.close);
    const gateway = await gatewayTo(proxy.url);
    proxy.set(fault);
    await expectMissing(gateway, 'SOURCE_UNAVAILABLE');
    proxy.set({ kind: 'none' });
  });

  it.each(Object.entries(brokenAnswers))(
    'that %s is named, the others are whole',
    async (_name, [code, tell]) => {
      const liar = await startLyingRegistry(system.services[registry] ?? '', tell);
      cleanUp.push(liar.close);
      await expectMissing(await gatewayTo(liar.url), code);
      expect(liar.asked()).toBeGreaterThan(0);
    },
  );
});
