import type { FastifyRequest } from 'fastify';
import type { Exchange } from '../exchange.ts';

/** The cookie a browser's session travels in. */
const COOKIE = 'dinhdanh_session';

/** The header by which a page of ours asks for a cookie session. No form and no foreign page can send it. */
const MODE_HEADER = 'dinhdanh-session';

/** The header by which accounts hands a session to the gateway; it never leaves. */
export const SESSION_DELIVERY = 'dinhdanh-session';

/**
 * Whether the request comes from a page of our own origin that wants cookies. A foreign page cannot send the header
 * without a preflight, which is never granted, and the fetch metadata must agree where the browser sends it.
 */
export function wantsCookie(request: FastifyRequest): boolean {
  if (request.headers[MODE_HEADER] !== 'cookie') return false;
  const site = request.headers['sec-fetch-site'];
  if (site !== undefined && site !== 'same-origin') return false;
  const { origin, host } = request.headers;
  return origin === undefined || (URL.canParse(origin) && new URL(origin).host === host);
}

/** The session a browser shows. */
export function readSessionCookie(request: FastifyRequest): string | null {
  for (const pair of (request.headers.cookie ?? '').split(';')) {
    const [name, value] = pair.trim().split('=', 2);
    if (name === COOKIE && value !== undefined && /^[\w-]{16,128}$/.test(value)) return value;
  }
  return null;
}

/**
 * Turns what accounts handed over (`<token>; expires=<instant>`, an empty token to end) into a cookie that scripts
 * cannot read and foreign sites cannot send.
 */
export function deliverSession(exchange: Exchange): void {
  const handed = exchange.headers.get(SESSION_DELIVERY);
  if (handed === undefined || !exchange.cookie) return;
  const [token = '', expires = ''] = handed.split('; expires=');
  const secure = exchange.request.protocol === 'https' ? '; Secure' : '';
  const until = new Date(expires).toUTCString();
  exchange.reply.header(
    'set-cookie',
    `${COOKIE}=${token}; Path=/; Expires=${until}; HttpOnly; SameSite=Strict${secure}`,
  );
}
