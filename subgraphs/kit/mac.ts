import { createHmac, hash } from 'node:crypto';
import { secretKey } from './secret-key.ts';

/** Bytes of a block of SHA-256 and of its digest. */
const BLOCK = 64;
const DIGEST = 32;
/** More text, in UTF-16 units, goes the general way. */
const LONGEST = 20_000;
/** UTF-8 of one UTF-16 unit, at most. */
const BYTES_A_UNIT = 3;

/** A key as the two hashes begin with it (RFC 2104, §2). */
interface PaddedKey {
  readonly inner: Uint8Array;
  readonly outer: Uint8Array;
}

const padded = new WeakMap<Buffer, PaddedKey>();

/** What is hashed: the padded key, then the text, or the digest of both. Nothing waits between the filling and the hashing. */
const innerInput = Buffer.alloc(BLOCK + LONGEST * BYTES_A_UNIT);
const outerInput = Buffer.alloc(BLOCK + DIGEST);

/**
 * HMAC-SHA-256 of texts that follow each other, in base64url, for codes made many times a request: two hashes in one shot each.
 * An `Hmac` of Node is a stream and an object of OpenSSL, which costs several times as much, and once more when it is
 * collected. Each text is written as it is: one put together of others would be copied once more. A key is of one block at most.
 */
export function mac(key: Buffer, ...texts: readonly string[]): string {
  const { inner, outer } = paddedKey(key);
  innerInput.set(inner);
  let end = BLOCK;
  for (const text of texts) {
    if (end + text.length * BYTES_A_UNIT > innerInput.length) return macOfLong(key, texts);
    end += innerInput.write(text, end);
  }
  outerInput.set(outer);
  outerInput.write(hash('sha256', innerInput.subarray(0, end), 'binary'), BLOCK, 'latin1');
  return hash('sha256', outerInput, 'base64url');
}

function macOfLong(key: Buffer, texts: readonly string[]): string {
  const whole = createHmac('sha256', secretKey(key));
  for (const text of texts) whole.update(text);
  return whole.digest('base64url');
}

function paddedKey(key: Buffer): PaddedKey {
  const known = padded.get(key);
  if (known !== undefined) return known;
  if (key.length > BLOCK) throw new RangeError('a key longer than a block');
  const made = { inner: pad(key, 0x36), outer: pad(key, 0x5c) };
  padded.set(key, made);
  return made;
}

function pad(key: Buffer, byte: number): Uint8Array {
  return Uint8Array.from({ length: BLOCK }, (_, at) => (key[at] ?? 0) ^ byte);
}
