import { AppError } from '@dinhdanh/kit';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { parseRequest } from './parse-request.ts';
import type { RawRequest } from './parse-request.ts';

const limits = { bodyLimitBytes: 100 * 1024 };
const json = 'application/json';

function raw(body: unknown, headers: RawRequest['headers'] = {}, method = 'POST'): RawRequest {
  const bodyBytes =
    body instanceof Uint8Array ? body : Buffer.from(typeof body === 'string' ? body : JSON.stringify(body));
  return { method, headers: { 'content-type': json, ...headers }, bodyBytes };
}

function refusalOf(request: RawRequest): unknown {
  try {
    return parseRequest(request, limits);
  } catch (failure) {
    if (!(failure instanceof AppError)) throw failure;
    expect(failure.code).toBe('BAD_USER_INPUT');
    return [failure.status, failure.detail.reason];
  }
}

test('an honest request is read', () => {
  const body = {
    query: '{ me { level } }',
    variables: { a: [1, { b: null }] },
    operationName: 'A',
    extensions: {},
  };
  expect(parseRequest(raw(body), limits)).toEqual({
    query: body.query,
    hash: null,
    variables: body.variables,
    operationName: 'A',
  });
});

test('optional members may be missing or null, unknown ones are ignored', () => {
  const read = { query: '', hash: null, variables: null, operationName: null };
  expect(parseRequest(raw({ query: '', unknown: 1 }), limits)).toEqual(read);
  const nulls = { query: '', variables: null, operationName: null, extensions: null };
  expect(parseRequest(raw(nulls), limits)).toEqual(read);
});

test.each([
  'application/json',
  'application/json;charset=utf-8',
  'application/json; charset="UTF-8"',
  'Application/JSON ; charset=utf-8 ',
])('the media type %s is taken', (type) => {
  expect(parseRequest(raw({ query: 'x' }, { 'content-type': type }), limits).query).toBe('x');
});

test.each([
  undefined,
  '',
  'text/plain',
  'application/graphql',
  'application/x-www-form-urlencoded',
  'multipart/form-data; boundary=x',
  'application/graphql-response+json',
  'application/json; charset=utf-16',
  'application/json; charset=utf-7',
  'application/json; charset=iso-8859-1',
  'application/json; charset=utf-8; charset=utf-16',
  'application/json, text/plain',
  'application/jsonp',
])('the media type %s is refused with 415', (type) => {
  expect(refusalOf(raw({ query: 'x' }, { 'content-type': type }))).toEqual([415, 'REQUEST_CONTENT_TYPE']);
});

test('a compressed body is refused rather than unpacked', () => {
  const request = raw({ query: 'x' }, { 'content-encoding': 'gzip' });
  expect(refusalOf(request)).toEqual([415, 'REQUEST_CONTENT_ENCODING']);
});

test.each(['GET', 'PUT', 'HEAD', 'QUERY'])('the method %s is refused with 405', (method) => {
  expect(refusalOf(raw({ query: 'x' }, {}, method))).toEqual([405, 'REQUEST_METHOD']);
});

test('a client that takes no JSON is refused with 406', () => {
  const request = raw({ query: 'x' }, { accept: 'text/html, image/*' });
  expect(refusalOf(request)).toEqual([406, 'REQUEST_NOT_ACCEPTABLE']);
});

test('a body of exactly the limit is read, one byte more is refused with 413 without being parsed', () => {
  const atLimit = JSON.stringify({ query: 'x' }).padEnd(limits.bodyLimitBytes, ' ');
  expect(parseRequest(raw(atLimit), limits).query).toBe('x');
  expect(refusalOf(raw(`${atLimit} `))).toEqual([413, 'REQUEST_TOO_LARGE']);
});

