import { createHmac, hash, timingSafeEqual } from 'node:crypto';
import { AppError } from './errors.ts';
import { mac } from './mac.ts';
import { secretKey } from './secret-key.ts';

/** Who acts. `person` reads their own record, `representative` a ward's; the others come with later doors. */
export type ActorKind =
  | 'person'
  | 'representative'
  | 'relying_party'
  | 'officer'
  | 'auditor'
  | 'applicant'
  | 'authority'
  | 'system';

/** In which capacity the caller may read a subject's record. */
export type SubjectRole = 'self' | 'guardian' | 'consenter' | 'applicant' | 'case';

/** A subject whose record this call may touch, with the claims it may read of it. */
export interface SubjectGrant {
  readonly id: string;
  readonly as: SubjectRole;
  readonly claims: readonly string[];
  /** Of a ward, the id of the relation (`Dependant.id`): for sharing alone. */
  readonly relation?: string;
}

/**
 * The verified identifiers of one subject: what a registry joins its rows on, so that none has to ask another.
 * `personalNumber` of a foreign resident is the foreigner's identification number.
 */
export interface SubjectIdentifiers {
  readonly kind: 'CITIZEN' | 'FOREIGN_RESIDENT';
  readonly personalNumber: string;
  /** Numbers that a correction has cancelled (Decree 70/2024, art. 11). */
  readonly cancelledNumbers: readonly string[];
  /** The nine-digit identity card number (CMND 9 số) of old records. */
  readonly oldIdNumber: string | null;
  /** Full name as match key: no marks, đ as d, lower case, single spaces. */
  readonly matchName: string;
  /** `1950`, `1950-03` or `1950-03-02`. */
  readonly dateOfBirth: string;
  readonly passports: readonly string[];
}

/** The device in front of the gateway. */
export interface CallerClient {
  /** A keyed hash of the network address, never the address itself. */
  readonly address: string;
  readonly device: string | null;
  readonly cookie: boolean;
  /** The network it is on, `203.0.113.x` or `2001:db8:1::x`: for sharing alone, which shows it to the person who decides. */
  readonly network?: string;
  /** What the browser calls itself, 200 printable characters at most: for sharing alone. */
  readonly agent?: string;
}

/** A passcode or passkey that was shown a moment ago. */
export interface Confirmation {
  readonly id: string;
  /** RFC 3339, UTC. */
  readonly at: string;
  readonly method: 'passcode' | 'passkey';
}

/** An organisation that a person represents (Decree 69/2024, art. 7). */
export interface Organisation {
  readonly id: string;
  readonly legalName: string;
  readonly taxCode: string;
  readonly sector: string;
}

/** What the gateway vouches for in one request to one service. Lives 30 seconds at most and is bound to the body. */
export interface CallerToken {
  readonly iss: 'gateway';
  readonly aud: string;
  /** Seconds since the epoch, as in RFC 7519. */
  readonly iat: number;
  readonly exp: number;
  /** Request id and plan step, `<request>.<step>`; unique per call. */
  readonly jti: string;
  readonly act: { readonly kind: ActorKind; readonly id: string };
  readonly level: 0 | 1 | 2;
  /** The session of the caller, for services that end or renew it. */
  readonly sid?: string;
  readonly subjects: readonly SubjectGrant[];
  readonly ids: Readonly<Record<string, SubjectIdentifiers>>;
  readonly claims: readonly string[];
  readonly purpose: string;
  readonly legalBasis: string;
  readonly consent?: string;
  /** The case an auditor or officer acts on. */
  readonly case?: string;
  readonly client?: CallerClient;
  /** The confirmation whose window is open, for sharing alone: what an approval stands on. */
  readonly confirmed?: Confirmation;
  /** The role of a member of staff, `OPERATOR`, for sharing alone. */
  readonly role?: string;
  /** The organisations a person represents, for sharing alone. */
  readonly organisations?: readonly Organisation[];
  /** Base64url SHA-256 of the request body, byte for byte. */
  readonly bh: string;
}

/** The longest life of a caller token, in seconds. */
export const CALLER_TOKEN_SECONDS = 30;

/** Clocks of gateway and registry may differ by this much, in seconds. */
const CLOCK_SKEW_SECONDS = 5;

const HEADER = Buffer.from('{"alg":"HS256","typ":"caller+jwt"}').toString('base64url');
const HEADER_AND_DOT = `${HEADER}.`;

