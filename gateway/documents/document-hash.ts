import { createHash } from 'node:crypto';

/** SHA-256 of a document's text as UTF-8, in small hex letters: what a document is known by. */
export function documentHash(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}

/**
 * The hash in an id as clients send one: `sha256:` and 64 small hex digits (GraphQL over HTTP, appendix on persisted
 * documents), or the digits alone as manifests and older protocols have them; null for what is none.
 */
export function readDocumentId(id: unknown): string | null {
  if (typeof id !== 'string') return null;
  return /^(?:sha256:)?([0-9a-f]{64})$/.exec(id)?.[1] ?? null;
}
