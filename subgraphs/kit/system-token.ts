import { createHmac, timingSafeEqual } from 'node:crypto';
import { AppError } from './errors.ts';
import { secretKey } from './secret-key.ts';

/** What a service shows the gateway when it asks as a `system` caller, with a key of its own. */
export interface SystemToken {
  /** The service that asks; also its subject. */
  readonly iss: string;
  readonly sub: string;
  /** `gateway`. */
  readonly aud: string;
  /** Seconds since the epoch, as in RFC 7519. */
  readonly iat: number;
  readonly exp: number;
  /** Unique per request; the gateway admits each once. */
  readonly jti: string;
  /** The registration on whose behalf it asks: it is then an `applicant` caller, and no longer a `system`. */
  readonly applicant?: string;
}

/** The longest life of a system token, in seconds. */
export const SYSTEM_TOKEN_SECONDS = 30;

const CLOCK_SKEW_SECONDS = 5;

const HEADER = Buffer.from('{"alg":"HS256","typ":"system+jwt"}').toString('base64url');

/** Signs a system token as a compact JWS (RFC 7515) with HS256. */
export function signSystemToken(token: SystemToken, key: Buffer): string {
  const signed = `${HEADER}.${Buffer.from(JSON.stringify(token)).toString('base64url')}`;
  return `${signed}.${createHmac('sha256', secretKey(key)).update(signed).digest('base64url')}`;
}

/**
 * Verifies a system token against the keys the gateway knows services by. Every failure is `UNAUTHENTICATED` with an
 * internal reason. Replay (`jti`) is the caller's to check, since it needs memory (`ReplayGuard`).
 */
export function verifySystemToken(
  compact: string,
  expected: {
    readonly keys: Readonly<Record<string, Buffer>>;
    readonly audience: string;
    readonly now: Date;
  },
): SystemToken {
  const parts = compact.split('.');
  const [header, payload, signature] = parts;
  if (parts.length !== 3 || header !== HEADER || payload === undefined || signature === undefined) {
    return refuse('not a system token');
  }
  const token = parse(payload);
  // Who claims to ask decides which key to try; nothing else of an unverified token is looked at.
  const key =
    typeof token?.iss === 'string' && Object.hasOwn(expected.keys, token.iss) && expected.keys[token.iss];
  if (token === null || !key) return refuse('issuer');
  const mac = createHmac('sha256', secretKey(key)).update(`${header}.${payload}`).digest();
  const given = Buffer.from(signature, 'base64url');
  if (given.length !== mac.length || !timingSafeEqual(given, mac)) return refuse('signature');
  if (token.sub !== token.iss) return refuse('subject');
  if (token.aud !== expected.audience) return refuse('audience');
  if (typeof token.jti !== 'string' || token.jti === '') return refuse('id');
  // Whatever else stands there must not be taken for a system's own question.
  if (token.applicant !== undefined && !isRegistrationId(token.applicant)) return refuse('applicant');
  const now = Math.floor(expected.now.getTime() / 1000);
  // Negated, so that a token whose times are no numbers is refused too.
  if (!(token.exp - token.iat <= SYSTEM_TOKEN_SECONDS)) return refuse('life too long');
  if (!(token.iat <= now + CLOCK_SKEW_SECONDS && token.exp >= now - CLOCK_SKEW_SECONDS))
    return refuse('time');
  return token;
}

/** Whether a value has the form of a registration's id. */
export function isRegistrationId(value: unknown): value is string {
  return typeof value === 'string' && /^[\w-]{1,64}$/.test(value);
}

function parse(payload: string): SystemToken | null {
  try {
    return JSON.parse(Buffer.from(payload, 'base64url').toString('utf8')) as SystemToken | null;
  } catch {
    return null;
  }
}

function refuse(reason: string): never {
  throw new AppError('UNAUTHENTICATED', { internal: `system token: ${reason}` });
}
