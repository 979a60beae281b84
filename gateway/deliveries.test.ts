import { connect } from 'node:net';
import type { Socket } from 'node:net';
import { once } from 'node:events';
import { describe, expect, onTestFinished, test } from 'vitest';
import { ORIGIN } from './fixtures/fake-log.ts';
import { hold } from './fixtures/hold.ts';
import { sessions, setScene } from './fixtures/scene.ts';
import type { Scene } from './fixtures/scene.ts';

/** A busy machine takes its time. */
const SOON = { timeout: 15_000 };

const PROFILE = '{ person { fullName } }';

/** A connection that stays open between requests, as browsers and proxies hold them. */
async function openConnection({ url }: Scene): Promise<Socket> {
  const { port, hostname } = new URL(url);
  const socket = connect(Number(port), hostname);
  socket.on('error', () => undefined);
  onTestFinished(() => void socket.destroy());
  await once(socket, 'connect');
  return socket;
}

function requestBytes(device = 'phone'): string {
  const body = JSON.stringify({ query: PROFILE });
  return [
    'POST /graphql HTTP/1.1',
    'host: gateway',
    'content-type: application/json',
    `authorization: Bearer ${sessions.person}`,
    `dinhdanh-device: ${device}`,
    `content-length: ${Buffer.byteLength(body)}`,
    '',
    body,
  ].join('\r\n');
}

/** Sends one request and waits for its whole answer. */
async function exchange(socket: Socket): Promise<string> {
  let text = '';
  const answered = new Promise<string>((done) => {
    const take = (bytes: Buffer): void => {
      text += bytes.toString();
      const [head = '', body] = text.split('\r\n\r\n');
      const length = Number(/content-length: (\d+)/i.exec(head)?.[1] ?? Number.NaN);
      if (body === undefined || Buffer.byteLength(body) < length) return;
      socket.off('data', take);
      done(text);
    };
    socket.on('data', take);
  });
  socket.write(requestBytes());
  return answered;
}

/** Waits until the gateway knows that nobody waits for it any more. */
async function allGone({ url }: Scene): Promise<void> {
  const underWay = async (): Promise<string | undefined> => {
    const metrics = await (await fetch(`${url}/metrics`)).text();
    return /^dinhdanh_requests_under_way (\d+)$/m.exec(metrics)?.[1];
  };
  await expect.poll(underWay, SOON).toBe('0');
}

const eventsOf = ({ log }: Scene): string[] => log.entries.map(({ event }) => event);

describe('an answer that did not reach the client', () => {
  test('is completed by an entry of its own when the client hangs up while the log writes', async () => {
    const scene = await setScene();
    const letGo = hold(scene.log);
    const socket = await openConnection(scene);
    socket.write(requestBytes());
    await expect.poll(() => scene.log.calls.length, SOON).toBe(1);
    socket.destroy();
    await allGone(scene);
    letGo();
    await expect.poll(() => eventsOf(scene), SOON).toEqual(['intent', 'aborted']);
    const [intent, aborted] = scene.log.entries;
    expect(aborted).toMatchObject({
      completes: 0,
      completesOrigin: ORIGIN,
      requestId: intent?.requestId,
      subjects: intent?.subjects,
      claims: intent?.claims,
      refusal: null,
    });
    expect(aborted).not.toHaveProperty('detail');
  });

  test('is completed when the client hangs up while sources are asked and they answer all the same', async () => {
    const scene = await setScene();
    const letGo = hold(scene.population);
    const socket = await openConnection(scene);
    socket.write(requestBytes());
    await expect.poll(() => scene.population.calls.length, SOON).toBe(1);
    socket.destroy();
    await allGone(scene);
    letGo();
    // Nobody waits for the source any more: it was asked, and nothing was released.
    await expect.poll(() => eventsOf(scene), SOON).toEqual(['denied']);
    expect(scene.log.entries[0]).toMatchObject({ sources: ['population'], claims: [] });
  });

  test('is completed for each of several on one connection whose client stops reading and breaks off', async () => {
    const scene = await setScene();
    const socket = await openConnection(scene);
    socket.pause();
    // Together more than the buffers of both sides hold.
    scene.name = 'A'.repeat(900_000);
    for (let place = 0; place < 20; place++) socket.write(requestBytes(`place-${place}`));
    await expect.poll(() => eventsOf(scene).length, SOON).toBe(20);
    socket.resetAndDestroy();
    await allGone(scene);
    // By then all that is to be told has been told.
    await scene.stop();
    const { entries } = scene.log;
    const lost = new Set(entries.flatMap(({ event, completes }) => (event === 'aborted' ? [completes] : [])));
    const delivered = entries
      .filter(({ event }, index) => event === 'intent' && !lost.has(index))
      .map(({ detail }) => (detail as { device: string }).device);
    // What the system has taken counts as delivered: some of the first, in the order of the connection.
    expect(lost.size).toBeGreaterThan(0);
    expect(entries).toHaveLength(20 + lost.size);
    expect(delivered.toSorted()).toEqual(delivered.map((_, place) => `place-${place}`).toSorted());
  });
});

