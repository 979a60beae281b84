import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest';
import { startFaultProxy } from './fault-proxy.ts';
import type { Fault, FaultProxy } from './fault-proxy.ts';

const BODY = 'x'.repeat(1_000);
const service = createServer((_request, response) => response.end(BODY));
let target = '';

beforeAll(async () => {
  await new Promise<void>((resolve) => service.listen(0, '127.0.0.1', resolve));
  target = `http://127.0.0.1:${(service.address() as AddressInfo).port}`;
});
afterAll(() => {
  service.closeAllConnections();
  service.close();
});

async function proxyWith(fault: Fault): Promise<FaultProxy> {
  const proxy = await startFaultProxy(target);
  onTestFinished(() => proxy.close());
  proxy.set(fault);
  return proxy;
}

/** How a plain client fares within its patience: the length it got, or how it failed. */
async function fare(proxy: FaultProxy, patienceMs = 10_000): Promise<number | string> {
  try {
    const answer = await fetch(proxy.url, { signal: AbortSignal.timeout(patienceMs) });
    return (await answer.text()).length;
  } catch (failure) {
    const { name, cause } = failure as Error;
    return name === 'TimeoutError' ? 'late' : `broken ${(cause as { code?: string } | undefined)?.code}`;
  }
}

test.each<[Fault, number | string]>([
  [{ kind: 'none' }, 1_000],
  [{ kind: 'latency', ms: 50 }, 1_000],
  [{ kind: 'latency', ms: 1_000 }, 'late'],
  [{ kind: 'down' }, 'broken ECONNRESET'],
  [{ kind: 'blackhole' }, 'late'],
  [{ kind: 'slow', msPerByte: 1 }, 'late'],
  [{ kind: 'stall', afterBytes: 500 }, 'late'],
  [{ kind: 'truncate', afterBytes: 500 }, 'broken UND_ERR_SOCKET'],
  [{ kind: 'reset', afterBytes: 500 }, 'broken ECONNRESET'],
  [{ kind: 'reset', afterBytes: 0 }, 'broken ECONNRESET'],
  [{ kind: 'reset', afterBytes: 1_000_000 }, 1_000],
])('under %o a plain client sees %s', async (fault, seen) => {
  expect(await fare(await proxyWith(fault), seen === 'late' ? 300 : undefined)).toBe(seen);
});

test('a fault reaches open connections, and goes away again', async () => {
  const proxy = await proxyWith({ kind: 'none' });
  expect(await fare(proxy)).toBe(1_000);
  proxy.set({ kind: 'blackhole' });
  expect(await fare(proxy, 300)).toBe('late');
  proxy.set({ kind: 'none' });
  expect(await fare(proxy)).toBe(1_000);
});

test('what is held arrives whole once it is let go', async () => {
  const proxy = await proxyWith({ kind: 'hold' });
  expect(await fare(proxy, 300)).toBe('late');
  const before = proxy.accepted();
  const held = fare(proxy);
  await expect.poll(proxy.accepted).toBeGreaterThan(before);
  proxy.set({ kind: 'none' });
  expect(await held).toBe(1_000);
});

test('kill-all breaks what is open and nothing after it', async () => {
  const proxy = await proxyWith({ kind: 'blackhole' });
  const caught = fare(proxy);
  await expect.poll(() => proxy.open()).toBe(1);
  proxy.killAll();
  expect(await caught).toMatch(/^broken/);
  proxy.set({ kind: 'none' });
  expect(await fare(proxy)).toBe(1_000);
  expect(proxy.accepted()).toBe(2);
});

test('before a dead service the proxy is as dead', async () => {
  const proxy = await startFaultProxy('http://127.0.0.1:1');
  onTestFinished(() => proxy.close());
  expect(await fare(proxy)).toMatch(/^broken/);
});
