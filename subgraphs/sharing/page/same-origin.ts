import type { IncomingHttpHeaders } from 'node:http';

/**
 * Whether a request was sent by a script of our own page. A form of another site cannot send JSON, and a script of one is
 * named by its browser in `Sec-Fetch-Site` (Fetch Metadata) or `Origin`; who names neither is no browser of today.
 */
export function isSameOrigin(headers: IncomingHttpHeaders, ownOrigin: string): boolean {
  const { origin, 'sec-fetch-site': site } = headers;
  if (site !== undefined && site !== 'same-origin') return false;
  if (origin !== undefined && origin !== ownOrigin) return false;
  return site !== undefined || origin !== undefined;
}

/** Whether a body is said to be JSON (RFC 8259), whatever its parameters. */
export function isJson(headers: IncomingHttpHeaders): boolean {
  return headers['content-type']?.split(';')[0]?.trim().toLowerCase() === 'application/json';
}
