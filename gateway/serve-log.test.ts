import { connect } from 'node:net';
import { once } from 'node:events';
import { sessionIdOf } from '@dinhdanh/kit';
import { describe, expect, test } from 'vitest';
import { sessions, setScene } from './fixtures/scene.ts';
import type { Scene } from './fixtures/scene.ts';
import { readLogPath } from './log-path.ts';

const IMMUTABLE = 'public, max-age=31536000, immutable';
const TILE = Buffer.alloc(8_192, 7);
const CHECKPOINT = Buffer.from('log.example/2026h2\n5\nAAAA\n\n— log.example AAAA\n');
const BUNDLE = Buffer.from([0, 2, 0x7b, 0x7d]);

async function setLog(): Promise<Scene> {
  const scene = await setScene();
  const octets = 'application/octet-stream';
  const text = 'text/plain; charset=utf-8';
  const put = (path: string, contentType: string, cacheControl: string, body: Buffer): void =>
    void scene.log.pages.set(path, { contentType, cacheControl, body });
  put('checkpoint', text, 'public, max-age=1', CHECKPOINT);
  put('tile/0/x001/067', octets, IMMUTABLE, TILE);
  put('2026h1/tile/entries/000', octets, IMMUTABLE, BUNDLE);
  return scene;
}

const get = ({ url }: Scene, path: string, headers: Record<string, string> = {}, method = 'GET') =>
  fetch(`${url}/log/${path}`, { headers, method });

const bearer = (session: string): Record<string, string> => ({ authorization: `Bearer ${session}` });

/** Sends a request target as it stands; fetch would tidy it up. */
async function getRaw({ url }: Scene, target: string): Promise<number> {
  const { port, hostname } = new URL(url);
  const socket = connect(Number(port), hostname);
  socket.end(`GET ${target} HTTP/1.1\r\nhost: gateway\r\nconnection: close\r\n\r\n`);
  const [bytes] = (await once(socket, 'data')) as [Buffer];
  socket.destroy();
  return Number(/^HTTP\/1\.1 (\d+)/.exec(bytes.toString())?.[1]);
}

describe('checkpoints and hash tiles', () => {
  test('are everybody’s, without a session, as the log sends them, and write nothing', async () => {
    const scene = await setLog();
    const checkpoint = await get(scene, 'checkpoint');
    expect(checkpoint.status).toBe(200);
    expect(checkpoint.headers.get('content-type')).toBe('text/plain; charset=utf-8');
    expect(checkpoint.headers.get('cache-control')).toBe('public, max-age=1');
    expect(checkpoint.headers.get('x-content-type-options')).toBe('nosniff');
    expect(Buffer.from(await checkpoint.arrayBuffer())).toEqual(CHECKPOINT);
    const tile = await get(scene, 'tile/0/x001/067');
    expect(tile.headers.get('cache-control')).toBe(IMMUTABLE);
    expect(tile.headers.get('content-length')).toBe('8192');
    expect(Buffer.from(await tile.arrayBuffer())).toEqual(TILE);
    expect(scene.log.calls).toEqual([]);
  });

  test('carry a tag: who has the file is told so, and HEAD gets the head alone', async () => {
    const scene = await setLog();
    const first = await get(scene, 'tile/0/x001/067');
    const etag = first.headers.get('etag') ?? '';
    expect(etag).toMatch(/^"[\w-]{22}"$/);
    const again = await get(scene, 'tile/0/x001/067', { 'if-none-match': etag });
    expect([again.status, await again.text()]).toEqual([304, '']);
    expect(again.headers.get('cache-control')).toBe(IMMUTABLE);
    const head = await get(scene, 'tile/0/x001/067', {}, 'HEAD');
    expect([head.status, head.headers.get('content-length'), head.headers.get('etag')]).toEqual([
      200,
      '8192',
      etag,
    ]);
    expect(await head.text()).toBe('');
  });

  test('that are not there are not found', async () => {
    const scene = await setLog();
    for (const path of ['tile/0/999', '2031h1/checkpoint', 'tile/63/000.p/255'])
      expect((await get(scene, path)).status).toBe(404);
    expect(scene.log.read).toHaveLength(3);
  });

  test('are away with the log: 503, and when to come again', async () => {
    const scene = await setLog();
    scene.log.mood = 'full';
    const response = await get(scene, 'checkpoint');
    expect([response.status, response.headers.get('retry-after')]).toEqual([503, '5']);
    expect(await response.json()).toMatchObject({
      errors: [{ extensions: { code: 'ACCESS_LOG_UNAVAILABLE' } }],
    });
  });

  test('count against the address that asks', async () => {
    const scene = await setScene({ settings: { requestsPerMinute: 3 } });
    for (let i = 0; i < 3; i++) expect((await get(scene, 'checkpoint')).status).toBe(404);
    const response = await get(scene, 'checkpoint');
    expect(response.status).toBe(429);
    expect(Number(response.headers.get('retry-after'))).toBeGreaterThan(0);
  });
});

