/** Sealing of details and of their keys: AES-256-GCM (NIST SP 800-38D), a nonce of chance before the bytes, the tag after. */
import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from 'node:crypto';

const CIPHER = 'aes-256-gcm';
const NONCE_BYTES = 12;
const TAG_BYTES = 16;
const KEY_BYTES = 32;

/** Seals bytes under a key, bound to `context`, which must be given again to open them. */
export function seal(bytes: Uint8Array, key: Uint8Array, context: Uint8Array): Buffer {
  const nonce = randomBytes(NONCE_BYTES);
  const cipher = createCipheriv(CIPHER, key, nonce).setAAD(context);
  return Buffer.concat([nonce, cipher.update(bytes), cipher.final(), cipher.getAuthTag()]);
}

/** Opens what was sealed; null under another key, another context, or after any change. */
export function unseal(sealed: Uint8Array, key: Uint8Array, context: Uint8Array): Buffer | null {
  if (sealed.length < NONCE_BYTES + TAG_BYTES) return null;
  const bytes = Buffer.from(sealed);
  const decipher = createDecipheriv(CIPHER, key, bytes.subarray(0, NONCE_BYTES))
    .setAAD(context)
    .setAuthTag(bytes.subarray(-TAG_BYTES));
  try {
    return Buffer.concat([decipher.update(bytes.subarray(NONCE_BYTES, -TAG_BYTES)), decipher.final()]);
  } catch {
    return null;
  }
}

/**
 * The key of one detail from the keys of everybody it is about: all are needed, so that to destroy one person's key is to
 * erase the detail, whoever else it concerns. HKDF-SHA-256 (RFC 5869).
 */
export function jointKey(keys: readonly Uint8Array[]): Buffer {
  return Buffer.from(hkdfSync('sha256', Buffer.concat(keys), '', 'access-log detail', KEY_BYTES));
}

/** A fresh key. */
export function freshKey(): Buffer {
  return randomBytes(KEY_BYTES);
}
