import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import { createGzip } from 'node:zlib';
import type { LogEvent, LogFields } from '@dinhdanh/kit';
import { afterEach, expect, test } from 'vitest';
import type { RefusalReason } from './answer.ts';
import { answerBytes, neverSettlingPool, pour, startRawService } from './testing.ts';
import type { RawService, Script } from './testing.ts';
import { createUpstream } from './upstream.ts';
import type { Upstream, UpstreamAnswer, UpstreamCall, UpstreamOptions } from './upstream.ts';

const DEADLINE_MS = 300;
const TOLERANCE_MS = 150;
const good = answerBytes('{"data":{"ok":true}}');
const SECRET = 'select * from citizen where number=098200000001';

const opened: { close: () => Promise<void> }[] = [];
afterEach(async () => {
  for (const thing of opened.splice(0).reverse()) await thing.close();
});

interface Scene {
  readonly service: RawService;
  readonly upstream: Upstream;
  readonly events: readonly { event: LogEvent; fields: LogFields }[];
  readonly ask: (call?: Partial<UpstreamCall>) => Promise<UpstreamAnswer>;
}

async function scene(
  script: Script,
  options: Partial<UpstreamOptions> = {},
  onConnect?: Parameters<typeof startRawService>[1],
): Promise<Scene> {
  const service = await startRawService(script, onConnect);
  const events: { event: LogEvent; fields: LogFields }[] = [];
  const upstream = createUpstream({
    services: { vehicles: service.url },
    onEvent: (event, fields) => events.push({ event, fields }),
    ...options,
  });
  opened.push(service, upstream);
  return { service, upstream, events, ask: (call) => ask(upstream, call) };
}

function ask(upstream: Upstream, call: Partial<UpstreamCall> = {}): Promise<UpstreamAnswer> {
  return upstream.post('vehicles', {
    body: '{"query":"{ok}"}',
    headers: () => ({ authorization: 'Bearer token' }),
    deadlineAt: Date.now() + DEADLINE_MS,
    idempotent: true,
    ...call,
  });
}

async function until(condition: () => boolean, ms = 2_000): Promise<void> {
  const end = Date.now() + ms;
  while (!condition() && Date.now() < end) await sleep(5);
  expect(condition()).toBe(true);
}

async function gzipBomb(megabytes: number): Promise<Buffer> {
  const gzip = createGzip({ level: 1 });
  const parts: Buffer[] = [];
  gzip.on('data', (part: Buffer) => parts.push(part));
  const zeros = Buffer.alloc(1024 * 1024, 0x20);
  for (let i = 0; i < megabytes; i++) if (!gzip.write(zeros)) await once(gzip, 'drain');
  gzip.end();
  await once(gzip, 'end');
  return Buffer.concat(parts);
}

const say =
  (...parts: Parameters<typeof answerBytes>): Script =>
  (socket) =>
    void socket.write(answerBytes(...parts));
const CHUNK = Buffer.alloc(64 * 1024, 0x20);
const BIG = 300 * 1024 * 1024;

interface Fault {
  readonly fault: string;
  readonly script: Script;
  readonly reason: RefusalReason;
  readonly code: 'SOURCE_UNAVAILABLE' | 'SOURCE_INVALID';
  readonly onConnect?: Parameters<typeof startRawService>[1];
  /** The call may last until its deadline; all others end at once. */
  readonly late?: true;
}

