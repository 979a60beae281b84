import { constants, verify } from 'node:crypto';
import type { KeyObject } from 'node:crypto';

/** A JWT (RFC 7519) in its three parts: read, not verified. */
export interface CompactJwt {
  readonly header: Readonly<Record<string, unknown>>;
  readonly payload: Readonly<Record<string, unknown>>;
  readonly signed: string;
  readonly signature: Buffer;
}

/** How a signature is made: asymmetric only, so that no public key can be taken for a secret (RFC 8725 §3.1). */
export type SignatureAlgorithm = 'ES256' | 'EdDSA' | 'PS256';

/** All of them, as `algs` of a challenge names them. */
export const signatureAlgorithms: readonly SignatureAlgorithm[] = ['ES256', 'EdDSA', 'PS256'];

const COMPACT = /^([\w-]{2,4096})\.([\w-]{2,8192})\.([\w-]{2,1024})$/;

/** Reads one; null for what is none, or asks for an extension (`crit`) that is not understood. */
export function readJwt(compact: string): CompactJwt | null {
  const [, head, body, tail] = COMPACT.exec(compact) ?? [];
  if (head === undefined || body === undefined || tail === undefined) return null;
  const [header, payload] = [readPart(head), readPart(body)];
  if (header === null || payload === null || Object.hasOwn(header, 'crit')) return null;
  return { header, payload, signed: `${head}.${body}`, signature: Buffer.from(tail, 'base64url') };
}

function readPart(text: string): Readonly<Record<string, unknown>> | null {
  try {
    const value = JSON.parse(Buffer.from(text, 'base64url').toString('utf8')) as unknown;
    return typeof value === 'object' && value !== null && !Array.isArray(value)
      ? (value as Record<string, unknown>)
      : null;
  } catch {
    return null;
  }
}

/** Whether a signature is of that algorithm, by that key, whose kind must be the algorithm's (RFC 7518 §3, RFC 8037 §3.1). */
export function isSigned({ signed, signature }: CompactJwt, algorithm: unknown, key: KeyObject): boolean {
  const data = Buffer.from(signed);
  const kind = key.asymmetricKeyType;
  switch (algorithm) {
    case 'ES256': {
      if (kind !== 'ec' || key.asymmetricKeyDetails?.namedCurve !== 'prime256v1') return false;
      return signature.length === 64 && verify('sha256', data, { key, dsaEncoding: 'ieee-p1363' }, signature);
    }
    case 'EdDSA':
      return kind === 'ed25519' && verify(null, data, key, signature);
    case 'PS256': {
      if (kind !== 'rsa' || (key.asymmetricKeyDetails?.modulusLength ?? 0) < 2048) return false;
      const padding = constants.RSA_PKCS1_PSS_PADDING;
      return verify('sha256', data, { key, padding, saltLength: 32 }, signature);
    }
    default:
      return false;
  }
}
