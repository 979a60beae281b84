import { expect, test } from 'vitest';
import { hashAddress } from './hash-address.ts';

const key = Buffer.alloc(32, 1);

test.each([
  ['192.0.2.1', '::ffff:192.0.2.1'],
  ['2001:db8:0:1::5', '2001:db8:0:1:ffff:ffff:ffff:ffff'],
  ['2001:db8::1', '2001:0DB8:0000:0000:0000:0000:0000:0002'],
  ['::1', '::2'],
  ['fe80::1', 'fe80::1%eth0'],
  ['64:ff9b::192.0.2.33', '64:ff9b::1'],
])('%s and %s are one source', (one, other) => {
  expect(hashAddress(one, key)).toBe(hashAddress(other, key));
});

test.each([
  ['192.0.2.1', '192.0.2.2'],
  ['2001:db8:0:1::5', '2001:db8:0:2::5'],
  ['::1', '1::'],
])('%s and %s are two', (one, other) => {
  expect(hashAddress(one, key)).not.toBe(hashAddress(other, key));
});

test('without the key the hash cannot be found by trying addresses', () => {
  expect(hashAddress('192.0.2.1', key)).not.toBe(hashAddress('192.0.2.1', Buffer.alloc(32, 2)));
  expect(hashAddress('192.0.2.1', key)).toMatch(/^[\w-]{22}$/);
});
