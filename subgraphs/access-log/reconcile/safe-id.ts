import { createHash } from 'node:crypto';

/** The gateway's ids: a UUID, and for a call the step and the attempt behind it. */
const OURS = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}(?:\.\d{1,4}){0,2}$/;

/**
 * An id as it may be kept and shown. Whoever has a registry's key chooses the ids of their calls, and might put a number
 * of a person into one: what is not of the gateway's own form is kept as its hash.
 */
export function safeId(id: string): string {
  return OURS.test(id) ? id : `sha256:${createHash('sha256').update(id).digest('base64url')}`;
}
