import { randomBytes, randomUUID } from 'node:crypto';
import type { AddressInfo } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import Fastify from 'fastify';
import type { FastifyInstance } from 'fastify';
import { expect, onTestFinished, test } from 'vitest';
import { CallerGate } from './caller-gate.ts';
import { bodyHash, signCallerToken } from './caller-token.ts';
import type { CallerToken } from './caller-token.ts';
import { closeServer } from './close-server.ts';
import { AppError } from './errors.ts';
import { servePassThrough } from './pass-through.ts';
import type { PassThrough } from './passed-request.ts';
import { RecordingLog } from './testing.ts';

const key = randomBytes(32);

function tokenOf(body: string, given: Partial<CallerToken> = {}): string {
  const iat = Math.floor(Date.now() / 1000);
  return signCallerToken(
    {
      iss: 'gateway',
      aud: 'sharing',
      iat,
      exp: iat + 30,
      jti: randomUUID(),
      act: { kind: 'system', id: 'gateway' },
      level: 0,
      subjects: [],
      ids: {},
      claims: [],
      purpose: 'pass_through',
      legalBasis: 'test',
      bh: bodyHash(body),
      ...given,
    },
    key,
  );
}

async function serve(handle: PassThrough<string>['handle']): Promise<{
  server: FastifyInstance;
  log: RecordingLog;
  send: (path: string, init?: RequestInit, token?: string | null) => Promise<Response>;
}> {
  const server = Fastify({ bodyLimit: 1024, forceCloseConnections: 'idle', exposeHeadRoutes: false });
  const log = new RecordingLog();
  const gate = new CallerGate('sharing', {
    callerKey: key,
    clock: () => new Date(),
    databaseUrl: '',
    host: '127.0.0.1',
    port: 0,
    log,
  });
  // As makeServer has it: JSON alone outside of what is passed through.
  server.removeAllContentTypeParsers();
  servePassThrough(server, {
    passThrough: { prefixes: ['/oauth/', '/.well-known/openid-configuration'], handle },
    store: 'the store',
    gate,
    log,
  });
  server.setErrorHandler((error, _request, reply) =>
    reply
      .code(error instanceof AppError ? error.status : ((error as { statusCode?: number }).statusCode ?? 500))
      .send(),
  );
  await server.listen({ host: '127.0.0.1', port: 0 });
  onTestFinished(() => server.server.closeAllConnections());
  const origin = `http://127.0.0.1:${(server.server.address() as AddressInfo).port}`;
  return {
    server,
    log,
    send: (path, init = {}, token = tokenOf(typeof init.body === 'string' ? init.body : '')) =>
      fetch(origin + path, {
        redirect: 'manual',
        ...init,
        headers: {
          ...(init.headers as Record<string, string>),
          ...(token === null ? {} : { 'dinhdanh-caller': `Bearer ${token}` }),
        },
      }),
  };
}

/** Reads a request as Koa applications do: `readable`, an iterator, the length that the head promises. */
const koaLike: PassThrough<string>['handle'] = async (request, response, call, store) => {
  const chunks: Buffer[] = [];
  if (request.readable) {
    for await (const chunk of request.iterator({ destroyOnReturn: false })) chunks.push(chunk as Buffer);
  }
  const streamed = Buffer.concat(chunks).toString();
  const { method, url, headers } = request;
  response.setHeader('set-cookie', ['one=1', 'two=2']);
  response.writeHead(200, { 'content-type': 'application/json' }).end(
    JSON.stringify({
      method,
      url,
      streamed,
      asRead: request.body.toString(),
      length: headers['content-length'] ?? null,
      authorization: headers.authorization,
      raw: request.rawHeaders.map((name) => name.toLowerCase()).includes('dinhdanh-caller'),
      vouched: headers['dinhdanh-caller'] ?? null,
      store,
      address: call.caller.client?.address,
    }),
  );
};

