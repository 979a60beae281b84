import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import { secretKey } from '@dinhdanh/kit';

const NONCE_BYTES = 12;
const TAG_BYTES = 16;

/**
 * Encrypts what must not be read in the table (AES-256-GCM; nonce, tag, ciphertext), bound to the row it stands in: it
 * opens under no other name.
 */
export function seal(text: string, name: string, key: Buffer): Uint8Array<ArrayBuffer> {
  const nonce = randomBytes(NONCE_BYTES);
  const cipher = createCipheriv('aes-256-gcm', secretKey(key), nonce).setAAD(Buffer.from(name));
  const body = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()]);
  return new Uint8Array(Buffer.concat([nonce, cipher.getAuthTag(), body]));
}

/** Reads what {@link seal} made under the same name and key; null for anything else. */
export function unseal(sealed: Uint8Array, name: string, key: Buffer): string | null {
  try {
    const nonce = sealed.subarray(0, NONCE_BYTES);
    const tag = sealed.subarray(NONCE_BYTES, NONCE_BYTES + TAG_BYTES);
    const cipher = createDecipheriv('aes-256-gcm', secretKey(key), nonce, { authTagLength: TAG_BYTES });
    cipher.setAAD(Buffer.from(name)).setAuthTag(tag);
    return Buffer.concat([cipher.update(sealed.subarray(NONCE_BYTES + TAG_BYTES)), cipher.final()]).toString(
      'utf8',
    );
  } catch {
    return null;
  }
}
