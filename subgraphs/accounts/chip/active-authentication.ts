import { constants, createHash, createPublicKey, publicDecrypt, verify } from 'node:crypto';
import type { KeyObject } from 'node:crypto';
import { refuse } from './chip-refusal.ts';
import { challengeHash, readSecurityInfos } from './security-infos.ts';
import { checkDer, malformed, valueOf } from './tlv.ts';

/** How long a challenge is, in bytes (RND.IFD, ICAO Doc 9303-11, 6.1). */
export const CHALLENGE_BYTES = 8;

const TAG = 0x6f;
/**
 * What holds here is that no more than one chip has the key, for as long as a card lives: shorter keys than for signing
 * cards are in use (ICAO Doc 9303-12, 4.4.1).
 */
const LEAST_RSA_BITS = 1024;
const CURVES =
  /^(prime192v1|secp224r1|prime256v1|secp384r1|secp521r1|brainpoolP(192|224|256|320|384|512)[rt]1)$/;

/** Trailers of ISO/IEC 9796-2 and the hashes they name (ISO/IEC 10118-3). SHA-1 signs 14 random bytes or more: nothing to collide. */
const TRAILERS: Readonly<Record<string, string>> = {
  '33cc': 'sha1',
  '34cc': 'sha256',
  '35cc': 'sha512',
  '36cc': 'sha384',
  '38cc': 'sha224',
};
/** The header of a message that is recovered in part and leaves no room (ISO/IEC 9796-2, 7.2.2: 01, 1, 0, 1010). */
const HEADER = 0x6a;

/** The public key of a chip, as its DG15 holds it. */
export interface ChipKey {
  readonly key: KeyObject;
  readonly kind: 'RSA' | 'ECDSA';
}

/** Reads DG15. @throws ChipRefused `CHIP_MALFORMED` for what is no key, or one that proves nothing any more */
export function readChipKey(file: Uint8Array): ChipKey {
  const spki = valueOf(file, TAG);
  checkDer(spki);
  const key = createPublicKey({ key: Buffer.from(spki), format: 'der', type: 'spki' });
  const { modulusLength = 0, namedCurve = '', publicExponent = 0n } = key.asymmetricKeyDetails ?? {};
  if (key.asymmetricKeyType === 'ec' && CURVES.test(namedCurve)) return { key, kind: 'ECDSA' };
  // With an exponent of 1 anybody's number would be a signature.
  if (key.asymmetricKeyType === 'rsa' && modulusLength >= LEAST_RSA_BITS && publicExponent >= 3n)
    return { key, kind: 'RSA' };
  throw malformed('key of the chip');
}

/** What a chip was asked and what it answered. */
export interface ChallengeAnswer {
  readonly challenge: Uint8Array;
  readonly response: Uint8Array;
}

/**
 * Active authentication (ICAO Doc 9303-11, 6.1): the answer to our challenge was made with the private key that belongs
 * to DG15 and never leaves a chip. RSA answers by ISO/IEC 9796-2 scheme 1, elliptic keys by plain ECDSA with the hash
 * that DG14 names.
 *
 * @throws ChipRefused `CHIP_CLONED`; `CHIP_INCOMPLETE` where an elliptic key has no DG14; `CHIP_MALFORMED` for a challenge
 * that is none
 */
export function checkAnswer(chip: ChipKey, infos: Uint8Array | undefined, answer: ChallengeAnswer): void {
  const { challenge, response } = answer;
  if (challenge.length !== CHALLENGE_BYTES) refuse('CHIP_MALFORMED', 'no challenge');
  const isRight =
    chip.kind === 'RSA'
      ? isRecovered(chip.key, challenge, response)
      : isPlain(chip.key, infos, challenge, response);
  if (!isRight) refuse('CHIP_CLONED', 'the answer is not made with the key of the chip', 'DG15');
}

function isPlain(
  key: KeyObject,
  infos: Uint8Array | undefined,
  challenge: Uint8Array,
  response: Uint8Array,
): boolean {
  if (infos === undefined) return refuse('CHIP_INCOMPLETE', 'the hash is not told', 'DG14');
  const hash = challengeHash(readSecurityInfos(infos));
  if (hash === null) return refuse('CHIP_MALFORMED', 'the hash is not told', 'DG14');
  try {
    return verify(hash, challenge, { key, dsaEncoding: 'ieee-p1363' }, response);
  } catch {
    return false;
  }
}

/** ISO/IEC 9796-2 scheme 1: opens the signature, finds message and hash in it, and hashes anew with the challenge behind. */
function isRecovered(key: KeyObject, challenge: Uint8Array, response: Uint8Array): boolean {
  const opened = open(key, response);
  if (opened === null || opened[0] !== HEADER) return false;
  const isShort = opened.at(-1) === 0xbc;
  const trailer = opened.subarray(opened.length - (isShort ? 1 : 2));
  const hash = isShort ? 'sha1' : TRAILERS[trailer.toString('hex')];
  if (hash === undefined) return false;
  const digest = (recovered: Buffer): Buffer => createHash(hash).update(recovered).update(challenge).digest();
  const length = digest(Buffer.alloc(0)).length;
  const end = opened.length - trailer.length;
  // The chip's own part has room for something, or the hash would stand for the challenge alone.
  if (end - length <= 1) return false;
  return digest(opened.subarray(1, end - length)).equals(opened.subarray(end - length, end));
}

/** The number a signature opens to; null where it is no number below the modulus, of its length. */
function open(key: KeyObject, response: Uint8Array): Buffer | null {
  try {
    return publicDecrypt({ key, padding: constants.RSA_NO_PADDING }, response);
  } catch {
    return null;
  }
}
