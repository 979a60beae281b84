import { createHmac } from 'node:crypto';

/**
 * The name of a person towards one relying party (OpenID Connect Core §8.1): base64url HMAC-SHA-256. Another for each, so that
 * two of them cannot find out that they know the same person.
 */
export function pairwiseSubject(key: Buffer, clientId: string, subject: string): string {
  return createHmac('sha256', key).update(`${clientId}\n${subject}`).digest('base64url');
}
