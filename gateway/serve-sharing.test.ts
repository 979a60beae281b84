import { once } from 'node:events';
import { request as httpRequest } from 'node:http';
import type { IncomingMessage } from 'node:http';
import { sessionIdOf } from '@dinhdanh/kit';
import { describe, expect, test } from 'vitest';
import { eventsHeader } from './fixtures/fake-sharing.ts';
import { SELF, sessions, setScene } from './fixtures/scene.ts';
import type { Scene } from './fixtures/scene.ts';

const get = (scene: Scene, path: string, headers: Record<string, string> = {}): Promise<Response> =>
  fetch(scene.url + path, { headers, redirect: 'manual' });

const post = (
  scene: Scene,
  path: string,
  body: string,
  headers: Record<string, string> = {},
): Promise<Response> =>
  fetch(scene.url + path, {
    method: 'POST',
    body,
    headers: { 'content-type': 'application/x-www-form-urlencoded', ...headers },
    redirect: 'manual',
  });

describe('what is handed on', () => {
  test('path, method, body and the client’s own headers, with the gateway’s word for it and without a citizen’s session', async () => {
    const scene = await setScene({ settings: { publicUrl: 'https://dinhdanh.example' } });
    scene.sharing.answer = (_request, response) => {
      response.setHeader('set-cookie', [
        '_interaction=abc; Path=/share/x',
        'dinhdanh_session=taken; Path=/',
        'b=2',
        'undefined',
      ]);
      response.writeHead(303, {
        location: 'https://dinhdanh.example/share/x',
        'x-powered-by': 'somebody',
        'content-security-policy': 'default-src *',
        'keep-alive': 'timeout=99',
      });
      response.end('moved');
    };
    const answer = await post(scene, '/oauth/token?a=b%2Fc', 'grant_type=x&code=a%20b', {
      cookie: '_session=1; dinhdanh_session=a-citizens-session; other=2',
      authorization: 'DPoP abc',
      dpop: 'proof',
      'user-agent': 'Trình duyệt Firefox/1'.replace(/[^\x20-\x7e]/g, ''),
      'x-forwarded-host': 'evil.example',
      'dinhdanh-caller': 'Bearer made-up',
      'dinhdanh-device': 'phone-1',
    });
    const [handed] = scene.sharing.passed;
    expect(handed).toMatchObject({
      method: 'POST',
      url: '/oauth/token?a=b%2Fc',
      headers: {
        cookie: '_session=1; other=2',
        authorization: 'DPoP abc',
        dpop: 'proof',
        'content-type': 'application/x-www-form-urlencoded',
        'x-forwarded-host': 'dinhdanh.example',
        'x-forwarded-proto': 'https',
      },
      caller: {
        act: { kind: 'system', id: 'gateway' },
        subjects: [],
        client: {
          address: expect.stringMatching(/^[\w-]{22}$/),
          device: 'phone-1',
          cookie: false,
          network: '127.0.0.x',
          agent: 'Trnh duyt Firefox/1',
        },
      },
    });
    expect(handed?.body.toString()).toBe('grant_type=x&code=a%20b');
    expect(handed?.headers['dinhdanh-device']).toBeUndefined();
    expect([answer.status, await answer.text()]).toEqual([303, 'moved']);
    expect(answer.headers.getSetCookie()).toEqual(['_interaction=abc; Path=/share/x', 'b=2']);
    expect(Object.fromEntries(answer.headers)).toMatchObject({
      location: 'https://dinhdanh.example/share/x',
      'cache-control': 'no-store',
      'x-content-type-options': 'nosniff',
      'content-security-policy': expect.stringContaining("default-src 'none'"),
    });
    expect(answer.headers.has('x-powered-by')).toBe(false);
  });

  const OURS: readonly [method: string, path: string][] = [
    ['GET', '/.well-known/openid-configuration'],
    ['GET', '/.well-known/oauth-authorization-server'],
    ['GET', '/oauth/jwks'],
    ['GET', '/oauth/auth/AbC-_123'],
    ['OPTIONS', '/oauth/token'],
    ['GET', '/share/AbCdEfGh12/state'],
    ['GET', '/share/AbCdEfGh12/return?code=abc'],
    ['POST', '/share/AbCdEfGh12/number'],
    ['POST', '/share/AbCdEfGh12/renew'],
    ['POST', '/share/AbCdEfGh12/cancel'],
  ];

  const NOT_OURS: readonly [method: string, path: string][] = [
    ['GET', '/oauth'],
    ['GET', '/oauth/'],
    ['GET', '/oauth//jwks'],
    ['GET', '/oauth/%2e%2e/check-consent'],
    ['GET', '/%6fauth/jwks'],
    ['GET', '/oauth/..%2fgraphql'],
    ['POST', '/oauth/../check-consent'],
    ['POST', '/.well-known/openid-configuration'],
    ['POST', '/share/AbCdEfGh12/state'],
    ['GET', '/share/AbCdEfGh12/cancel'],
    ['GET', '/share/short/state'],
    ['GET', '/share/AbCdEfGh12/other'],
    ['POST', '/check-consent'],
    ['DELETE', '/oauth/token'],
  ];

  test('every path of the contract, and nothing else, however it is spelt', async () => {
    const scene = await setScene();
    scene.sharing.answer = (_request, response) => void response.writeHead(200).end('{}');
    for (const [method, path] of OURS) {
      expect((await fetch(scene.url + path, { method })).status, path).toBe(200);
    }
    expect(scene.sharing.passed.map(({ url }) => url)).toEqual(OURS.map(([, path]) => path));
    const { hostname, port } = new URL(scene.url);
    for (const [method, path] of NOT_OURS) {
      // Without the client's own tidying of paths.
      const asked = httpRequest({ hostname, port, method, path }).end();
      const [answer] = (await once(asked, 'response')) as [IncomingMessage];
      answer.resume();
      expect(answer.statusCode, path).toBe(404);
    }
    expect(scene.sharing.passed).toHaveLength(OURS.length);
  });
});

