import { createHash, createPublicKey } from 'node:crypto';
import type { JsonWebKey, KeyObject } from 'node:crypto';

/** A public key as a JSON Web Key names it. */
export interface PublicKey {
  readonly key: KeyObject;
  /** RFC 7638, SHA-256, base64url. */
  readonly thumbprint: string;
}

/** The members a thumbprint is made of, by kind of key, in their order (RFC 7638 §3.2, RFC 8037 §2). */
const MEMBERS: Readonly<Record<string, readonly string[]>> = {
  EC: ['crv', 'kty', 'x', 'y'],
  OKP: ['crv', 'kty', 'x'],
  RSA: ['e', 'kty', 'n'],
};

/** Members that only a private or a symmetric key has. */
const SECRET = ['d', 'p', 'q', 'dp', 'dq', 'qi', 'oth', 'k'];

const LONGEST_MEMBER = 1024;

/** Reads a JSON Web Key; null for what is no public key, a private one among them. */
export function readPublicKey(jwk: unknown): PublicKey | null {
  const thumbprint = thumbprintOf(jwk);
  if (thumbprint === null) return null;
  try {
    return { key: createPublicKey({ key: jwk as JsonWebKey, format: 'jwk' }), thumbprint };
  } catch {
    return null;
  }
}

/** The thumbprint alone, which costs no key. */
export function thumbprintOf(jwk: unknown): string | null {
  if (typeof jwk !== 'object' || jwk === null || Array.isArray(jwk)) return null;
  const given = jwk as Readonly<Record<string, unknown>>;
  const kind = given['kty'];
  const names = typeof kind === 'string' && Object.hasOwn(MEMBERS, kind) ? MEMBERS[kind] : undefined;
  if (names === undefined || SECRET.some((name) => Object.hasOwn(given, name))) return null;
  const members = names.map((name) => [name, given[name]] as const);
  if (members.some(([, value]) => typeof value !== 'string' || value.length > LONGEST_MEMBER)) return null;
  return createHash('sha256')
    .update(JSON.stringify(Object.fromEntries(members)))
    .digest('base64url');
}
