import { createECDH, createHash, hkdfSync } from 'node:crypto';

/** A private key of the authorization server as a JSON Web Key (RFC 7517); its kid is its thumbprint (RFC 7638). */
export interface SigningKey {
  readonly kty: 'EC';
  readonly crv: 'P-256';
  readonly alg: 'ES256';
  readonly use: 'sig';
  readonly kid: string;
  readonly x: string;
  readonly y: string;
  readonly d: string;
}

/** The keys that are published at one moment. */
export interface SigningKeys {
  /** Number of the period: where it is the same, the keys are the same. */
  readonly period: number;
  /** The current key, the next one and the previous one: the first signs, all three are published. */
  readonly keys: readonly [SigningKey, SigningKey, SigningKey];
}

/** The shortest period of a key, in seconds: the previous key stays published for one, and tokens live 300. */
export const SHORTEST_KEY_PERIOD_SECONDS = 600;

/** The order of the group of P-256 (FIPS 186-5, SP 800-186 §3.2.1.3). */
const ORDER = 0xffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551n;

/**
 * The keys of a moment. Every process with the same seed has the same keys at the same time, without telling each other:
 * a key is drawn from the seed and the number of its period. The next key is published a whole period before it signs,
 * the previous one a whole period after.
 */
export function signingKeysAt(seed: Buffer, now: Date, periodSeconds: number): SigningKeys {
  const period = periodAt(now, periodSeconds);
  const key = (number: number): SigningKey =>
    deriveSigningKey(seed, `token signing ${periodSeconds} ${number}`);
  return { period, keys: [key(period), key(period + 1), key(period - 1)] };
}

/** The number of the period of a moment. */
export function periodAt(now: Date, periodSeconds: number): number {
  return Math.floor(now.getTime() / 1000 / periodSeconds);
}

/** Draws a P-256 key from a seed by HKDF (RFC 5869), with 128 bits more than needed (FIPS 186-5 A.2.1): no bias to speak of. */
export function deriveSigningKey(seed: Buffer, purpose: string): SigningKey {
  const drawn = Buffer.from(hkdfSync('sha256', seed, '', purpose, 48));
  const scalar = (BigInt(`0x${drawn.toString('hex')}`) % (ORDER - 1n)) + 1n;
  const secret = Buffer.from(scalar.toString(16).padStart(64, '0'), 'hex');
  const curve = createECDH('prime256v1');
  curve.setPrivateKey(secret);
  const point = curve.getPublicKey();
  const x = point.subarray(1, 33).toString('base64url');
  const y = point.subarray(33).toString('base64url');
  const kid = createHash('sha256')
    .update(JSON.stringify({ crv: 'P-256', kty: 'EC', x, y }))
    .digest('base64url');
  return { kty: 'EC', crv: 'P-256', alg: 'ES256', use: 'sig', kid, x, y, d: secret.toString('base64url') };
}
