import fc from 'fast-check';
import { expect, test } from 'vitest';
import { MessageReader } from './read-messages.ts';

function readCut(bytes: Buffer, cuts: readonly number[]): string[] {
  const reader = new MessageReader();
  const seen: string[] = [];
  let from = 0;
  for (const to of [...cuts.map((cut) => cut % bytes.length).toSorted((a, b) => a - b), bytes.length]) {
    if (to > from) reader.read(bytes.subarray(from, to), (_, body) => seen.push(body.toString()));
    from = Math.max(from, to);
  }
  return seen;
}

test('messages come out whole however their bytes were cut', () => {
  const withLength = (body: string): string =>
    `HTTP/1.1 200 OK\r\nContent-Length: ${Buffer.byteLength(body)}\r\n\r\n${body}`;
  const chunked = (body: string): string =>
    `HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n${[...body].map((one) => `${Buffer.byteLength(one).toString(16)}\r\n${one}\r\n`).join('')}0\r\n\r\n`;
  fc.assert(
    fc.property(
      fc.array(fc.tuple(fc.boolean(), fc.string({ unit: 'grapheme' })), { minLength: 1, maxLength: 5 }),
      fc.array(fc.nat(), { maxLength: 12 }),
      (messages, cuts) => {
        const bytes = Buffer.from(
          messages.map(([inChunks, body]) => (inChunks ? chunked(body) : withLength(body))).join(''),
        );
        expect(readCut(bytes, cuts)).toEqual(messages.map(([, body]) => body));
      },
    ),
  );
});
