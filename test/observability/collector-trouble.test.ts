import { serviceNames, startSystem } from '@dinhdanh/start';
import type { System } from '@dinhdanh/start';
import type { RunningGateway } from '@dinhdanh/gateway';
import { openTracing } from '@dinhdanh/kit/tracing';
import type { Tracing } from '@dinhdanh/kit';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { ask, signIn } from '../harness/client.ts';
import { startGatewayUnderTest } from '../harness/gateway-under-test.ts';
import { SYSTEM_OPTIONS } from '../harness/system-options.ts';
import { TemporaryFolders } from '../harness/temporary-folders.ts';
import { startCollector } from './collector.ts';
import type { Collector, Mood } from './collector.ts';

const QUERY = '{ person { fullName vehicles { plate } } }';
/** As many as the queue has room for. */
const MOST = 40;

const folders = new TemporaryFolders();
const atTheEnd: (() => Promise<void>)[] = [];
let system: System;
let front: Parameters<typeof startGatewayUnderTest>[0];
let token: string;

beforeAll(async () => {
  const dataFolder = await folders.make();
  const roles = new Set(['gateway', ...serviceNames] as const);
  system = await startSystem({ ...SYSTEM_OPTIONS, roles, webRoot: null, people: 20, dataFolder });
  const url = system.url ?? '';
  front = { url, services: system.demo.services, databaseUrls: system.databaseUrls, dataFolder };
  token = await signIn(url, system.demo.citizens['level2'] ?? expect.unreachable());
});
afterAll(async () => {
  for (const end of atTheEnd.toReversed()) await end();
  await system.stop();
  await folders.remove();
});

interface Traced {
  readonly gateway: RunningGateway;
  readonly tracing: Tracing;
  readonly collector: Collector;
}

/** One more gateway, alone in being traced. */
async function startTraced(mood: Mood | 'dead', ratio = 1, most = MOST): Promise<Traced> {
  const collector = await startCollector();
  if (mood === 'dead') await collector.stop();
  else {
    collector.mood = mood;
    atTheEnd.push(collector.stop);
  }
  const tracing = openTracing({
    ...{ endpoint: collector.endpoint, headers: {}, nameOf: (name) => name },
    ...{ sampler: 'parentbased_traceidratio', ratio, delayMs: 10, most },
  });
  const settings = SYSTEM_OPTIONS.gateway ?? {};
  const gateway = await startGatewayUnderTest(front, { settings, tracer: tracing.of('gateway') });
  atTheEnd.push(gateway.stop);
  return { gateway, tracing, collector };
}

/** Spans by what became of them, as `/metrics` tells it. */
async function counts(url: string): Promise<Record<string, number>> {
  const text = await (await fetch(`${url}/metrics`)).text();
  const lines = text.matchAll(/^dinhdanh_trace_spans_total\{what="(\w+)"\} (\d+)$/gm);
  return Object.fromEntries([...lines].map(([, what, count]) => [what, Number(count)]));
}

describe('whatever the collector does, requests are answered', () => {
  test.each(['dead', 'hanging', 'slow', 'failing'] as const)('a collector that is %s', async (mood) => {
    const { gateway, tracing } = await startTraced(mood);
    for (let asked = 0; asked < 40; asked += 1) {
      const answer = await ask(gateway.url, QUERY, { token });
      expect(answer.status).toBe(200);
      expect(answer.errors).toEqual([]);
    }
    const { exported = 0, dropped = 0, failed = 0 } = await counts(gateway.url);
    if (mood !== 'slow') expect(exported).toBe(0);
    // 40 requests are several hundred spans: what there is no room for is gone, and told of.
    expect(exported + dropped + failed).toBeGreaterThan(100);
    if (mood !== 'slow') expect(dropped + failed).toBeGreaterThan(100);
    const before = performance.now();
    await tracing.close();
    expect(performance.now() - before).toBeLessThan(5_000);
  });

  test('one that is well gets them all', async () => {
    const { gateway, tracing, collector } = await startTraced('well', 1, 10_000);
    for (let asked = 0; asked < 5; asked += 1) {
      await ask(gateway.url, QUERY, { token });
      // The queue is short: it is given time.
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
    await tracing.close();
    const { exported = 0, dropped, failed } = await counts(gateway.url);
    expect({ dropped, failed }).toEqual({ dropped: 0, failed: 0 });
    expect(collector.spans).toHaveLength(exported);
    expect(collector.spans.filter(({ name }) => name === 'POST /graphql')).toHaveLength(5);
  });
});

describe('the share of requests that is traced is the one that was set', () => {
  const CLIENT = { traceparent: '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01' };

  test('none of none, whatever flag a client sends', async () => {
    const { gateway, tracing, collector } = await startTraced('well', 0);
    for (let asked = 0; asked < 50; asked += 1) await ask(gateway.url, QUERY, { token, headers: CLIENT });
    await tracing.close();
    expect(collector.asked()).toBe(0);
    expect(await counts(gateway.url)).toEqual({ exported: 0, dropped: 0, failed: 0 });
  });

  test('about half of half, and of each all or nothing', async () => {
    const { gateway, tracing, collector } = await startTraced('well', 0.5, 10_000);
    for (let asked = 0; asked < 200; asked += 1) {
      await ask(gateway.url, '{ __typename }', { headers: CLIENT });
      if (asked % 3 === 0) await new Promise((resolve) => setTimeout(resolve, 30));
    }
    await tracing.close();
    const roots = collector.spans.filter(({ parentSpanId }) => parentSpanId === '');
    // 200 throws of a coin: six standard deviations to either side.
    expect(roots.length).toBeGreaterThan(57);
    expect(roots.length).toBeLessThan(143);
    const ids = new Set(roots.map(({ traceId }) => traceId));
    expect(ids.size).toBe(roots.length);
    expect(collector.spans.every(({ traceId }) => ids.has(traceId))).toBe(true);
  });
});
