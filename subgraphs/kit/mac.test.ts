import { createHmac } from 'node:crypto';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { mac } from './mac.ts';

const byOpenssl = (key: Buffer, text: string): string =>
  createHmac('sha256', key).update(text).digest('base64url');
/** Letters of one to four bytes, and half a pair. */
const letters = fc.constantFrom('a', '.', '\n', 'đ', 'ệ', '\u{1f600}', '\ud800');
const keys = fc.uint8Array({ minLength: 1, maxLength: 64 }).map((bytes) => Buffer.from(bytes));

test('a code is the HMAC-SHA-256 of OpenSSL, whatever the key and the text', () => {
  fc.assert(
    fc.property(keys, fc.string({ unit: letters, maxLength: 300 }), (key, text) => {
      expect(mac(key, text)).toBe(byOpenssl(key, text));
    }),
  );
});

test('a text of any length has its own code', () => {
  const key = Buffer.alloc(32, 7);
  for (const length of [0, 1, 55, 56, 63, 64, 65, 1_200, 19_999, 20_000, 20_001, 70_000]) {
    for (const letter of ['a', 'ệ', '\u{1f600}']) {
      const text = letter.repeat(length).slice(0, length);
      expect(mac(key, text)).toBe(byOpenssl(key, text));
    }
  }
});

test('texts that follow each other have the code of the whole', () => {
  const text = fc.string({ unit: fc.constantFrom('a', '.', 'ệ', '\u{1f600}'), maxLength: 60 });
  fc.assert(
    fc.property(keys, fc.array(fc.oneof(text, fc.constant('ệ'.repeat(9_000)))), (key, texts) => {
      expect(mac(key, ...texts)).toBe(byOpenssl(key, texts.join('')));
    }),
  );
});

test('a key longer than a block is none of ours', () => {
  expect(() => mac(Buffer.alloc(65), 'x')).toThrow(RangeError);
});