describe('bundles of entries', () => {
  const PATH = '2026h1/tile/entries/000';

  test.each([
    ['nobody', {}, 401],
    ['a made-up session', bearer('x'.repeat(43)), 401],
    ['a person', bearer(sessions.person), 403],
    ['an officer', bearer(sessions.officer), 403],
  ])('are refused to %s, there or not', async (_who, headers, status) => {
    const scene = await setLog();
    for (const path of [PATH, 'tile/entries/x999/999'])
      expect((await get(scene, path, headers)).status).toBe(status);
    expect(scene.log.read).toEqual([]);
  });

  test('are an auditor’s, each reading written down first and kept by no cache', async () => {
    const scene = await setLog();
    const response = await get(scene, PATH, bearer(sessions.auditor));
    expect(response.status).toBe(200);
    expect(response.headers.get('cache-control')).toBe('private, no-store');
    expect(Buffer.from(await response.arrayBuffer())).toEqual(BUNDLE);
    expect((await get(scene, 'tile/entries/999', bearer(sessions.auditor))).status).toBe(404);
    await get(scene, PATH, { ...bearer(sessions.auditor), 'case-reference': 'TT-7' });
    expect(scene.log.entries).toMatchObject([
      {
        event: 'audit-read',
        actor: { kind: 'auditor', id: 'staff-auditor', session: sessionIdOf(sessions.auditor) },
        subjects: [],
        claims: ['access.audit'],
        sources: ['access-log'],
        caseId: 'log-verification',
        detail: { fields: [PATH] },
      },
      { event: 'audit-read', caseId: 'log-verification' },
      { event: 'audit-read', caseId: 'TT-7' },
    ]);
    expect((await get(scene, PATH, { ...bearer(sessions.auditor), 'case-reference': '-' })).status).toBe(400);
  });

  test('are not read while the reading cannot be written down', async () => {
    const scene = await setLog();
    scene.log.mood = 'breaks';
    expect((await get(scene, PATH, bearer(sessions.auditor))).status).toBe(503);
    expect(scene.log.read).toEqual([]);
  });
});

describe('anything else below /log/', () => {
  const odd = [
    '/log/',
    '/log/tile/0/../entries/000',
    '/log/../metrics',
    '/log/%2e%2e/metrics',
    '/log/tile%2f0/000',
    '/log/tile/entries%2f000',
    '/log/tile/%65ntries/000',
    '/log//tile/0/000',
    '/log/tile/0/0',
    '/log/tile/0/x000/001',
    '/log/tile/64/000',
    '/log/tile/00/000',
    '/log/tile/0/000.p/0',
    '/log/tile/0/000.p/256',
    '/log/tile/0/000/',
    '/log/tile/ENTRIES/000',
    '/log/2026h3/checkpoint',
    '/log/checkpoint/',
    '/log/checkpoint%00',
    '/log/tile/0/x001/x002/x003/x004/x005/x006/x007/000',
  ];

  test('is not found, and the log never hears of it', async () => {
    const scene = await setLog();
    for (const target of odd) expect([target, await getRaw(scene, target)]).toEqual([target, 404]);
    expect(scene.log.read).toEqual([]);
  });

  test('a query changes nothing, another method does', async () => {
    const scene = await setLog();
    expect((await get(scene, 'checkpoint?x=1')).status).toBe(200);
    expect((await get(scene, 'checkpoint', {}, 'POST')).status).toBe(404);
    expect(scene.log.read).toEqual(['checkpoint']);
  });

  test('the paths that C2SP names are read as such', () => {
    for (const path of [
      'checkpoint',
      'tile/0/000',
      'tile/0/x001/x234/067',
      'tile/63/999.p/255',
      '2026h2/tile/5/001',
    ])
      expect(readLogPath(path)).toEqual({ path, isBundle: false });
    for (const path of ['tile/entries/000', '2026h2/tile/entries/x001/000.p/7'])
      expect(readLogPath(path)).toEqual({ path, isBundle: true });
  });
});