test.each<[string, unknown, string]>([
  ['nothing', '', 'REQUEST_NOT_JSON'],
  ['half an object', '{"query":"{me', 'REQUEST_NOT_JSON'],
  ['a byte order mark', '\uFEFF{"query":"x"}', 'REQUEST_NOT_JSON'],
  ['a hundred thousand brackets', '['.repeat(100_000), 'REQUEST_NOT_JSON'],
  ['UTF-16', Buffer.from('\uFEFF{"query":"x"}', 'utf16le'), 'REQUEST_NOT_UTF8'],
  ['Latin-1', Buffer.from('{"query":"Hà"}', 'latin1'), 'REQUEST_NOT_UTF8'],
  ['a batch', [{ query: 'x' }, { query: 'y' }], 'REQUEST_BATCH'],
  ['an empty batch', [], 'REQUEST_BATCH'],
  ['null', null, 'REQUEST_NOT_OBJECT'],
  ['a string', '"{ me { level } }"', 'REQUEST_NOT_OBJECT'],
  ['no query', {}, 'REQUEST_QUERY'],
  ['a null query', { query: null }, 'REQUEST_QUERY'],
  ['a list for a query', { query: ['x'] }, 'REQUEST_QUERY'],
  ['a persisted query alone', { extensions: { persistedQuery: { version: 1 } } }, 'REQUEST_QUERY'],
  ['a query by inheritance', '{"__proto__":{"query":"{ me { level } }"}}', 'REQUEST_QUERY'],
  ['a number for a name', { query: 'x', operationName: 1 }, 'REQUEST_OPERATION_NAME'],
  ['a list for variables', { query: 'x', variables: [] }, 'REQUEST_VARIABLES'],
  ['a string for variables', { query: 'x', variables: '{}' }, 'REQUEST_VARIABLES'],
  [
    '__proto__ among variables',
    '{"query":"x","variables":{"a":[{"\\u005f_proto__":{}}]}}',
    'REQUEST_VARIABLES',
  ],
  [
    'bottomless variables',
    `{"query":"x","variables":{"a":${'['.repeat(5e4)}${']'.repeat(5e4)}}}`,
    'REQUEST_VARIABLES',
  ],
  ['a list for extensions', { query: 'x', extensions: [] }, 'REQUEST_EXTENSIONS'],
])('a body of %s is refused with 400', (_what, body, reason) => {
  expect(refusalOf(raw(body))).toEqual([400, reason]);
});

test('whatever the bytes, a request is read or refused with a status of its own, never a fault', () => {
  const anyBytes = fc.oneof(
    fc.uint8Array({ maxLength: 64 }),
    fc.json().map((text) => Buffer.from(text)),
    fc
      .record(
        { query: fc.jsonValue(), variables: fc.jsonValue(), operationName: fc.jsonValue() },
        { requiredKeys: [] },
      )
      .map((body) => Buffer.from(JSON.stringify(body))),
  );
  fc.assert(
    fc.property(anyBytes, fc.option(fc.string(), { nil: undefined }), (bytes, accept) => {
      const told = refusalOf(raw(bytes, { accept }));
      if (Array.isArray(told)) expect([400, 406]).toContain(told[0]);
      else expect(typeof (told as { query: unknown }).query).toBe('string');
    }),
    { numRuns: 1_000 },
  );
});

const hash = 'a1'.repeat(32);

test.each([
  ['documentId of the appendix', { documentId: `sha256:${hash}` }],
  ['documentId without its prefix', { documentId: hash }],
  ['id of older clients', { id: hash }],
  [
    'the hash of automatic persisted queries',
    { extensions: { persistedQuery: { version: 1, sha256Hash: hash } } },
  ],
  ['two that agree', { documentId: hash, extensions: { persistedQuery: { sha256Hash: hash } } }],
])('a document is named by %s', (_, body) => {
  expect(parseRequest(raw(body), limits)).toEqual({
    query: null,
    hash,
    variables: null,
    operationName: null,
  });
});

test('a text may come with its id; an id beside that nobody means is ignored', () => {
  expect(parseRequest(raw({ query: 'x', documentId: hash }), limits)).toMatchObject({ query: 'x', hash });
  expect(parseRequest(raw({ query: 'x', id: 'my request' }), limits)).toMatchObject({
    query: 'x',
    hash: null,
  });
});

test.each([
  { documentId: 7 },
  { documentId: 'md5:1234' },
  { documentId: hash.toUpperCase() },
  { documentId: `${hash}0` },
  { documentId: `sha256:${hash}\n` },
  { id: {} },
  { extensions: { persistedQuery: true } },
  { extensions: { persistedQuery: { sha256Hash: '' } } },
  { documentId: hash, extensions: { persistedQuery: { sha256Hash: 'b2'.repeat(32) } } },
])('an id that is none, or two that differ, are refused: %j', (body) => {
  expect(refusalOf(raw(body))).toEqual([400, 'DOCUMENT_ID']);
});
