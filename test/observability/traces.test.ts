import { serviceNames, startSystem } from '@dinhdanh/start';
import type { System } from '@dinhdanh/start';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { ask, signIn } from '../harness/client.ts';
import { SYSTEM_OPTIONS } from '../harness/system-options.ts';
import { TemporaryFolders } from '../harness/temporary-folders.ts';
import { PROFILE } from '../faults/profile-query.ts';
import { startCollector } from './collector.ts';
import type { CollectedSpan, Collector } from './collector.ts';

const REGISTRIES = ['population', 'immigration', 'driving-licences', 'vehicles', 'social-insurance'] as const;
/** Spans are sent so soon after they have ended. */
const DELAY_MS = 20;

const folders = new TemporaryFolders();
let collector: Collector;
let system: System;
let url: string;
let token: string;

beforeAll(async () => {
  collector = await startCollector();
  system = await startTraced(collector, { sampler: 'parentbased_always_on', ratio: 1 });
  url = system.url ?? expect.unreachable();
  token = await signIn(url, system.demo.citizens['level2'] ?? expect.unreachable());
});
afterAll(async () => {
  await system.stop();
  await collector.stop();
  await folders.remove();
});
beforeEach(() => {
  collector.mood = 'well';
});

async function startTraced(
  { endpoint }: Collector,
  { sampler, ratio }: { sampler: 'parentbased_always_on' | 'parentbased_traceidratio'; ratio: number },
): Promise<System> {
  return startSystem({
    ...SYSTEM_OPTIONS,
    roles: new Set(['gateway', ...serviceNames]),
    // Nobody looks for changes meanwhile: what is traced is what the test asks.
    gatewayUrl: 'http://127.0.0.1:9',
    accessLog: { reconcileSeconds: 3_600, graceSeconds: 3_600 },
    webRoot: null,
    people: 20,
    dataFolder: await folders.make(),
    traces: { endpoint, headers: {}, serviceName: null, delayMs: DELAY_MS, most: 2_048, sampler, ratio },
  });
}

/** The trace of one request, once all of it has come. */
async function traceOf(requestId: unknown): Promise<readonly CollectedSpan[]> {
  for (let waited = 0; waited < 500; waited += 1) {
    const root = collector.spans.find(({ attributes }) => attributes['dinhdanh.request.id'] === requestId);
    if (root !== undefined) {
      await settled();
      return collector.spans.filter(({ traceId }) => traceId === root.traceId);
    }
    await pause(20);
  }
  return expect.unreachable('no trace');
}

const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

/** Nothing new for a while. */
async function settled(): Promise<void> {
  for (let known = -1; known !== collector.spans.length; ) {
    known = collector.spans.length;
    await pause(DELAY_MS * 10);
  }
}

const one = (spans: readonly CollectedSpan[], service: string, name: string): CollectedSpan => {
  const found = spans.filter((span) => span.service === service && span.name === name);
  expect(
    found,
    `${service} ${name} among ${spans.map((span) => `${span.service} ${span.name}`).join(', ')}`,
  ).toHaveLength(1);
  return found[0] ?? expect.unreachable();
};

describe('one profile is one trace', () => {
  let spans: readonly CollectedSpan[];
  beforeAll(async () => {
    const { errors, extensions } = await ask(url, PROFILE, { token });
    expect(errors).toEqual([]);
    spans = await traceOf(extensions['requestId']);
  });

  test('from the gateway over its stages to every registry, the look-up and the access log', () => {
    const root = one(spans, 'gateway', 'POST /graphql');
    expect(root.parentSpanId).toBe('');
    const stages = spans.filter(({ parentSpanId }) => parentSpanId === root.spanId);
    const names = stages.map(({ name }) => name);
    expect(names[0]).toBe('stage limit-rate');
    expect(names.at(-1)).toBe('stage release');
    expect(names.length).toBeGreaterThan(8);
    const under = (stage: string): string[] => {
      const { spanId } = one(spans, 'gateway', `stage ${stage}`);
      return spans
        .filter(({ parentSpanId }) => parentSpanId === spanId)
        .map(({ name }) => name)
        .toSorted();
    };
    expect(under('identify-caller')).toEqual(['call accounts']);
    expect(under('execute')).toEqual(REGISTRIES.map((name) => `call ${name}`).toSorted());
    expect(under('record-access')).toEqual(['call access-log']);
  });

  test.each([...REGISTRIES, 'accounts', 'access-log'])(
    '%s goes on with it, down to each statement',
    (service) => {
      const call = one(spans, 'gateway', `call ${service}`);
      const own = spans.filter((span) => span.service === service);
      const served = own.find(({ parentSpanId }) => parentSpanId === call.spanId);
      expect(served?.name).toMatch(/^POST \/(?:graphql|resolve-caller|append)$/);
      const statements = own.filter(({ parentSpanId }) => parentSpanId === served?.spanId);
      expect(statements.length).toBeGreaterThan(0);
      expect(own).toHaveLength(statements.length + 1);
      for (const { attributes, name } of statements) {
        expect(attributes['db.system.name']).toBe('postgresql');
        expect(name).toMatch(/^(?:SELECT|INSERT|WITH)/);
        expect(attributes['db.query.text']).toMatch(/\$1/);
      }
    },
  );

  test('a registry is asked one statement a table, and writes what it served', () => {
    const names = spans.filter(({ service }) => service === 'vehicles').map(({ name }) => name);
    expect(names).toContain('SELECT vehicles');
    expect(names).toContain('INSERT served');
    expect(new Set(names).size).toBe(names.length);
  });

  test('each piece lies within the one it is a piece of', () => {
    const byId = new Map(spans.map((span) => [span.spanId, span]));
    for (const span of spans) {
      const around = byId.get(span.parentSpanId);
      if (span.parentSpanId === '') continue;
      expect(around, `the parent of ${span.service} ${span.name}`).toBeDefined();
      // Each process tells the time by a clock of its own making.
      expect(span.startMs).toBeGreaterThanOrEqual((around?.startMs ?? 0) - 2);
      expect(span.endMs).toBeLessThanOrEqual((around?.endMs ?? 0) + 2);
    }
  });
});

describe('which requests are traced is our own affair', () => {
  test('a client that sends a trace along is neither followed nor told of', async () => {
    const traceId = '0af7651916cd43dd8448eb211c80319c';
    const headers = {
      traceparent: `00-${traceId}-b7ad6b7169203331-01`,
      tracestate: 'vendor=079123456789',
      baggage: 'userId=079123456789',
    };
    const { extensions } = await ask(url, '{ person { fullName } }', { token, headers });
    const spans = await traceOf(extensions['requestId']);
    expect(spans.map((span) => span.traceId)).not.toContain(traceId);
    expect(collector.received.join('')).not.toMatch(new RegExp(`${traceId}|b7ad6b7169203331|079123456789`));
  });

  test('a service traces nothing for whoever has no caller token', async () => {
    await settled();
    const known = collector.spans.length;
    const { vehicles } = system.demo.services as Record<string, string>;
    const response = await fetch(`${vehicles}/graphql`, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        traceparent: '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01',
      },
      body: '{"query":"{ __typename }"}',
    });
    expect(response.status).toBe(401);
    await settled();
    expect(collector.spans).toHaveLength(known);
  });
});
