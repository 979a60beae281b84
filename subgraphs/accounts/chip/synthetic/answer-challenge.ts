import { constants, createHash, createPublicKey, privateEncrypt, sign } from 'node:crypto';
import type { KeyObject } from 'node:crypto';

/** Of ISO/IEC 9796-2: how a recovered message begins, and the trailer that names SHA-256. */
const HEADER = 0x6a;
const TRAILER = Uint8Array.of(0x34, 0xcc);
const HASH_BYTES = 32;

/**
 * What a chip with this private key answers to a challenge (ICAO Doc 9303-11, 6.1): ISO/IEC 9796-2 scheme 1 with SHA-256
 * for RSA, plain ECDSA with SHA-256 for an elliptic key. The chip's own part of the message follows from key and
 * challenge, where a real chip draws it.
 */
export function answerChallenge(key: KeyObject, challenge: Uint8Array): Uint8Array {
  if (key.asymmetricKeyType === 'ec')
    return new Uint8Array(sign('sha256', challenge, { key, dsaEncoding: 'ieee-p1363' }));
  const length = (key.asymmetricKeyDetails?.modulusLength ?? 0) / 8;
  const own = ownPart(key, challenge, length - 1 - HASH_BYTES - TRAILER.length);
  const digest = createHash('sha256').update(own).update(challenge).digest();
  const message = Buffer.concat([Uint8Array.of(HEADER), own, digest, TRAILER]);
  return new Uint8Array(privateEncrypt({ key, padding: constants.RSA_NO_PADDING }, message));
}

function ownPart(key: KeyObject, challenge: Uint8Array, length: number): Buffer {
  const seed = createPublicKey(key).export({ format: 'der', type: 'spki' });
  const hash = createHash('shake256', { outputLength: length });
  return hash.update(seed).update(challenge).digest();
}
