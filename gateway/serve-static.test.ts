import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Fastify from 'fastify';
import type { FastifyInstance } from 'fastify';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { serveGraphiql } from './graphiql.ts';
import { serveStatic } from './serve-static.ts';
import { readStaticFiles } from './static-files.ts';

let folder = '';
let root = '';
let server: FastifyInstance;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'static-'));
  root = join(folder, 'dist');
  await mkdir(join(root, 'assets'), { recursive: true });
  await mkdir(join(root, 'graphiql'));
  await mkdir(join(root, 'auditor'));
  await mkdir(join(root, 'share'));
  await writeFile(join(folder, 'secret.json'), '"secret"');
  await writeFile(join(root, 'index.html'), '<title>app</title>');
  await writeFile(join(root, 'auditor', 'index.html'), '<title>console</title>');
  await writeFile(join(root, 'share', 'index.html'), '<title>request</title>');
  await writeFile(join(root, 'graphiql', 'index.html'), '<title>graphiql</title>');
  await writeFile(join(root, 'assets', 'app-1a2B3c4D.js'), 'export {}');
  await writeFile(join(root, 'assets', 'app-1a2B3c4D.js.map'), '{}');
  await writeFile(join(root, 'favicon.svg'), '<svg/>');
  await writeFile(join(root, '.env'), 'KEY=secret');
  await writeFile(join(root, '.hidden.json'), '"secret"');
  await symlink(join(folder, 'secret.json'), join(root, 'link.json'));
  const files = await readStaticFiles(root);
  server = Fastify({ exposeHeadRoutes: false });
  serveStatic(server, files);
  serveGraphiql(server, files, 'any', (_request, reply) => {
    reply.code(405).header('allow', 'POST');
    return { errors: [] };
  });
});
afterAll(async () => {
  await server.close();
  await rm(folder, { recursive: true });
});

test('the app may ask the reader of chips where there is one, other pages nobody', async () => {
  const withReader = Fastify({ exposeHeadRoutes: false });
  serveStatic(withReader, await readStaticFiles(root), 'http://reader.localhost:4022');
  const policyOf = async (url: string, asked: typeof server): Promise<unknown> =>
    (await asked.inject({ url })).headers['content-security-policy'];
  expect(await policyOf('/', withReader)).toContain("connect-src 'self' http://reader.localhost:4022");
  expect(await policyOf('/auditor', withReader)).not.toContain('reader');
  expect(await policyOf('/', server)).not.toContain('connect-src');
  await withReader.close();
});

const browser = { accept: 'text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8' };

test.each([
  ['/', 'app'],
  ['/officer', 'app'],
  ['/officer/cases/1', 'app'],
  ['/share/abc', 'request'],
  ['/auditor', 'console'],
  ['/auditor/log?x=1', 'console'],
])('%s is the page of the %s, never kept, with no source but ourselves', async (url, page) => {
  const answer = await server.inject({ url, headers: browser });
  expect(answer.statusCode).toBe(200);
  expect(answer.body).toBe(`<title>${page}</title>`);
  expect(answer.headers).toMatchObject({
    'content-type': 'text/html; charset=utf-8',
    'cache-control': 'no-store',
    'x-content-type-options': 'nosniff',
    'referrer-policy': 'no-referrer',
  });
  const policy = String(answer.headers['content-security-policy']).split('; ');
  expect(policy).toEqual(
    expect.arrayContaining(["default-src 'self'", "frame-ancestors 'none'", "object-src 'none'"]),
  );
  expect(policy.join()).not.toContain('unsafe');
  // The app scans codes; no other page has a use for a camera, and none for a microphone.
  expect(answer.headers['permissions-policy']).toContain(page === 'app' ? 'camera=(self),' : 'camera=(),');
  expect(answer.headers['permissions-policy']).toContain('microphone=()');
});

test('an asset with its hash in its name may be kept for ever', async () => {
  const answer = await server.inject({ url: '/assets/app-1a2B3c4D.js' });
  expect(answer.headers).toMatchObject({
    'content-type': 'text/javascript; charset=utf-8',
    'cache-control': 'public, max-age=31536000, immutable',
  });
});

test('any other file is asked for again, and not sent again while it is the same', async () => {
  const first = await server.inject({ url: '/favicon.svg' });
  expect(first.headers['cache-control']).toBe('no-cache');
  const etag = String(first.headers.etag);
  const second = await server.inject({ url: '/favicon.svg', headers: { 'if-none-match': etag } });
  expect([second.statusCode, second.body]).toEqual([304, '']);
  const third = await server.inject({ url: '/favicon.svg', headers: { 'if-none-match': '"old"' } });
  expect(third.statusCode).toBe(200);
});

test('HEAD tells what GET would', async () => {
  const answer = await server.inject({ method: 'HEAD', url: '/favicon.svg' });
  expect([answer.statusCode, answer.body, answer.headers['content-length']]).toEqual([200, '', '6']);
});

test.each([
  '/nothing',
  '/officers',
  '/assets',
  '/assets/',
  '/.env',
  '/.hidden.json',
  '/link.json',
  '/assets/app-1a2B3c4D.js.map',
  '/../secret.json',
  '/%2e%2e/secret.json',
  '/..%2fsecret.json',
  '/assets/..%2f..%2fsecret.json',
  '/assets/%2e%2e%2f%2e%2e%2fsecret.json',
  '/..%5csecret.json',
  '//etc/passwd',
  '/index.html%00.js',
  '/__proto__',
  '/constructor',
])('%s does not exist', async (url) => {
  const answer = await server.inject({ url, headers: browser });
  expect(answer.statusCode).toBe(404);
  expect(answer.body).not.toContain('secret');
});

test.each(['POST', 'PUT', 'DELETE'] as const)('%s is no way to a file', async (method) => {
  expect((await server.inject({ method, url: '/favicon.svg' })).statusCode).toBe(404);
});

test('a browser that opens /graphql gets the editor, whose scripts are ours alone', async () => {
  const answer = await server.inject({ url: '/graphql?query={me{level}}', headers: browser });
  expect([answer.statusCode, answer.body]).toEqual([200, '<title>graphiql</title>']);
  expect(answer.headers['vary']).toBe('accept');
  const policy = String(answer.headers['content-security-policy']).split('; ');
  expect(policy).toEqual(
    expect.arrayContaining(["default-src 'self'", "worker-src 'self'", "frame-ancestors 'none'"]),
  );
  expect(policy.join()).not.toMatch(/script-src|unsafe-eval/);
});

test.each(['*/*', 'application/json', 'text/html;q=0', 'application/graphql-response+json', undefined])(
  'a program that accepts %s is told that operations come by POST',
  async (accept) => {
    const headers = accept === undefined ? {} : { accept };
    const answer = await server.inject({ url: '/graphql?query={me{level}}', headers });
    expect([answer.statusCode, answer.headers['allow']]).toEqual([405, 'POST']);
  },
);