test('a request is handed on raw: its path, the client’s own authorization, and a body that can be read once more', async () => {
  const { send } = await serve(koaLike);
  const body = 'grant_type=authorization_code&code=abc%20d';
  const answer = await send(
    '/oauth/token?a=b%2Fc',
    {
      method: 'POST',
      body,
      headers: {
        'content-type': 'application/x-www-form-urlencoded',
        authorization: 'DPoP the-client’s'.replace('’', ''),
      },
    },
    tokenOf(body, { client: { address: 'hashed', device: null, cookie: false } }),
  );
  expect(await answer.json()).toEqual({
    method: 'POST',
    url: '/oauth/token?a=b%2Fc',
    streamed: body,
    asRead: body,
    length: String(body.length),
    authorization: 'DPoP the-clients',
    raw: false,
    vouched: null,
    store: 'the store',
    address: 'hashed',
  });
  expect(answer.headers.getSetCookie()).toEqual(['one=1', 'two=2']);
});

test('a request without a body is one, and keeps its connection', async () => {
  const { send } = await serve(koaLike);
  for (const path of ['/.well-known/openid-configuration', '/oauth/jwks']) {
    expect(await (await send(path)).json()).toMatchObject({
      method: 'GET',
      url: path,
      streamed: '',
      asRead: '',
    });
  }
});

test.each<[string, string | null]>([
  ['none', null],
  ['one for another body', tokenOf('other')],
  ['one for another service', tokenOf('body', { aud: 'accounts' })],
  ['one on behalf of a person', tokenOf('body', { act: { kind: 'person', id: 'account' } })],
  ['one of another system', tokenOf('body', { act: { kind: 'system', id: 'accounts' } })],
])('no caller token of the gateway’s own, no way in: %s', async (_what, token) => {
  let handled = 0;
  const { send } = await serve(async (_request, response) => {
    handled += 1;
    response.end();
  });
  expect((await send('/oauth/token', { method: 'POST', body: 'body' }, token)).status).toBe(401);
  expect(handled).toBe(0);
  expect((await send('/oauth/token', { method: 'POST', body: 'body' })).status).toBe(200);
});

test('a caller token is good once, and a body has its limit', async () => {
  const { send } = await serve(koaLike);
  const token = tokenOf('');
  expect((await send('/oauth/auth', {}, token)).status).toBe(200);
  expect((await send('/oauth/auth', {}, token)).status).toBe(401);
  expect((await send('/oauth/token', { method: 'POST', body: 'x'.repeat(2048) })).status).toBe(413);
});

test('paths beside the prefixes are not passed', async () => {
  const { send } = await serve(koaLike);
  for (const path of ['/.well-known/openid-configuration/more', '/oauth', '/other']) {
    expect((await send(path)).status).toBe(404);
  }
});

test('a handler that fails is answered by 503 and told to the log, without a word of the failure', async () => {
  const { send, log } = await serve(async () => {
    throw new TypeError('a number of somebody');
  });
  const answer = await send('/oauth/auth');
  expect([answer.status, await answer.text()]).toEqual([503, '{}']);
  expect(log.lines).toMatchObject([{ event: 'SERVICE_RESOLVER_FAILED', fields: { errorName: 'TypeError' } }]);
});

test('events are streamed as they come, and a closing server ends the stream but finishes an answer under way', async () => {
  let written = 0;
  const { promise: isUnderWay, resolve: begin } = Promise.withResolvers<void>();
  const { send, server } = await serve(async (request, response) => {
    if (request.url === '/oauth/slow') {
      begin();
      await sleep(200);
      return void response.end('whole');
    }
    response.writeHead(200, { 'content-type': 'text/event-stream' });
    const timer = setInterval(() => response.write(`data: ${(written += 1)}\n\n`), 20);
    // Goes on for a moment: a write behind the end must harm nothing.
    response.once('close', () => setTimeout(() => clearInterval(timer), 100));
  });
  const stream = await send('/oauth/events');
  const reader = (stream.body as ReadableStream<Uint8Array>).getReader();
  expect(Buffer.from((await reader.read()).value ?? []).toString()).toContain('data: 1');
  const slow = send('/oauth/slow');
  await isUnderWay;
  const startedAt = performance.now();
  const closed = closeServer(server);
  const isOver = async (): Promise<boolean> => (await reader.read()).done || isOver();
  expect(await isOver()).toBe(true);
  expect(await (await slow).text()).toBe('whole');
  await closed;
  await sleep(150);
  expect(performance.now() - startedAt).toBeLessThan(5_000);
});