describe('what the gateway refuses itself', () => {
  test('without sharing the authorization server is temporarily unavailable, in the words of OAuth', async () => {
    const scene = await setScene();
    await scene.sharing.stop();
    const answer = await post(scene, '/oauth/token', 'x=1');
    expect(answer.status).toBe(503);
    expect(answer.headers.get('retry-after')).toBe('5');
    expect(await answer.json()).toMatchObject({
      error: 'temporarily_unavailable',
      code: 'SOURCE_UNAVAILABLE',
      error_description: expect.stringMatching(/^[\x20-\x7e]+$/),
    });
  });

  test('a body beyond the limit, and requests beyond their number', async () => {
    const scene = await setScene({ settings: { requestsPerMinute: 3 } });
    scene.sharing.answer = (_request, response) => void response.writeHead(200).end('{}');
    const large = await post(scene, '/oauth/token', 'x'.repeat(60 * 1024));
    expect([large.status, await large.json()]).toMatchObject([413, { error: 'invalid_request' }]);
    expect(scene.sharing.passed).toEqual([]);
    const statuses = [];
    for (let i = 0; i < 4; i += 1) statuses.push((await get(scene, '/oauth/jwks')).status);
    expect(statuses).toEqual([200, 200, 200, 429]);
    // Queries have a bucket of their own.
    expect((await scene.ask('{ person { sex } }')).status).toBe(200);
  });

  test('a relying party begins so many requests a minute; what fails, or another in its name, takes none of them', async () => {
    const scene = await setScene({ settings: { pushedPerMinute: 2 } });
    let status = 401;
    scene.sharing.answer = (_request, response) => void response.writeHead(status).end('{}');
    const push = async (): Promise<number> => (await post(scene, '/oauth/par', 'client_id=hotel-1')).status;
    for (let i = 0; i < 5; i += 1) expect(await push()).toBe(401);
    status = 201;
    expect([await push(), await push(), await push()]).toEqual([201, 201, 429]);
    const sub = Buffer.from('{"sub":"hotel-1"}').toString('base64url');
    expect((await post(scene, '/oauth/par', `client_assertion=h.${sub}.s`)).status).toBe(429);
    expect((await post(scene, '/oauth/par', 'client_id=hotel-2')).status).toBe(201);
  });
});

