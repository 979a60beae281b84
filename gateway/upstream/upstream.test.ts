import { setTimeout as sleep } from 'node:timers/promises';
import { expect, onTestFinished, test } from 'vitest';
import {
  DEADLINE_MS,
  answerBytes,
  ask,
  neverSettlingPool,
  say,
  setScene,
  soon,
  until,
  within,
} from './testing.ts';
import { createUpstream } from './upstream.ts';

const TOLERANCE_MS = 150;
const SECRET = 'select * from citizen where number=098200000001';
const unavailable = 'SOURCE_UNAVAILABLE';
const good = answerBytes('{"data":{"ok":true}}');

test('a good answer comes with its JSON and headers, and the connection is used again', async () => {
  const { service, upstream, ask } = await setScene(
    say('{"data":{"ok":true}}', {
      'content-type': 'application/graphql-response+json; charset=utf-8',
      'x-session': 's',
    }),
  );
  for (let i = 0; i < 5; i++) {
    const answer = await ask();
    expect(answer).toMatchObject({ ok: true, json: { data: { ok: true } }, headers: { 'x-session': 's' } });
  }
  expect(service.accepted()).toBeLessThanOrEqual(2);
  expect(service.requests[0]).toContain('accept-encoding: identity');
  await upstream.close();
  await until(() => service.open() === 0);
});

test.each([
  ['{"data":{"a":"Huế"}}', true],
  [String.raw`{"data":{"a":"Hu\u1ebf"}}`, false],
  [String.raw`{"data":{"a":"\""}}`, false],
])('%s is plain: %s', async (text, isPlain) => {
  const { ask } = await setScene(say(text));
  expect(await ask()).toMatchObject({ ok: true, isPlain, json: JSON.parse(text) });
});

test('partial data with errors is a good answer, for the engine to judge', async () => {
  const { ask } = await setScene(
    say('{"data":null,"errors":[{"message":"x","extensions":{"code":"NOT_PERMITTED"}}]}'),
  );
  expect(await ask()).toMatchObject({ ok: true, json: { data: null } });
});

test('a door may answer any JSON object, under the prefix of its service', async () => {
  const { service, upstream } = await setScene(say('{"level":2}'));
  expect(await ask(upstream, { path: '/resolve-caller' })).toMatchObject({ ok: true, json: { level: 2 } });
  const behindPrefix = createUpstream({
    services: { vehicles: `${service.url}/registry/graphql` },
    onEvent: () => undefined,
  });
  onTestFinished(() => behindPrefix.close());
  await ask(behindPrefix, { path: '/resolve-caller' });
  expect(service.requests.map((request) => request.split(' ')[1])).toEqual([
    '/resolve-caller',
    '/registry/resolve-caller',
  ]);
});

test('of an error answer only a code of the catalogue is passed on', async () => {
  const { ask } = await setScene((socket, request) => {
    const code = ['UNAUTHENTICATED', 'SQL_ERROR'][request - 1];
    socket.write(
      answerBytes(`{"errors":[{"message":"${SECRET}","extensions":{"code":"${code}"}}]}`, {}, '401 No'),
    );
  });
  expect(await ask()).toEqual({
    ok: false,
    code: unavailable,
    reason: 'status',
    status: 401,
    sourceCode: 'UNAUTHENTICATED',
  });
  expect(await ask()).toEqual({ ok: false, code: unavailable, reason: 'status', status: 401 });
});

test('the deadline holds even if the HTTP client never settles', async () => {
  const { ask, upstream } = await setScene(() => undefined, { openPool: neverSettlingPool });
  const answer = await within(DEADLINE_MS + TOLERANCE_MS, ask({ deadlineAt: soon() }));
  expect(answer).toMatchObject({ reason: 'timeout' });
  await upstream.close();
});

test('a call whose deadline has passed, or whose asker has gone, is not made', async () => {
  const { service, ask } = await setScene((socket) => void socket.write(good));
  expect(await ask({ deadlineAt: Date.now() - 1 })).toMatchObject({ reason: 'timeout' });
  expect(await ask({ signal: AbortSignal.abort() })).toMatchObject({ reason: 'aborted' });
  expect(await ask({ deadlineAt: Number.NaN })).toMatchObject({ reason: 'timeout' });
  expect(service.requests).toHaveLength(0);
});

test('a call ends at once when its asker goes, and its connection is dropped', async () => {
  let dropped = false;
  const { service, ask } = await setScene((socket) => void socket.on('close', () => (dropped = true)));
  const asker = new AbortController();
  const answer = ask({ signal: asker.signal, deadlineAt: Date.now() + 5_000 });
  await until(() => service.requests.length === 1);
  asker.abort();
  expect(await answer).toMatchObject({ reason: 'aborted' });
  await until(() => dropped);
});

test('a service without an address and a closed client refuse plainly', async () => {
  const { upstream, ask } = await setScene((socket) => void socket.write(good));
  const unknown = upstream.post('sharing', {
    body: '',
    deadlineAt: Date.now() + 100,
    idempotent: true,
  });
  expect(await unknown).toMatchObject({ code: unavailable, reason: 'unconfigured' });
  await upstream.close();
  expect(await ask()).toMatchObject({ code: unavailable, reason: 'closed' });
});

test('closing waits for the calls under way', async () => {
  const { upstream, ask } = await setScene((socket) => void setTimeout(() => socket.write(good), 100));
  const answer = ask();
  await sleep(20);
  await upstream.close();
  expect(await answer).toMatchObject({ ok: true });
});
