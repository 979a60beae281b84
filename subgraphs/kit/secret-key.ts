import { createSecretKey } from 'node:crypto';
import type { KeyObject } from 'node:crypto';

const known = new WeakMap<Buffer, KeyObject>();

/**
 * A key as OpenSSL takes it, made once for each buffer: handed over as bytes it would be made anew for every code, which costs
 * several times what the code itself does. The bytes of a key are never written over.
 */
export function secretKey(bytes: Buffer): KeyObject {
  const made = known.get(bytes) ?? createSecretKey(bytes);
  known.set(bytes, made);
  return made;
}
