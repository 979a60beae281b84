/** A request that sharing answers in plain HTTP. */
export interface SharingPath {
  /** With its query, as it stood in the request. */
  readonly target: string;
  /** Which kind of answer: an authorization server's, or one of the page that shows the picture. */
  readonly kind: 'oauth' | 'share';
  /** Whether it is answered by a stream of events. */
  readonly isStream: boolean;
  /** Whether it pushes an authorization request (RFC 9126). */
  readonly isPushed: boolean;
}

/** No escapes, no empty parts, no dots in front: no other spelling of a path means the same. */
const OAUTH = /^\/oauth(?:\/[A-Za-z0-9_-][A-Za-z0-9._~-]*){1,4}$/;
const WELL_KNOWN = /^\/\.well-known\/(?:openid-configuration|oauth-authorization-server)$/;
const SHARE = /^\/share\/[A-Za-z0-9_-]{8,64}\/(state|events|number|return|renew|cancel)$/;
const PUSHED = /^\/oauth\/(?:par|request)$/;
/** Visible ASCII. */
const QUERY = /^[\x21-\x7e]{0,4096}$/;

/** What stands in `/share/<handle>/…` that is read, and what is done. */
const READ: ReadonlySet<string> = new Set(['state', 'events', 'return']);

/** Reads the target of a request, as it stands there: nothing is decoded. Null for what is not sharing's. */
export function readSharingPath(method: string, target: string): SharingPath | null {
  const mark = target.indexOf('?');
  const path = mark < 0 ? target : target.slice(0, mark);
  if (!QUERY.test(mark < 0 ? '' : target.slice(mark))) return null;
  if (OAUTH.test(path)) {
    return { target, kind: 'oauth', isStream: false, isPushed: method === 'POST' && PUSHED.test(path) };
  }
  if (WELL_KNOWN.test(path)) {
    return method === 'POST' ? null : { target, kind: 'oauth', isStream: false, isPushed: false };
  }
  const [, action] = SHARE.exec(path) ?? [];
  if (action === undefined || method !== (READ.has(action) ? 'GET' : 'POST')) return null;
  return { target, kind: 'share', isStream: action === 'events', isPushed: false };
}

/** The client id that a pushed authorization request names, in its form or in the assertion it proves itself with. */
export function pushedClientId(body: Buffer): string | null {
  const form = new URLSearchParams(body.toString('latin1'));
  const named = form.get('client_id') ?? subjectOf(form.get('client_assertion'));
  return named !== null && /^[A-Za-z0-9._~:/@-]{1,200}$/.test(named) ? named : null;
}

/** `sub` of a JWT, unverified: for counting alone. */
function subjectOf(assertion: string | null): string | null {
  try {
    const [, payload = ''] = (assertion ?? '').split('.');
    const { sub } = JSON.parse(Buffer.from(payload, 'base64url').toString('utf8')) as { sub?: unknown };
    return typeof sub === 'string' ? sub : null;
  } catch {
    return null;
  }
}
