import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { once } from 'node:events';
import { createGzip } from 'node:zlib';
import { heldBytes } from '@dinhdanh/kit/testing';
import { expect, test } from 'vitest';
import type { RefusalReason } from './answer.ts';
import { DEADLINE_MS, answerBytes, pour, say, setScene, soon, until, within } from './testing.ts';
import type { Script } from './testing.ts';

const TOLERANCE_MS = 150;
const AT_ONCE_MS = 1_000;
const good = answerBytes('{"data":{"ok":true}}');
const SECRET = 'select * from citizen where number=098200000001';

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

const CHUNK = Buffer.alloc(64 * 1024, 0x20);
const BIG = 300 * 1024 * 1024;

interface Fault {
  readonly fault: string;
  readonly script: Script;
  readonly reason: RefusalReason;
  readonly code: 'SOURCE_UNAVAILABLE' | 'SOURCE_INVALID';
  readonly onConnect?: Parameters<typeof setScene>[2];
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
    const { upstream, service, events, ask } = await setScene(row.script, {}, row.onConnect);
    const answer = row.late
      ? await within(DEADLINE_MS + TOLERANCE_MS, ask({ deadlineAt: soon() }))
      : await within(AT_ONCE_MS, ask());

    expect(answer).toMatchObject({ ok: false, code: row.code, reason: row.reason });
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
  const { ask } = await setScene(() => undefined, { services: { vehicles: `http://127.0.0.1:${port}` } });
  expect(await ask()).toMatchObject({ code: unavailable, reason: 'connect' });
});

test('a gzip bomb is never unpacked, and memory stays flat over hundreds of bombs and bodies of 300 MB', async () => {
  const bomb = answerBytes(await gzipBomb(200), { 'content-encoding': 'gzip' });
  const { service, ask } = await setScene(
    (socket, request) => {
      if (request % 2 === 0) return void socket.write(bomb);
      socket.write('HTTP/1.1 200 OK\r\ncontent-type: application/json\r\nconnection: close\r\n\r\n');
      pour(socket, CHUNK, BIG);
    },
    { limits: { breakerFailuresInARow: 1_000, breakerFailureShare: 0.99 } },
  );
  const round = async (): Promise<void> => {
    expect(await ask()).toMatchObject({ reason: 'too_large' });
    expect(await ask()).toMatchObject({
      code: invalid,
      reason: 'encoding',
    });
  };
  const inUseAfter = async (rounds: number): Promise<[held: number, resident: number]> => {
    for (let i = 0; i < rounds; i++) await round();
    return [await heldBytes(), process.memoryUsage.rss()];
  };
  // Buffers of the allocator come first and stay, and what came before is let go of; what grows is looked for after that.
  for (let i = 0; i < 4; i++) await inUseAfter(50);
  const [held, resident] = await inUseAfter(0);
  const [heldAfter, residentAfter] = await inUseAfter(200);
  // One body kept is a megabyte.
  expect((heldAfter - held) / 1024 ** 2).toBeLessThan(5);
  expect((residentAfter - resident) / 1024 ** 2).toBeLessThan(50);
  await until(() => service.open() <= 1);
}, 120_000);