const unavailable = 'SOURCE_UNAVAILABLE';
const invalid = 'SOURCE_INVALID';
const faults: readonly Fault[] = [
  {
    fault: 'RST at connect',
    script: () => undefined,
    onConnect: (s) => s.resetAndDestroy(),
    reason: 'reset',
    code: unavailable,
  },
  {
    fault: 'FIN at connect',
    script: () => undefined,
    onConnect: (s) => s.end(),
    reason: 'reset',
    code: unavailable,
  },
  { fault: 'blackhole', script: () => undefined, reason: 'timeout', code: unavailable, late: true },
  {
    fault: 'RST instead of an answer',
    script: (s) => s.resetAndDestroy(),
    reason: 'reset',
    code: unavailable,
  },
  {
    fault: 'slow-loris body, 1 byte a millisecond',
    script: (s) => {
      s.write(answerBytes('', { 'content-length': 100_000 }));
      const drip = setInterval(() => s.write(' '), 1);
      s.on('close', () => clearInterval(drip));
    },
    reason: 'timeout',
    code: unavailable,
    late: true,
  },
  {
    fault: 'slow-loris head, 1 byte a millisecond',
    script: (s) => {
      s.write('HTTP/1.1 200 OK\r\nx: ');
      const drip = setInterval(() => s.write('y'), 1);
      s.on('close', () => clearInterval(drip));
    },
    reason: 'timeout',
    code: unavailable,
    late: true,
  },
  {
    fault: 'stall mid-body',
    script: (s) => s.write(good.subarray(0, -5)),
    reason: 'timeout',
    code: unavailable,
    late: true,
  },
  {
    fault: 'stall in the body of an error',
    script: (s) => s.write(answerBytes('{"errors":[', { 'content-length': 99 }, '500 No')),
    reason: 'timeout',
    code: unavailable,
    late: true,
  },
  { fault: 'FIN mid-body', script: (s) => s.end(good.subarray(0, -5)), reason: 'reset', code: unavailable },
  {
    fault: 'FIN mid-body of a connection to be closed',
    script: (s) => s.end(answerBytes('{"data":', { 'content-length': 99, connection: 'close' })),
    reason: 'reset',
    code: unavailable,
  },
  {
    fault: 'FIN mid-chunk',
    script: (s) =>
      s.end(
        'HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ntransfer-encoding: chunked\r\n\r\n40\r\n{"data":',
      ),
    reason: 'reset',
    code: unavailable,
  },
  {
    fault: 'RST mid-body',
    script: (s) => {
      s.write(good.subarray(0, -5));
      setTimeout(() => s.resetAndDestroy(), 20);
    },
    reason: 'reset',
    code: unavailable,
  },
  {
    fault: 'truncated JSON of the right length',
    script: say('{"data":{"ok":tr'),
    reason: 'json',
    code: invalid,
  },
  {
    fault: 'truncated JSON of no stated length',
    script: (s) =>
      s.end('HTTP/1.1 200 OK\r\ncontent-type: application/json\r\nconnection: close\r\n\r\n{"data":{'),
    reason: 'json',
    code: invalid,
  },
  {
    fault: 'HTML with 200',
    script: say('<h1>login</h1>', { 'content-type': 'text/html' }),
    reason: 'content_type',
    code: invalid,
  },
  { fault: 'HTML that calls itself JSON', script: say('<h1>login</h1>'), reason: 'json', code: invalid },
  { fault: 'no body', script: say(''), reason: 'json', code: invalid },
  {
    fault: 'no content type',
    script: (s) => s.write('HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\n{}'),
    reason: 'content_type',
    code: invalid,
  },
  {
    fault: 'two content types',
    script: say('{"data":{}}', { 'Content-Type': 'text/plain' }),
    reason: 'content_type',
    code: invalid,
  },
  {
    fault: 'charset UTF-16',
    script: say(Buffer.from('{"data":{}}', 'utf16le'), {
      'content-type': 'application/json; charset=utf-16',
    }),
    reason: 'content_type',
    code: invalid,
  },
  {
    fault: 'charset UTF-7',
    script: say('{"data":{}}', { 'content-type': 'application/json; charset=utf-7' }),
    reason: 'content_type',
    code: invalid,
  },
  {
    fault: 'Latin-1 that calls itself UTF-8',
    script: say(Buffer.from('{"data":{"name":"Hà"}}', 'latin1')),
    reason: 'charset',
    code: invalid,
  },
  {
    fault: '500 with errors in JSON',
    script: say(`{"errors":[{"message":"${SECRET}"}]}`, {}, '500 No'),
    reason: 'status',
    code: unavailable,
  },
  {
    fault: '503 with HTML',
    script: say(SECRET, { 'content-type': 'text/html' }, '503 No'),
    reason: 'status',
    code: unavailable,
  },
  {
    fault: '302 elsewhere',
    script: say('{}', { location: 'http://127.0.0.1:1/' }, '302 Found'),
    reason: 'status',
    code: unavailable,
  },
  {
    fault: '204 without a body',
    script: (s) => s.write('HTTP/1.1 204 No Content\r\n\r\n'),
    reason: 'status',
    code: unavailable,
  },
  { fault: '{"data":null} without errors', script: say('{"data":null}'), reason: 'shape', code: invalid },
  {
    fault: 'errors that are no list',
    script: say(`{"errors":{"message":"${SECRET}"}}`),
    reason: 'shape',
    code: invalid,
  },
  { fault: 'an array', script: say('[{"data":{}}]'), reason: 'shape', code: invalid },
  { fault: 'null', script: say('null'), reason: 'shape', code: invalid },
  {
    fault: '300 MB of stated length',
    script: (s) => {
      s.write(answerBytes('', { 'content-length': BIG }));
      pour(s, CHUNK, BIG);
    },
    reason: 'too_large',
    code: unavailable,
  },
  {
    fault: '300 MB of no stated length',
    script: (s) => {
      s.write('HTTP/1.1 200 OK\r\ncontent-type: application/json\r\nconnection: close\r\n\r\n');
      pour(s, CHUNK, BIG);
    },
    reason: 'too_large',
    code: unavailable,
  },
  {
    fault: 'a head of 300 MB',
    script: (s) => pour(s.write('HTTP/1.1 200 OK\r\nx: ') ? s : s, Buffer.alloc(64 * 1024, 'y'), BIG),
    reason: 'protocol',
    code: invalid,
  },
  {
    fault: 'not HTTP',
    script: (s) => s.write('220 smtp.example ESMTP\r\n'),
    reason: 'protocol',
    code: invalid,
  },
];