describe('an answer that did', () => {
  test('is not, on a connection kept for the next request, whatever becomes of it later', async () => {
    const scene = await setScene();
    const socket = await openConnection(scene);
    for (let i = 0; i < 3; i++) expect(await exchange(socket)).toMatch(/^HTTP\/1\.1 200 .*accessReceipt/s);
    expect(eventsOf(scene)).toEqual(['intent', 'intent', 'intent']);
    // The fourth is the one that does not arrive.
    const letGo = hold(scene.log);
    socket.write(requestBytes());
    await expect.poll(() => scene.log.calls.length, SOON).toBe(4);
    socket.destroy();
    await allGone(scene);
    letGo();
    await scene.stop();
    expect(eventsOf(scene)).toHaveLength(5);
    expect(scene.log.entries.filter(({ event }) => event === 'aborted')).toMatchObject([{ completes: 3 }]);
  });

  test('is not when the client closes the connection after reading it', async () => {
    const scene = await setScene();
    const socket = await openConnection(scene);
    await exchange(socket);
    socket.destroy();
    await scene.stop();
    expect(eventsOf(scene)).toEqual(['intent']);
  });
});

describe('the log is away', () => {
  test('the request is refused with a code and the time to wait, and later written down as withheld', async () => {
    const scene = await setScene();
    scene.log.mood = 'full';
    const answer = await scene.ask(PROFILE);
    expect([answer.status, answer.headers.get('retry-after'), answer.data]).toEqual([503, '9', undefined]);
    expect(answer.errors[0]).toMatchObject({
      message: 'Chưa thể ghi nhật ký truy cập nên không cung cấp dữ liệu.',
      extensions: { code: 'ACCESS_LOG_UNAVAILABLE', retryAfterSeconds: 9 },
    });
    const english = await scene.ask(PROFILE, { headers: { 'accept-language': 'en' } });
    expect(english.errors[0]).toMatchObject({
      message: 'The access could not be put on record, so nothing is shown.',
    });
    scene.log.mood = 'well';
    await expect
      .poll(() => eventsOf(scene).toSorted(), SOON)
      .toEqual(['aborted', 'aborted', 'intent', 'intent']);
    expect(new Set(scene.log.entries.map(({ requestId }) => requestId)).size).toBe(2);
  });

  test('once that is known no source is asked, the gateway is not ready, and signing in and locking go on', async () => {
    // The log is looked for again after a second: no second goes by before the test says so.
    let now = new Date();
    const scene = await setScene({ clock: () => now });
    const ready = async (): Promise<unknown> => (await fetch(`${scene.url}/readyz`)).json();
    expect(await ready()).toEqual({ status: 'ok' });
    scene.log.mood = 'full';
    for (let i = 0; i < 5; i++) expect((await scene.ask(PROFILE)).status).toBe(503);
    expect(await ready()).toEqual({ status: 'access log unreachable' });
    expect((await fetch(`${scene.url}/readyz`)).status).toBe(503);
    const asked = scene.population.calls.length;
    const lock = await scene.ask('mutation { lockAccount(reason: OWNER_REQUEST) { status } }');
    // Done, though nothing can be told of it: what only ends the reading of others waits for nothing.
    expect([lock.status, scene.accounts.calls.length]).toEqual([503, 1]);
    expect((await scene.ask(PROFILE)).errors[0]?.extensions.code).toBe('ACCESS_LOG_UNAVAILABLE');
    expect(scene.population.calls.length).toBe(asked);
    expect((await scene.ask('mutation { signOut }')).data).toEqual({ signOut: true });
    scene.log.mood = 'well';
    now = new Date(now.getTime() + 2_000);
    await expect.poll(async () => (await scene.ask(PROFILE)).status, SOON).toBe(200);
    expect(await ready()).toEqual({ status: 'ok' });
    const metrics = await (await fetch(`${scene.url}/metrics`)).text();
    expect(metrics).toMatch(/^dinhdanh_requests_refused_for_access_log_total (?:[6-9]|\d\d)$/m);
  });

  test('a slow search of the log does not close the gate', async () => {
    const scene = await setScene();
    scene.log.isSearchBroken = true;
    for (let i = 0; i < 8; i++) await scene.ask('{ accessHistory { nodes { index } } }');
    expect((await scene.ask(PROFILE)).status).toBe(200);
  });
});

test('a source that does not answer leaves the log its time, and the rest is answered with its entry written', async () => {
  const scene = await setScene({ settings: { deadlineMs: 2_000 } });
  const query = '{ me { status } person { fullName } }';
  // Once so that the plan is made: what follows is about the time of sources.
  expect((await scene.ask(query)).status).toBe(200);
  scene.log.entries.length = 0;
  hold(scene.population);
  scene.log.delayMs = 100;
  const answer = await scene.ask(query);
  expect(answer.data).toEqual({ me: { status: 'ACTIVE' }, person: { fullName: null } });
  expect(scene.log.entries).toMatchObject([{ event: 'intent', sources: ['accounts', 'population'] }]);
});

test('a gateway that stops has written down what it answered', async () => {
  const scene = await setScene();
  const letGo = hold(scene.log);
  const answer = scene.ask(PROFILE);
  await expect.poll(() => scene.log.calls.length, SOON).toBe(1);
  const stopped = scene.stop();
  letGo();
  await stopped;
  expect((await answer).status).toBe(200);
  expect(eventsOf(scene)).toEqual(['intent']);
});
