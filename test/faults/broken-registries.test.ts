import { beforeAll, describe, expect, inject, it } from 'vitest';
import type { TestContext } from 'vitest';
import { ask, readDemo, signIn } from '../harness/client.ts';
import { startFaultProxy } from '../harness/fault-proxy.ts';
import type { Fault } from '../harness/fault-proxy.ts';
import { startGatewayUnderTest } from '../harness/gateway-under-test.ts';
import { startLyingRegistry } from '../harness/lying-registry.ts';
import type { Tell } from '../harness/lying-registry.ts';
import { FIELDS, partOf, PROFILE, REGISTRIES } from './profile-query.ts';

const system = inject('system');
/** What a late registry costs; the others answer within it on a busy machine too. */
const DEADLINE_MS = 8_000;
/** More than the deadline by what a busy machine takes; without one a call would last thirty seconds. */
const GIVEN_UP_MS = 25_000;

/** Registries that are slow or half-dead: each costs the whole deadline. */
const lateFaults: Readonly<Record<string, Fault>> = {
  'never answers': { kind: 'blackhole' },
  'answers a byte at a time': { kind: 'slow', msPerByte: 40 },
  'falls silent half-way': { kind: 'stall', afterBytes: 120 },
};

/** Registries that are dead. */
const brokenConnections: Readonly<Record<string, Fault>> = {
  'refuses connections': { kind: 'down' },
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

let token = '';
let whole: unknown;

beforeAll(async () => {
  const person = readDemo(system.dataFolder).citizens['level2'] ?? expect.unreachable('in demo.json');
  token = await signIn(system.url, person);
  whole = (await ask(system.url, PROFILE, { token })).data;
  for (const each of REGISTRIES) expect(partOf(whole, each)).not.toContain(null);
});

/** Asks a gateway of a test's own, to which one registry stands elsewhere: its part is missing, the others are whole. */
async function expectMissing(
  registry: string,
  url: string,
  code: string,
  { onTestFinished }: Pick<TestContext, 'onTestFinished'>,
  { fault, isLate = false }: { readonly fault?: () => void; readonly isLate?: boolean } = {},
): Promise<void> {
  const gateway = await startGatewayUnderTest(system, {
    services: { [registry]: url },
    settings: isLate ? { deadlineMs: DEADLINE_MS } : {},
  });
  onTestFinished(() => gateway.stop());
  // Whole before the fault begins; and the plan is made, which is not what the deadline is for.
  if (fault !== undefined) expect((await ask(gateway.url, PROFILE, { token })).data).toEqual(whole);
  fault?.();
  const startedAt = performance.now();
  const answer = await ask(gateway.url, PROFILE, { token });
  expect(performance.now() - startedAt).toBeLessThan(GIVEN_UP_MS);
  expect(answer.status).toBe(200);
  expect(partOf(answer.data, registry).every((part) => part === null)).toBe(true);
  expect(answer.errors.map(({ path, extensions }) => [path, extensions.code, extensions['source']])).toEqual(
    (FIELDS[registry] ?? []).map((field) => [['person', field], code, registry]),
  );
  for (const other of REGISTRIES.filter((name) => name !== registry)) {
    expect(partOf(answer.data, other)).toEqual(partOf(whole, other));
  }
  expect(answer.text).not.toMatch(/SQL|cccd|cannot read|ECONN|127\.0\.0\.1|<html>/);
}

/** The same with a fault between. */
async function expectMissingBehind(
  registry: string,
  fault: Fault,
  context: TestContext,
  isLate = false,
): Promise<void> {
  const proxy = await startFaultProxy(system.services[registry] ?? '');
  context.onTestFinished(() => proxy.close());
  await expectMissing(registry, proxy.url, 'SOURCE_UNAVAILABLE', context, {
    fault: () => proxy.set(fault),
    isLate,
  });
}

// One registry of each sort at a time would wait out fifteen deadlines.
describe.concurrent.each(Object.entries(lateFaults))(
  'a registry that %s is named, the others are whole',
  (_name, fault) => {
    it.for(REGISTRIES)('%s', (registry, context) => expectMissingBehind(registry, fault, context, true));
  },
);

describe.each(REGISTRIES)('%s', (registry) => {
  it.for(Object.entries(brokenConnections))('that %s is named, the others are whole', ([, fault], context) =>
    expectMissingBehind(registry, fault, context),
  );

  it.for(Object.entries(brokenAnswers))(
    'that %s instead is named, the others are whole',
    async ([, [code, tell]], context) => {
      const liar = await startLyingRegistry(system.services[registry] ?? '', tell);
      context.onTestFinished(liar.close);
      await expectMissing(registry, liar.url, code, context);
      expect(liar.asked()).toBeGreaterThan(0);
    },
  );
});
