/** Standard Base 64 with padding, RFC 4648 §4, as all C2SP formats use it; the one encoding of the bytes and no other. */
import { HASH_BYTES, type Hash } from './hash.ts';
import { type Result, done, refused } from './result.ts';

/** Decodes; refuses other alphabets, missing padding, white space and padding bits that are not zero (RFC 4648 §3.5). */
export function parseBase64(text: string): Result<Buffer> {
  const bytes = Buffer.from(text, 'base64');
  return bytes.toString('base64') === text ? done(bytes) : refused('base64-malformed');
}

/** Encodes. */
export function toBase64(bytes: Uint8Array): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('base64');
}

/** Decodes a hash: exactly 32 bytes. */
export function parseHash(text: string): Result<Hash> {
  const bytes = parseBase64(text);
  if (!bytes.ok) return bytes;
  return bytes.value.length === HASH_BYTES ? bytes : refused('hash-length-wrong');
}
