import { setTimeout as sleep } from 'node:timers/promises';
import type { CompactToken } from '@dinhdanh/kit';
import { expect, onTestFinished, test } from 'vitest';
import { callPoolOf, openPool } from './connections.ts';
import type { OpenPool } from './connections.ts';
import {
  DEADLINE_MS,
  answerBytes,
  ask as askOf,
  setScene,
  soon,
  startRawService,
  until,
  within,
} from './testing.ts';
import type { Script } from './testing.ts';
import { createUpstream } from './upstream.ts';

const good = answerBytes('{"data":{"ok":true}}');

/** Answers the first request of a connection and breaks it with a RST at the second, as a peer does that forgot it. */
function forgetful(): Script {
  const served = new WeakSet<object>();
  return (socket) => {
    if (served.has(socket)) return void socket.resetAndDestroy();
    served.add(socket);
    socket.write(good);
  };
}

test('a call that meets a dead pooled connection is made once more, with a token of its own', async () => {
  const { service, ask } = await setScene(forgetful());
  let tokens = 0;
  const sign = (): CompactToken => `${++tokens}` as CompactToken;
  // Two connections are pooled, so that a second dead one waits for the second attempt.
  await Promise.all([ask({ sign }), ask({ sign })]);
  await sleep(20);
  const before = service.requests.length;
  expect(await ask({ sign })).toMatchObject({ ok: true });
  const made = service.requests.slice(before).map((request) => /Bearer (\d+)/.exec(request)?.[1]);
  expect(made).toEqual(['3', '4']);
});

test('a general pool, which there is behind TLS, sends the same fields as one of ours', async () => {
  const general: OpenPool = (...given) => callPoolOf(openPool(...given));
  const sent = await Promise.all(
    [{}, { openPool: general }].map(async (options) => {
      const { service, ask } = await setScene((socket) => void socket.write(good), options);
      expect(await ask({ headers: { traceparent: '00-1-2-01' } })).toMatchObject({ ok: true });
      const [head = '', body] = (service.requests[0] ?? '').split('\r\n\r\n');
      const [line, ...fields] = head.toLowerCase().split('\r\n');
      const own = fields.filter((field) => !/^(?:host|connection):/.test(field)).toSorted();
      return { line, own, body };
    }),
  );
  expect(sent[1]).toEqual(sent[0]);
  expect(sent[0]?.own).toContain('authorization: bearer token');
  expect(sent[0]?.own).toHaveLength(6);
});

test('a mutation that meets a dead pooled connection is not made again', async () => {
  const { service, ask } = await setScene(forgetful());
  await ask({ idempotent: false });
  await sleep(20);
  expect(await ask({ idempotent: false })).toMatchObject({ code: 'SOURCE_UNAVAILABLE', reason: 'reset' });
  expect(service.requests).toHaveLength(2);
});

test('a call is not made again over a connection that never served', async () => {
  const { service, ask } = await setScene((socket) => void socket.resetAndDestroy());
  expect(await ask()).toMatchObject({ reason: 'reset' });
  expect(service.requests).toHaveLength(1);
});

test('a call is made again once, not for ever', async () => {
  let whole = true;
  const { service, ask } = await setScene(
    (socket) => void (whole ? socket.write(good) : socket.resetAndDestroy()),
  );
  await ask();
  await sleep(20);
  whole = false;
  expect(await ask()).toMatchObject({ reason: 'reset' });
  expect(service.requests).toHaveLength(3);
});

test('a call is not made again once the head of its answer has come', async () => {
  const served = new WeakSet<object>();
  const { service, ask } = await setScene((socket) => {
    const first = !served.has(socket);
    served.add(socket);
    socket.write(first ? good : good.subarray(0, -5));
    if (!first) setTimeout(() => socket.resetAndDestroy(), 20);
  });
  await ask();
  await sleep(20);
  expect(await ask()).toMatchObject({ reason: 'reset' });
  expect(service.requests).toHaveLength(2);
});