describe('consent events in plain HTTP', () => {
  const answerWith = (scene: Scene, header: string): void => {
    scene.sharing.answer = (_request, response) =>
      void response
        .writeHead(200, { 'consent-event': header, 'content-type': 'application/json' })
        .end('{"ok":1}');
  };

  test('are taken off and written down before the answer leaves', async () => {
    const scene = await setScene();
    answerWith(
      scene,
      eventsHeader(
        {},
        {
          event: 'denied',
          change: null,
          subject: null,
          consentId: null,
          refusal: 'OAUTH_INVALID_DPOP_PROOF',
          purpose: 'sharing',
          claims: [],
        },
      ),
    );
    let released = false;
    let before: boolean | undefined;
    scene.log.onAppend = () => (before = released);
    const answer = await post(scene, '/share/AbCdEfGh12/number', 'number=123');
    released = true;
    expect(before).toBe(false);
    expect(await answer.json()).toEqual({ ok: 1 });
    expect(answer.headers.has('consent-event')).toBe(false);
    expect(scene.log.entries).toMatchObject([
      {
        event: 'consent-change',
        actor: { kind: 'person', number: SELF },
        subjects: [SELF],
        purpose: 'consent_granted',
        legalBasis: 'Law 91/2025/QH15, art. 9',
        consentId: 'consent-1',
        claims: ['identity.basic'],
        sources: ['sharing'],
        refusal: null,
      },
      {
        event: 'denied',
        actor: { kind: 'relying_party', id: 'hotel-1', name: 'Khách sạn Sen Vàng' },
        subjects: [],
        refusal: 'OAUTH_INVALID_DPOP_PROOF',
      },
    ]);
  });

  test('without the log the answer is withheld', async () => {
    const scene = await setScene();
    answerWith(scene, eventsHeader({}));
    scene.log.mood = 'full';
    const answer = await post(scene, '/share/AbCdEfGh12/number', 'number=123');
    expect(answer.status).toBe(503);
    expect(await answer.json()).toMatchObject({
      error: 'temporarily_unavailable',
      code: 'ACCESS_LOG_UNAVAILABLE',
    });
  });

  const BROKEN: readonly [what: string, header: string][] = [
    ['no JSON', 'abc'],
    ['a value where a name belongs', eventsHeader({ claims: ['identity.number = 001090000001'] })],
    ['an unknown change', eventsHeader({ change: 'sold' })],
    ['a refusal of a change', eventsHeader({ refusal: 'NO' })],
    ['a purpose with a number', eventsHeader({ purpose: 'Nguyễn Văn A' })],
  ];

  test('of another form than agreed nothing is released', async () => {
    const scene = await setScene();
    for (const [what, header] of BROKEN) {
      answerWith(scene, header);
      const answer = await get(scene, '/share/AbCdEfGh12/state');
      expect([answer.status, await answer.json()], what).toMatchObject([502, { code: 'SOURCE_INVALID' }]);
    }
    expect(scene.log.entries).toEqual([]);
  });

  test('an attempt of somebody nobody knows has no entry, but a number and a line', async () => {
    const scene = await setScene();
    answerWith(
      scene,
      eventsHeader({
        event: 'denied',
        change: null,
        party: null,
        subject: null,
        refusal: 'OAUTH_INVALID_CLIENT',
      }),
    );
    expect((await post(scene, '/oauth/par', 'x=1')).status).toBe(200);
    expect(scene.log.entries).toEqual([]);
    expect(scene.events).toContainEqual({
      event: 'GATEWAY_PARTY_REFUSED',
      fields: { requestId: expect.any(String), reason: 'OAUTH_INVALID_CLIENT' },
    });
    expect(await (await get(scene, '/metrics')).text()).toContain(
      'dinhdanh_relying_party_refused_total{reason="OAUTH_INVALID_CLIENT"} 1',
    );
  });

  test('in GraphQL they are the caller’s doing, about whom the caller may read', async () => {
    const scene = await setScene();
    scene.sharing.headers = {
      'consent-event': eventsHeader({ change: 'revoked' }, { change: 'revoked', subject: 'a-stranger' }),
    };
    const answer = await scene.ask('mutation { revokeConsent(id: "consent-1") { id state } }');
    expect(answer.errors).toEqual([]);
    expect(answer.headers.has('consent-event')).toBe(false);
    const changes = scene.log.entries.filter(({ event }) => event === 'consent-change');
    expect(changes).toMatchObject([
      {
        actor: { kind: 'person', number: SELF, session: sessionIdOf(sessions.person) },
        subjects: [SELF],
        purpose: 'consent_revoked',
        legalBasis: 'Law 91/2025/QH15, art. 10',
        level: 2,
      },
      { subjects: [] },
    ]);
    expect(new Set(scene.log.entries.map(({ requestId }) => requestId)).size).toBe(1);
  });

  test('in GraphQL, too, nothing of another form passes', async () => {
    const scene = await setScene();
    scene.sharing.headers = { 'consent-event': 'abc' };
    const answer = await scene.ask('mutation { revokeConsent(id: "consent-1") { id state } }');
    expect(answer.errors[0]?.extensions.code).toBe('SOURCE_INVALID');
    expect(answer.data).toBeNull();
  });
});

