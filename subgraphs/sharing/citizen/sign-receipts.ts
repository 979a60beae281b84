import { createPrivateKey } from 'node:crypto';
import { CompactSign } from 'jose';
import type { SignJws } from '../consent/receipt.ts';
import { deriveSigningKey } from '../provider/signing-keys.ts';
import type { SigningKey } from '../provider/signing-keys.ts';

/**
 * The key of receipts. It never changes with time: a receipt proves what was agreed to for years, tokens live five minutes.
 * Published beside the keys of tokens.
 */
export function receiptKey(seed: Buffer): SigningKey {
  return deriveSigningKey(seed, 'consent receipts');
}

/** Signs with the key of receipts: ES256 (RFC 7518 §3.4). */
export function signReceipts(seed: Buffer): SignJws {
  const { kid, ...jwk } = receiptKey(seed);
  const key = createPrivateKey({ format: 'jwk', key: jwk });
  return (payload, typ) =>
    new CompactSign(Buffer.from(JSON.stringify(payload)))
      .setProtectedHeader({ alg: 'ES256', kid, typ })
      .sign(key);
}