test('a peer that resets its idle connections, as at a restart, is not noticed by the next calls', async () => {
  const { service, ask } = await setScene((socket) => void setTimeout(() => socket.write(good), 10));
  for (let round = 0; round < 80; round++) {
    const answers = await Promise.all(Array.from({ length: 8 }, () => ask()));
    expect(answers.every(({ ok }) => ok)).toBe(true);
    service.resetAll();
  }
}, 60_000);

test('a peer that falls silent after an answer costs one deadline, and the next call is well', async () => {
  const served = new WeakSet<object>();
  const { ask } = await setScene((socket) => {
    if (served.has(socket)) return;
    served.add(socket);
    socket.write(good);
  });
  expect(await ask()).toMatchObject({ ok: true });
  await sleep(20);
  const silent = within(DEADLINE_MS + 150, ask({ deadlineAt: soon() }));
  expect(await silent).toMatchObject({ reason: 'timeout' });
  expect(await ask()).toMatchObject({ ok: true });
});

test('when the breaker closes again, no call meets a connection from before it opened', async () => {
  const known = new Set<object>();
  let forgotten: ReadonlySet<object> = new Set();
  const { ask } = await setScene(
    (socket) => {
      known.add(socket);
      if (!forgotten.has(socket)) setTimeout(() => socket.write(good), 10);
    },
    { limits: { breakerFailuresInARow: 3, breakerOpenMs: 50 } },
  );
  const together = (count: number, call = {}) => Promise.all(Array.from({ length: count }, () => ask(call)));
  await together(8);
  await sleep(20);
  forgotten = new Set(known);
  await together(3, { deadlineAt: soon() });
  await sleep(60);
  expect(await ask()).toMatchObject({ ok: true });
  expect((await together(8)).filter(({ ok }) => !ok)).toEqual([]);
});

test('a hanging service holds its own connections and calls, and no others', async () => {
  const other = await startRawService((socket) => void socket.write(good));
  const { service } = await setScene(() => undefined);
  const upstream = createUpstream({
    services: { vehicles: service.url, population: other.url },
    limits: { connections: 4, inFlight: 10 },
    onEvent: () => undefined,
  });
  onTestFinished(async () => {
    await upstream.close();
    await other.close();
  });
  const deadlineMs = 1_000;
  const deadlineAt = Date.now() + deadlineMs;
  const hanging = Array.from({ length: 30 }, () => askOf(upstream, { deadlineAt }));
  const all = within(deadlineMs + 150, Promise.all(hanging));
  const busy = await within(100, Promise.race(hanging.slice(10)));
  expect(busy).toMatchObject({ code: 'SOURCE_UNAVAILABLE', reason: 'busy' });
  await until(() => service.requests.length === 4);
  expect(service.open()).toBe(4);
  const call = { body: '{}', deadlineAt: Date.now() + 5_000, idempotent: true };
  expect(await upstream.post('population', call)).toMatchObject({ ok: true });
  const answers = await all;
  const reasons = answers.map((answer) => (answer.ok ? 'ok' : answer.reason));
  expect(reasons.filter((reason) => reason === 'busy')).toHaveLength(20);
  expect(reasons.filter((reason) => reason === 'timeout')).toHaveLength(10);
  await until(() => service.open() <= 4);
});

test('a burst beyond the connections is answered in full', async () => {
  const { service, ask } = await setScene((socket) => void setTimeout(() => socket.write(good), 5), {
    limits: { connections: 8, inFlight: 200 },
  });
  const answers = await Promise.all(
    Array.from({ length: 200 }, () => ask({ deadlineAt: Date.now() + 10_000 })),
  );
  expect(answers.every(({ ok }) => ok)).toBe(true);
  expect(service.accepted()).toBe(8);
});

test('an idle connection is dropped after its time', async () => {
  const { service, ask } = await setScene((socket) => void socket.write(good), {
    limits: { keepAliveMs: 100 },
  });
  await ask();
  await until(() => service.open() === 0);
});
