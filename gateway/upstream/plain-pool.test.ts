import type { CompactToken } from '@dinhdanh/kit';
import { expect, onTestFinished, test } from 'vitest';
import type { PooledRequest, RequestControl, RequestListener } from './call-pool.ts';
import { defaultUpstreamLimits } from './limits.ts';
import { PlainPool } from './plain-pool.ts';
import { answerBytes, startRawService, until } from './testing.ts';
import type { RawService, Script } from './testing.ts';

const good = answerBytes('{"data":{"ok":true}}');
const request: PooledRequest = {
  path: '/graphql',
  token: undefined,
  headers: { 'x-a': '1' },
  body: '{"q":"é"}',
};

/** A request that tells what became of it. */
class Told implements RequestListener {
  body: string | undefined;
  failure: Error | undefined;
  control: RequestControl | undefined;
  isWanted = true;
  onRequestStart(control: RequestControl): void {
    this.control = control;
    if (!this.isWanted) control.abort(new Error('unwanted'));
  }
  onResponseStart(): void {}
  onResponseData(_: RequestControl, bytes: Buffer): void {
    this.body = bytes.toString();
  }
  onResponseEnd(): void {}
  onResponseError(_: RequestControl, failure: Error): void {
    this.failure = failure;
  }
}

async function open(
  script: Script,
  limits: Partial<typeof defaultUpstreamLimits> = {},
): Promise<{ pool: PlainPool; service: RawService; ask: (given?: PooledRequest) => Told }> {
  const service = await startRawService(script);
  const pool = new PlainPool(service.url, { ...defaultUpstreamLimits, ...limits }, () => undefined);
  onTestFinished(async () => {
    await pool.destroy();
    await service.close();
  });
  const ask = (given = request): Told => {
    const told = new Told();
    pool.dispatch(given, told);
    return told;
  };
  return { pool, service, ask };
}

const common = [
  'content-type: application/json\r\n',
  'accept: application/graphql-response+json, application/json;q=0.9\r\n',
  'accept-encoding: identity\r\n',
].join('');

test('a request is one POST with its own length in bytes', async () => {
  const { service, ask } = await open((socket) => void socket.write(good));
  const told = ask();
  await until(() => told.body !== undefined);
  const { host } = new URL(service.url);
  expect(Buffer.from(service.requests[0] ?? '', 'latin1').toString()).toBe(
    `POST /graphql HTTP/1.1\r\nhost: ${host}\r\n${common}x-a: 1\r\ncontent-length: 10\r\n\r\n{"q":"é"}`,
  );
  const signed = ask({ ...request, token: 'a.b.c' as CompactToken });
  await until(() => signed.body !== undefined);
  expect(service.requests[1]).toContain('\r\nauthorization: Bearer a.b.c\r\nx-a: 1\r\n');
});

test('a value that could end its line is refused, and harms no connection', async () => {
  const { service, ask } = await open((socket) => void socket.write(good));
  for (const value of ['1\r\nx-b: 2', '1\n2', '1\0', '1\u007f', 'é']) {
    const bad = ask({ ...request, headers: { 'x-a': value } });
    await until(() => bad.failure !== undefined);
  }
  const fine = ask();
  await until(() => fine.body !== undefined);
  expect(service.requests).toHaveLength(1);
  expect(service.accepted()).toBe(1);
});

test('what is no longer wanted before its turn is never sent, and the next has its connection', async () => {
  const { service, ask } = await open((socket) => void setTimeout(() => socket.write(good), 20), {
    connections: 1,
  });
  const [first, second, third] = [ask(), ask(), ask()];
  second.isWanted = false;
  await until(() => third.body !== undefined);
  expect(first.body).toBeDefined();
  expect(second.body).toBeUndefined();
  expect(service.requests).toHaveLength(2);
  expect(service.accepted()).toBe(1);
});

test('an answer nobody waits for any more costs its connection, and never reaches the next request', async () => {
  const { service, ask } = await open((socket, number) => {
    setTimeout(() => socket.write(answerBytes(`{"data":{"n":${number}}}`)), 30);
  });
  const first = ask();
  await until(() => service.requests.length === 1);
  first.control?.abort(new Error('gone'));
  const second = ask();
  await until(() => second.body !== undefined);
  expect(second.body).toBe('{"data":{"n":2}}');
  expect(first.body).toBeUndefined();
  expect(first.failure).toBeUndefined();
});

test('bytes that nobody asked for end the connection they came on', async () => {
  const { service, ask } = await open((socket) => {
    socket.write(good);
    setTimeout(() => socket.write(answerBytes('{"data":{"ok":"poison"}}')), 20);
  });
  const first = ask();
  await until(() => first.body !== undefined);
  await until(() => service.open() === 0);
  const second = ask();
  await until(() => second.body !== undefined);
  expect(second.body).toContain('true');
});

test('a peer that says it keeps connections shortly is not met on one it has closed', async () => {
  const { service, ask } = await open(
    (socket) => void socket.write(answerBytes('{}', { 'keep-alive': 'timeout=2' })),
  );
  const first = ask();
  await until(() => first.body !== undefined);
  await until(() => service.open() === 0);
});

test('closing lets what is under way and what waits end well', async () => {
  const { pool, ask } = await open((socket) => void setTimeout(() => socket.write(good), 20), {
    connections: 1,
  });
  const told = [ask(), ask(), ask()];
  await pool.close();
  expect(told.map(({ body }) => body)).toEqual(told.map(() => '{"data":{"ok":true}}'));
  expect(() => ask()).toThrow();
});

test('destroying ends all at once, and each is told', async () => {
  const { pool, service, ask } = await open(() => undefined, { connections: 1 });
  const told = [ask(), ask()];
  await until(() => service.requests.length === 1);
  await pool.destroy();
  expect(told.every(({ failure }) => failure !== undefined)).toBe(true);
});

test('where nobody listens each request that waits is told, however few connections there may be', async () => {
  const { pool, service } = await open(() => undefined, { connections: 2 });
  await service.close();
  const told = Array.from({ length: 7 }, () => new Told());
  for (const each of told) pool.dispatch(request, each);
  await until(() => told.every(({ failure }) => failure !== undefined));
  expect(told.map(({ failure }) => (failure as { code?: string }).code)).toEqual(
    told.map(() => 'ECONNREFUSED'),
  );
});

test('answers in large pieces on many connections at once do not mix', async () => {
  const { ask } = await open((socket, number) => {
    const text = JSON.stringify({ data: { n: number, pad: String(number % 10).repeat(200_000) } });
    socket.write(answerBytes(text));
  });
  const told = Array.from({ length: 30 }, () => ask());
  await until(() => told.every(({ body }) => body !== undefined));
  for (const { body } of told) {
    const { n, pad } = (JSON.parse(body ?? '') as { data: { n: number; pad: string } }).data;
    expect(pad).toBe(String(n % 10).repeat(200_000));
  }
});