test.each(faults)(
  '$fault is refused as $reason within the deadline and leaves no connection',
  async (row) => {
    const { upstream, service, events, ask } = await scene(row.script, {}, row.onConnect);
    const startedAt = performance.now();
    const answer = await ask();
    const tookMs = performance.now() - startedAt;

    expect(answer).toMatchObject({ ok: false, code: row.code, reason: row.reason });
    expect(tookMs).toBeLessThan(row.late ? DEADLINE_MS + TOLERANCE_MS : DEADLINE_MS);
    expect(events.map(({ event }) => event)).toEqual([
      row.code === invalid ? 'GATEWAY_SOURCE_INVALID' : 'GATEWAY_SOURCE_FAILED',
    ]);
    expect(JSON.stringify([answer, events])).not.toContain('098200000001');
    // Only a connection whose answer was read whole may stay, for the next call.
    await until(() => service.open() <= 1);
    await upstream.close();
    await until(() => service.open() === 0);
  },
);

test('a refused connection is told as such', async () => {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  const { ask } = await scene(() => undefined, { services: { vehicles: `http://127.0.0.1:${port}` } });
  expect(await ask()).toMatchObject({ code: unavailable, reason: 'connect' });
});

test('a gzip bomb is never unpacked, and memory stays flat over 200 bombs and 200 bodies of 300 MB', async () => {
  const bomb = answerBytes(await gzipBomb(200), { 'content-encoding': 'gzip' });
  const { service, ask } = await scene(
    (socket, request) => {
      if (request % 2 === 0) return void socket.write(bomb);
      socket.write('HTTP/1.1 200 OK\r\ncontent-type: application/json\r\nconnection: close\r\n\r\n');
      pour(socket, CHUNK, BIG);
    },
    { limits: { breakerFailuresInARow: 1_000, breakerFailureShare: 0.99 } },
  );
  const round = async (): Promise<void> => {
    expect(await ask({ deadlineAt: Date.now() + 5_000 })).toMatchObject({ reason: 'too_large' });
    expect(await ask({ deadlineAt: Date.now() + 5_000 })).toMatchObject({
      code: invalid,
      reason: 'encoding',
    });
  };
  for (let i = 0; i < 40; i++) await round();
  const before = process.memoryUsage.rss();
  for (let i = 0; i < 160; i++) await round();
  const grownMegabytes = (process.memoryUsage.rss() - before) / 1024 ** 2;
  expect(grownMegabytes).toBeLessThan(20);
  await until(() => service.open() <= 1);
}, 60_000);

