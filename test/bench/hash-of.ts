import { createHash } from 'node:crypto';

/** `ath` of a proof: base64url SHA-256 of the access token (RFC 9449 §4.2). */
export function hashOf(token: string): string {
  return createHash('sha256').update(token).digest('base64url');
}