describe('streams of events', () => {
  const streaming = (scene: Scene): { ended: () => number } => {
    let ended = 0;
    scene.sharing.answer = (_request, response) => {
      response.writeHead(200, { 'content-type': 'text/event-stream' });
      const timer = setInterval(() => response.write('data: {"state":"WAITING"}\n\n'), 20);
      response.once('close', () => {
        clearInterval(timer);
        ended += 1;
      });
    };
    return { ended: () => ended };
  };
  const PATH = '/share/AbCdEfGh12/events';

  test('come as they are made; the client’s leaving ends the service’s, and the gateway’s closing ends both', async () => {
    const scene = await setScene();
    const service = streaming(scene);
    const leaving = new AbortController();
    const one = await fetch(scene.url + PATH, { signal: leaving.signal });
    expect(one.headers.get('content-type')).toContain('text/event-stream');
    const reader = (one.body as ReadableStream<Uint8Array>).getReader();
    for (let i = 0; i < 3; i += 1) {
      expect(Buffer.from((await reader.read()).value ?? []).toString()).toContain('WAITING');
    }
    leaving.abort();
    await expect.poll(service.ended).toBe(1);
    const other = await get(scene, PATH);
    const startedAt = performance.now();
    const stopped = scene.stop();
    expect(await other.text()).toContain('WAITING');
    await stopped;
    expect(performance.now() - startedAt).toBeLessThan(5_000);
    await expect.poll(service.ended).toBe(2);
  });

  test('are so many at once, and leave room for everything else', async () => {
    const scene = await setScene({ settings: { concurrentStreams: 2, concurrentRequests: 2 } });
    streaming(scene);
    const leaving = new AbortController();
    for (let i = 0; i < 2; i += 1) {
      expect((await fetch(scene.url + PATH, { signal: leaving.signal })).status).toBe(200);
    }
    expect((await get(scene, PATH)).status).toBe(429);
    expect((await scene.ask('{ person { sex } }', { session: sessions.person })).status).toBe(200);
    leaving.abort();
    await expect
      .poll(async () => (await fetch(scene.url + PATH, { signal: AbortSignal.timeout(500) })).status)
      .toBe(200);
  });
});
