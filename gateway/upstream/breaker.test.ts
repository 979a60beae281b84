import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { answerBytes, setScene, soon, until } from './testing.ts';
import type { Script } from './testing.ts';

const good = answerBytes('{"data":{"ok":true}}');
const bad = answerBytes('{"errors":[{"message":"x"}]}', {}, '500 No');
const limits = { breakerOpenMs: 1_000, breakerFailuresInARow: 5 };

// The breaker goes by the time of day: it stands still here, and moves on when told.
beforeEach(() => void vi.useFakeTimers({ toFake: ['Date'] }));
afterEach(() => void vi.useRealTimers());
const pass = (ms: number): void => void vi.setSystemTime(Date.now() + ms);

/** A service that is well or not as the test says. */
function moody(): { script: Script; well: boolean } {
  const mood = { well: true, script: ((socket) => void socket.write(mood.well ? good : bad)) as Script };
  return mood;
}

const changes = (events: readonly { event: string }[]): string[] =>
  events.map(({ event }) => event).filter((event) => event.startsWith('GATEWAY_BREAKER'));

test('after five failures in a row no call goes out, until one trial finds the service well', async () => {
  const mood = moody();
  const { service, upstream, events, ask } = await setScene(mood.script, { limits });
  mood.well = false;
  for (let i = 0; i < 5; i++) expect(await ask()).toMatchObject({ reason: 'status' });
  expect(upstream.states()).toEqual({ vehicles: 'open' });

  const asked = service.requests.length;
  for (let i = 0; i < 50; i++) {
    expect(await ask()).toMatchObject({ code: 'SOURCE_UNAVAILABLE', reason: 'breaker_open' });
  }
  expect(service.requests).toHaveLength(asked);

  mood.well = true;
  pass(1_000);
  // A trial is due: readiness must show it, or no traffic would ever come to make it.
  expect(upstream.states()).toEqual({ vehicles: 'half_open' });
  expect(await ask()).toMatchObject({ ok: true });
  expect(upstream.states()).toEqual({ vehicles: 'closed' });
  expect(changes(events)).toEqual(['GATEWAY_BREAKER_OPENED', 'GATEWAY_BREAKER_CLOSED']);
});

test('while half open, one trial is under way and all others are refused before it ends', async () => {
  let endTrial = (): void => undefined;
  const script: Script = (socket, request) => {
    if (request <= 5) return void socket.write(bad);
    endTrial = () => void socket.write(good);
  };
  const { service, upstream, ask } = await setScene(script, { limits });
  for (let i = 0; i < 5; i++) await ask();
  pass(1_000);
  const trial = ask();
  await until(() => service.requests.length === 6);
  expect(upstream.states()).toEqual({ vehicles: 'half_open' });
  const others = await Promise.all(Array.from({ length: 20 }, () => ask()));
  expect(others.every((answer) => !answer.ok && answer.reason === 'breaker_open')).toBe(true);
  endTrial();
  expect(await trial).toMatchObject({ ok: true });
  expect(service.requests).toHaveLength(6);
});

test('a trial that fails keeps the breaker open for twice as long', async () => {
  const { service, upstream, ask } = await setScene((socket) => void socket.write(bad), { limits });
  for (let i = 0; i < 5; i++) await ask();
  pass(1_000);
  expect(await ask()).toMatchObject({ reason: 'status' });
  pass(1_999);
  expect(await ask()).toMatchObject({ reason: 'breaker_open' });
  pass(1);
  expect(await ask()).toMatchObject({ reason: 'status' });
  expect(service.requests).toHaveLength(7);
  expect(upstream.states()).toEqual({ vehicles: 'open' });
});

test('a trial whose asker goes away is seen through, and does not close the breaker of a hanging service', async () => {
  const script: Script = (socket, request) => void (request <= 5 && socket.write(bad));
  const { service, upstream, ask } = await setScene(script, { limits });
  for (let i = 0; i < 5; i++) await ask();
  pass(1_000);
  const asker = new AbortController();
  const trial = ask({ signal: asker.signal, deadlineAt: soon() });
  await until(() => service.requests.length === 6);
  asker.abort();
  expect(await trial).toMatchObject({ reason: 'timeout' });
  expect(upstream.states()).toEqual({ vehicles: 'open' });
});

test('a service that fails every second call is left alone too', async () => {
  const script: Script = (socket, request) => void socket.write(request % 2 === 0 ? bad : good);
  const { service, upstream, ask } = await setScene(script, { limits });
  for (let i = 0; i < 100; i++) await ask();
  expect(upstream.states()).toEqual({ vehicles: 'open' });
  expect(service.requests.length).toBeLessThanOrEqual(12);
});

test.each([
  ['refuses us', answerBytes('{"errors":[{"extensions":{"code":"UNAUTHENTICATED"}}]}', {}, '401 No')],
  ['lies', answerBytes('<h1>login</h1>', { 'content-type': 'text/html' })],
  ['sends nonsense', answerBytes('{"data":null}')],
])('a service that %s is asked again: its own code and alarm stay visible', async (_how, bytes) => {
  const { service, upstream, ask } = await setScene((socket) => void socket.write(bytes), { limits });
  for (let i = 0; i < 30; i++) await ask();
  expect(service.requests).toHaveLength(30);
  expect(upstream.states()).toEqual({ vehicles: 'closed' });
});

test('calls given too little time, and calls whose asker went away, say nothing against a service', async () => {
  const { upstream, ask } = await setScene(() => undefined, { limits });
  for (let i = 0; i < 10; i++) {
    expect(await ask({ deadlineAt: Date.now() + 20 })).toMatchObject({ reason: 'timeout' });
    const asker = new AbortController();
    const left = ask({ signal: asker.signal });
    setTimeout(() => asker.abort(), 5);
    expect(await left).toMatchObject({ reason: 'aborted' });
  }
  expect(upstream.states()).toEqual({ vehicles: 'closed' });
});