declare const signed: unique symbol;

/** A signed token: of letters, digits, `-`, `_` and dots by the way it is made, so that it may stand in a header as it is. */
export type CompactToken = string & { readonly [signed]: true };

/** The `bh` member: base64url SHA-256 of a body. */
export function bodyHash(body: string | Uint8Array): string {
  return hash('sha256', body, 'base64url');
}

/**
 * Signs a caller token as a compact JWS (RFC 7515) with HS256. Symmetric on purpose: one key per service, so a service
 * can deceive nobody but itself, and six signatures cost a profile nothing measurable.
 */
export function signCallerToken(token: CallerToken, key: Buffer): CompactToken {
  return signPayload(JSON.stringify(token), key);
}

/** Signs a payload, the JSON text of a {@link CallerToken}. */
export function signPayload(payload: string, key: Buffer): CompactToken {
  const encoded = encode(payload);
  return `${HEADER_AND_DOT}${encoded}.${mac(key, HEADER_AND_DOT, encoded)}` as CompactToken;
}

/** Where a payload is encoded: nothing waits between the writing and the reading. */
const scratch = Buffer.alloc(16_384);
/** UTF-8 of one UTF-16 unit, at most. */
const BYTES_A_UNIT = 3;

function encode(text: string): string {
  if (text.length * BYTES_A_UNIT > scratch.length) return Buffer.from(text).toString('base64url');
  return scratch.toString('base64url', 0, scratch.write(text));
}

/** What a token is held against. */
export interface CallerTokenExpectation {
  readonly audience: string;
  readonly key: Buffer;
  readonly body: string | Uint8Array;
  readonly now: Date;
}

/**
 * Verifies a caller token: header, signature, issuer, audience, times and body. Every failure is `UNAUTHENTICATED` with
 * an internal reason; none says more to the outside. Replay (`jti`) is the caller's to check, since it needs memory.
 */
export function verifyCallerToken(compact: string, expected: CallerTokenExpectation): CallerToken {
  const parts = compact.split('.');
  const [header, payload, signature] = parts;
  if (parts.length !== 3 || header !== HEADER || payload === undefined || signature === undefined) {
    return refuse('not a caller token');
  }
  const mac = createHmac('sha256', secretKey(expected.key)).update(`${header}.${payload}`).digest();
  const given = Buffer.from(signature, 'base64url');
  if (given.length !== mac.length || !timingSafeEqual(given, mac)) return refuse('signature');
  const token = JSON.parse(Buffer.from(payload, 'base64url').toString('utf8')) as CallerToken;
  if (token.iss !== 'gateway') return refuse('issuer');
  if (token.aud !== expected.audience) return refuse('audience');
  const now = Math.floor(expected.now.getTime() / 1000);
  // A time that is no number would pass every comparison below.
  if (!Number.isSafeInteger(token.iat) || !Number.isSafeInteger(token.exp)) return refuse('no times');
  if (token.exp - token.iat > CALLER_TOKEN_SECONDS) return refuse('life too long');
  if (token.iat > now + CLOCK_SKEW_SECONDS || token.exp < now - CLOCK_SKEW_SECONDS) return refuse('time');
  if (token.bh !== bodyHash(expected.body)) return refuse('body');
  return token;
}

function refuse(reason: string): never {
  throw new AppError('UNAUTHENTICATED', { internal: `caller token: ${reason}` });
}

/**
 * Remembers the `jti`s of living tokens, so that a token taken off the wire cannot be used a second time. Bounded by
 * the tokens' life: two generations of {@link CALLER_TOKEN_SECONDS} plus skew, swapped, never scanned.
 */
export class ReplayGuard {
  #young = new Set<string>();
  #old = new Set<string>();
  #swapAt = 0;

  /** Throws `UNAUTHENTICATED` when the token was seen before; remembers it otherwise. */
  admit(jti: string, now: Date): void {
    const at = now.getTime();
    if (at >= this.#swapAt) {
      this.#old = this.#young;
      this.#young = new Set();
      this.#swapAt = at + (CALLER_TOKEN_SECONDS + 2 * CLOCK_SKEW_SECONDS) * 1000;
    }
    if (this.#young.has(jti) || this.#old.has(jti)) refuse('replayed');
    this.#young.add(jti);
  }
}