test('a good answer comes with its JSON and headers, and the connection is used again', async () => {
  const { service, upstream, ask } = await scene(
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

test('partial data with errors is a good answer, for the engine to judge', async () => {
  const { ask } = await scene(
    say('{"data":null,"errors":[{"message":"x","extensions":{"code":"NOT_PERMITTED"}}]}'),
  );
  expect(await ask()).toMatchObject({ ok: true, json: { data: null } });
});

test('a door may answer any JSON object, under the prefix of its service', async () => {
  const { service, upstream } = await scene(say('{"level":2}'));
  expect(await ask(upstream, { path: '/resolve-caller' })).toMatchObject({ ok: true, json: { level: 2 } });
  const behindPrefix = createUpstream({
    services: { vehicles: `${service.url}/registry/graphql` },
    onEvent: () => undefined,
  });
  opened.push(behindPrefix);
  await ask(behindPrefix, { path: '/resolve-caller' });
  expect(service.requests.map((request) => request.split(' ')[1])).toEqual([
    '/resolve-caller',
    '/registry/resolve-caller',
  ]);
});

test('of an error answer only a code of the catalogue is passed on', async () => {
  const { ask } = await scene((socket, request) => {
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
  const { ask, upstream } = await scene(() => undefined, { openPool: neverSettlingPool });
  const startedAt = performance.now();
  expect(await ask()).toMatchObject({ reason: 'timeout' });
  expect(performance.now() - startedAt).toBeLessThan(DEADLINE_MS + TOLERANCE_MS);
  await upstream.close();
});

test('a call whose deadline has passed, or whose asker has gone, is not made', async () => {
  const { service, ask } = await scene((socket) => void socket.write(good));
  expect(await ask({ deadlineAt: Date.now() - 1 })).toMatchObject({ reason: 'timeout' });
  expect(await ask({ signal: AbortSignal.abort() })).toMatchObject({ reason: 'aborted' });
  expect(await ask({ deadlineAt: Number.NaN })).toMatchObject({ reason: 'timeout' });
  expect(service.requests).toHaveLength(0);
});

test('a call ends at once when its asker goes, and its connection is dropped', async () => {
  let dropped = false;
  const { service, ask } = await scene((socket) => void socket.on('close', () => (dropped = true)));
  const asker = new AbortController();
  const answer = ask({ signal: asker.signal, deadlineAt: Date.now() + 5_000 });
  await until(() => service.requests.length === 1);
  asker.abort();
  expect(await answer).toMatchObject({ reason: 'aborted' });
  await until(() => dropped);
});

test('a service without an address and a closed client refuse plainly', async () => {
  const { upstream, ask } = await scene((socket) => void socket.write(good));
  const unknown = upstream.post('sharing', {
    body: '',
    headers: () => ({}),
    deadlineAt: Date.now() + 100,
    idempotent: true,
  });
  expect(await unknown).toMatchObject({ code: unavailable, reason: 'unconfigured' });
  await upstream.close();
  expect(await ask()).toMatchObject({ code: unavailable, reason: 'closed' });
});

test('closing waits for the calls under way', async () => {
  const { upstream, ask } = await scene((socket) => void setTimeout(() => socket.write(good), 100));
  const answer = ask();
  await sleep(20);
  await upstream.close();
  expect(await answer).toMatchObject({ ok: true });
});
