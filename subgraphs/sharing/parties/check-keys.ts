import { createPublicKey } from 'node:crypto';
import { problem } from './party-problem.ts';
import type { PartyProblem } from './party-problem.ts';

/** A JSON Web Key Set of public keys (RFC 7517), each fit to sign with. */
export interface PublicKeySet {
  readonly keys: readonly Readonly<Record<string, unknown>>[];
}

/** A key set as it may be kept, or all that is wrong with it. */
export type CheckedKeys =
  | { readonly keys: PublicKeySet; readonly problems: readonly [] }
  | { readonly keys: null; readonly problems: readonly PartyProblem[] };

const MOST_KEYS = 10;
const LEAST_RSA_BITS = 2048;
/** Members that only a private or a symmetric key has (RFC 7518 §6). */
const PRIVATE_MEMBERS = ['d', 'p', 'q', 'dp', 'dq', 'qi', 'oth', 'k'];
/** Members that are kept of a key; what else was sent is of no use to anybody. */
const KEPT_MEMBERS = ['kty', 'crv', 'x', 'y', 'n', 'e', 'kid', 'alg', 'use'];

/**
 * Reads a key set as a relying party sends it, and finds at registration what otherwise fails at the first use: no `kid`,
 * a key of another kind, a private part that was sent along.
 */
export function checkKeys(text: string, field: string): CheckedKeys {
  const keys = readKeys(text);
  if (keys === null) return { keys: null, problems: [problem(field, 'KEYS_NOT_JSON')] };
  const problems = keys.flatMap((key, at) => checkKey(key, `${field}.keys[${at}]`));
  const ids = keys.map(({ kid }) => kid);
  if (new Set(ids).size < ids.length && problems.length === 0) problems.push(problem(field, 'KEY_ID_TWICE'));
  if (problems.length > 0) return { keys: null, problems };
  return { keys: { keys: keys.map(publicMembers) }, problems: [] };
}

function readKeys(text: string): Record<string, unknown>[] | null {
  try {
    const { keys } = JSON.parse(text) as { keys?: unknown };
    if (!Array.isArray(keys) || keys.length === 0 || keys.length > MOST_KEYS) return null;
    return keys.every((key) => typeof key === 'object' && key !== null)
      ? (keys as Record<string, unknown>[])
      : null;
  } catch {
    return null;
  }
}

function checkKey(key: Record<string, unknown>, field: string): PartyProblem[] {
  const secret = PRIVATE_MEMBERS.find((member) => Object.hasOwn(key, member));
  if (secret !== undefined) return [problem(field, 'KEY_PRIVATE')];
  const algorithm = algorithmOf(key);
  if (algorithm === null || (key['use'] !== undefined && key['use'] !== 'sig'))
    return [problem(field, 'KEY_UNSUITED')];
  const problems: PartyProblem[] = [];
  if (typeof key['kid'] !== 'string' || key['kid'].length === 0 || key['kid'].length > 200)
    problems.push(problem(`${field}.kid`, 'KEY_ID_MISSING'));
  if (key['alg'] !== undefined && key['alg'] !== algorithm)
    problems.push(problem(`${field}.alg`, 'KEY_ALGORITHM'));
  return [...problems, ...checkMaterial(key, field)];
}

/** The one algorithm of FAPI 2.0 (§5.4) that a key signs with; null for a key that signs with none of them. */
function algorithmOf({ kty, crv }: Record<string, unknown>): 'ES256' | 'EdDSA' | 'PS256' | null {
  if (kty === 'EC' && crv === 'P-256') return 'ES256';
  if (kty === 'OKP' && crv === 'Ed25519') return 'EdDSA';
  return kty === 'RSA' ? 'PS256' : null;
}

function checkMaterial(key: Record<string, unknown>, field: string): PartyProblem[] {
  try {
    const read = createPublicKey({ key, format: 'jwk' });
    const bits = read.asymmetricKeyDetails?.modulusLength ?? LEAST_RSA_BITS;
    return bits < LEAST_RSA_BITS ? [problem(field, 'KEY_UNSUITED')] : [];
  } catch {
    return [problem(field, 'KEY_BROKEN')];
  }
}

function publicMembers(key: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(
    KEPT_MEMBERS.flatMap((member) => (key[member] === undefined ? [] : [[member, key[member]]])),
  );
}
