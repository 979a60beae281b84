import { createHash, randomBytes } from 'node:crypto';

/** A new session token: 256 bits of chance, base64url. Given out once, kept nowhere. */
export function newSessionToken(): string {
  return randomBytes(32).toString('base64url');
}

/** What a session is kept under: base64url SHA-256 of its token. A stolen table opens no session. */
export function sessionIdOf(token: string): string {
  return createHash('sha256').update(token).digest('base64url');
}
