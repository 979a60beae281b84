import fc from 'fast-check';
import { expect, test } from 'vitest';
import { AnswerReader } from './read-answer.ts';

const sizes = { maxHeadBytes: 4_096, maxAnswerBytes: 10_000 };

interface Told {
  readonly status: number;
  readonly headers: Readonly<Record<string, unknown>>;
  readonly body: string;
}

/** Reads answers off the pieces of a connection, as it would come from the system: into one buffer, again and again. */
function readAll(
  pieces: readonly Buffer[],
  ends = false,
): { readonly told: Told[]; readonly keepsOpen: boolean } {
  const reader = new AnswerReader(sizes);
  const told: Told[] = [];
  let head: Omit<Told, 'body'> | undefined;
  const sink = {
    onHead: (status: number, headers: object) => void (head = { status, headers: { ...headers } }),
    onBody: (bytes: Buffer) => {
      if (head !== undefined) told.push({ ...head, body: bytes.toString() });
    },
  };
  const shared = Buffer.alloc(64 * 1024);
  for (const piece of pieces) {
    piece.copy(shared);
    reader.read(shared.subarray(0, piece.length), sink);
    shared.fill('#');
  }
  if (ends) reader.end(sink);
  return { told, keepsOpen: reader.keepsOpen };
}

const chunked = (parts: readonly string[], trailer = ''): string =>
  `${parts.map((part) => `${Buffer.byteLength(part).toString(16)}\r\n${part}\r\n`).join('')}0\r\n${trailer}\r\n`;

test('an answer is read the same wherever the system cuts its bytes', () => {
  const body = fc.string({ unit: 'grapheme', minLength: 1, maxLength: 60 });
  const parts = fc.array(body, { minLength: 1, maxLength: 4 });
  fc.assert(
    fc.property(parts, fc.boolean(), fc.array(fc.nat(400), { maxLength: 6 }), (words, isChunked, cuts) => {
      const whole = words.join('');
      const framing = isChunked
        ? `transfer-encoding: chunked\r\n\r\n${chunked(words, 'x-sum: 1\r\n')}`
        : `content-length: ${Buffer.byteLength(whole)}\r\n\r\n${whole}`;
      const bytes = Buffer.from(`HTTP/1.1 200 OK\r\nx-a: 1\r\n${framing}`);
      const places = [0, ...cuts.map((cut) => cut % bytes.length).toSorted((a, b) => a - b), bytes.length];
      const pieces = places.slice(1).map((end, at) => bytes.subarray(places[at], end));
      const { told, keepsOpen } = readAll(pieces.filter(({ length }) => length > 0));
      expect(told.map((each) => each.body)).toEqual([whole]);
      expect(told[0]).toMatchObject({ status: 200, headers: { 'x-a': '1' } });
      expect(keepsOpen).toBe(true);
    }),
  );
});

const answer = (head: string, body = ''): Buffer => Buffer.from(`HTTP/1.1 ${head}\r\n\r\n${body}`);

test('an informational answer is read past, and an answer without a body ends with its head', () => {
  const { told } = readAll([answer('100 Continue'), answer('103 Early Hints'), answer('204 No Content')]);
  expect(told).toEqual([{ status: 204, headers: {}, body: '' }]);
});

test('a body without a length ends with the connection, and nothing else does', () => {
  expect(readAll([answer('200 OK', 'abc')], true).told).toMatchObject([{ body: 'abc' }]);
  expect(readAll([answer('200 OK\r\ncontent-length: 4', 'abc')], true).told).toEqual([]);
});

test.each([
  ['a connection to be closed', '200 OK\r\ncontent-length: 1\r\nconnection: close', 'x', false],
  ['one of HTTP/1.1', '200 OK\r\ncontent-length: 1', 'x', true],
  ['bytes behind the answer', '200 OK\r\ncontent-length: 1', 'xHTTP/1.1 200 OK', false],
  ['bytes behind the chunks', '200 OK\r\ntransfer-encoding: chunked', `${chunked(['x'])}y`, false],
])('whether a connection serves again: %s', (_, head, body, keepsOpen) => {
  const read = readAll([answer(head, body)]);
  expect(read.told).toMatchObject([{ body: 'x' }]);
  expect(read.keepsOpen).toBe(keepsOpen);
});

test.each([
  ['two lengths', '200 OK\r\ncontent-length: 1\r\ncontent-length: 1'],
  ['a list of lengths', '200 OK\r\ncontent-length: 1, 1'],
  ['a length with a sign', '200 OK\r\ncontent-length: +1'],
  ['a length beside chunks', '200 OK\r\ncontent-length: 1\r\ntransfer-encoding: chunked'],
  ['another coding', '200 OK\r\ntransfer-encoding: gzip, chunked'],
  ['a folded line', '200 OK\r\nx-a: 1\r\n y'],
  ['a space before the colon', '200 OK\r\nx-a : 1'],
  ['a line feed alone', '200 OK\r\nx-a: 1\nx-b: 2'],
  ['a NUL', '200 OK\r\nx-a: \0'],
  ['a status of two digits', '20 OK'],
  ['another version', '200 OK'.replace('200', '')],
  ['switched protocols', '101 Switching Protocols'],
])('%s is no HTTP for us', (_, head) => {
  expect(() => readAll([answer(head, 'x')])).toThrow();
});

test.each([
  ['a size that is none', 'g\r\n'],
  ['a size with a sign', '-1\r\nx\r\n'],
  ['data beyond its size', '1\r\nxy\r\n0\r\n\r\n'],
  ['a line without CR', '1\nx\r\n'],
  ['a line without end', 'f'.repeat(2_000)],
  ['more than may be', '2711\r\n'],
])('chunks: %s is refused', (_, body) => {
  expect(() => readAll([answer('200 OK\r\ntransfer-encoding: chunked', body)])).toThrow();
});

test('a head beyond all measure is refused while it comes, and what is no HTTP with its first bytes', () => {
  expect(() => readAll([Buffer.from('HTTP/1.1 200 OK\r\nx: '), Buffer.alloc(5_000, 'y')])).toThrow(/head/i);
  expect(() => readAll([Buffer.from('SSH-2.0')])).toThrow('no HTTP');
});

test('a name that every object inherits is a field like any other', () => {
  const { told } = readAll([answer('200 OK\r\ncontent-length: 0\r\n__proto__: x\r\nconstructor: y')]);
  expect(told[0]?.headers['constructor']).toBe('y');
});
