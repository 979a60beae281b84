import { randomBytes } from 'node:crypto';

/** A new session token: 256 bits of chance, base64url. Given out once, kept nowhere. */
export function newSessionToken(): string {
  return randomBytes(32).toString('base64url');
}
