import { hash } from 'node:crypto';

/** Sessions that accounts is asked for in one call at most. */
export const SESSIONS_A_CALL = 64;

/**
 * What a session is kept under and told apart by: base64url SHA-256 of its token. A stolen table opens no session, and whoever
 * holds a token can tell whether an answer is of its session.
 */
export function sessionIdOf(token: string): string {
  return hash('sha256', token, 'base64url');
}
