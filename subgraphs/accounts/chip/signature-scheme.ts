import { constants, createPublicKey, verify } from 'node:crypto';
import type { KeyObject } from 'node:crypto';
import { malformed, readOid, readShape, readTlvs, valueOf } from './tlv.ts';
import type { Tlv } from './tlv.ts';

/** The hashes that states may sign with (ICAO Doc 9303-12, 4.4). SHA-1 and SHA-224 are not taken any more. */
export type HashName = 'sha256' | 'sha384' | 'sha512';

/** How something was signed. */
export interface SignatureScheme {
  readonly kind: 'RSA' | 'RSA_PSS' | 'ECDSA';
  readonly hash: HashName;
  /** Of PSS alone, in bytes. */
  readonly saltLength: number;
}

const HASHES: Readonly<Record<string, HashName>> = {
  '2.16.840.1.101.3.4.2.1': 'sha256',
  '2.16.840.1.101.3.4.2.2': 'sha384',
  '2.16.840.1.101.3.4.2.3': 'sha512',
};
const RSA_WITH: Readonly<Record<string, HashName>> = {
  '1.2.840.113549.1.1.11': 'sha256',
  '1.2.840.113549.1.1.12': 'sha384',
  '1.2.840.113549.1.1.13': 'sha512',
};
const ECDSA_WITH: Readonly<Record<string, HashName>> = {
  '1.2.840.10045.4.3.2': 'sha256',
  '1.2.840.10045.4.3.3': 'sha384',
  '1.2.840.10045.4.3.4': 'sha512',
};
const RSA_ENCRYPTION = '1.2.840.113549.1.1.1';
const RSA_PSS = '1.2.840.113549.1.1.10';
const MGF1 = '1.2.840.113549.1.1.8';

/** The shortest keys that still sign (ICAO Doc 9303-12, 4.4): bits of the modulus, bits of the curve's order. */
const LEAST_RSA_BITS = 2048;
/** Curves by OpenSSL's names: those of FIPS 186-5 and RFC 5639 of at least 224 bits. */
const CURVES = /^(secp224r1|prime256v1|secp384r1|secp521r1|brainpoolP(224|256|320|384|512)[rt]1)$/;

/** An algorithm identifier as it stands: what, and its parameters; null for none or NULL. */
function readAlgorithm(der: Uint8Array): { readonly oid: string; readonly parameters: Tlv | null } {
  const [algorithm, parameters, ...others] = readTlvs(valueOf(der, 0x30));
  if (algorithm === undefined || others.length > 0) throw malformed('algorithm');
  const isNone = parameters === undefined || parameters.tag === 0x05;
  return { oid: readOid(algorithm), parameters: isNone ? null : parameters };
}

/** The hash of an algorithm identifier of DER, which has no parameters or NULL. @throws ChipRefused `CHIP_MALFORMED` */
export function hashOf(der: Uint8Array): HashName {
  const { oid, parameters } = readAlgorithm(der);
  const hash = HASHES[oid];
  if (hash === undefined || parameters !== null) throw malformed('hash');
  return hash;
}

/**
 * The scheme of a signature's algorithm identifier of DER; `digest` is the hash that CMS names apart, for identifiers
 * that name none, and has to be the same for those that do.
 *
 * @throws ChipRefused `CHIP_MALFORMED` for what is no scheme of ICAO Doc 9303-12
 */
export function schemeOf(der: Uint8Array, digest: HashName | null = null): SignatureScheme {
  const scheme = readScheme(der, digest);
  if (scheme === null || (digest !== null && scheme.hash !== digest)) throw malformed('signature scheme');
  return scheme;
}

function readScheme(der: Uint8Array, digest: HashName | null): SignatureScheme | null {
  const { oid, parameters } = readAlgorithm(der);
  if (oid === RSA_PSS) return parameters === null ? null : readPss(parameters);
  if (parameters !== null) return null;
  const rsa = oid === RSA_ENCRYPTION ? digest : RSA_WITH[oid];
  if (rsa !== undefined && rsa !== null) return { kind: 'RSA', hash: rsa, saltLength: 0 };
  const ecdsa = ECDSA_WITH[oid];
  return ecdsa === undefined ? null : { kind: 'ECDSA', hash: ecdsa, saltLength: 0 };
}

/**
 * RFC 4055, 3.1: the hash, the mask made with the same hash, the salt, and the trailer if it is named. The defaults of
 * the first three are SHA-1 and its length, so none of them can be left out.
 */
function readPss({ bytes }: Tlv): SignatureScheme | null {
  const fields = valueOf(bytes, 0x30);
  const tags = [0xa0, 0xa1, 0xa2, 0xa3].slice(0, readTlvs(fields).length);
  const [hashField, maskField, saltField, trailerField] = readShape(fields, tags);
  if (hashField === undefined || maskField === undefined || saltField === undefined) return null;
  const hash = hashOf(hashField.value);
  const { oid, parameters } = readAlgorithm(maskField.value);
  const salt = valueOf(saltField.value, 0x02);
  const trailer = trailerField === undefined ? [1] : valueOf(trailerField.value, 0x02);
  const isRight =
    oid === MGF1 &&
    parameters !== null &&
    hashOf(parameters.bytes) === hash &&
    salt.length <= 2 &&
    trailer.length === 1 &&
    trailer[0] === 1;
  // Some fill all the room there is with salt, so that it is longer than any hash.
  return isRight ? { kind: 'RSA_PSS', hash, saltLength: Buffer.from(salt).readUIntBE(0, salt.length) } : null;
}

/** A public key of a certificate; null for bytes that are none, and for one too short or of a curve nobody signs with. */
export function signingKey(spki: Uint8Array): KeyObject | null {
  try {
    const key = createPublicKey({ key: Buffer.from(spki), format: 'der', type: 'spki' });
    const { modulusLength, namedCurve } = key.asymmetricKeyDetails ?? {};
    const isStrong =
      key.asymmetricKeyType === 'ec'
        ? CURVES.test(namedCurve ?? '')
        : key.asymmetricKeyType?.startsWith('rsa') === true && (modulusLength ?? 0) >= LEAST_RSA_BITS;
    return isStrong ? key : null;
  } catch {
    return null;
  }
}

/** Whether a signature over some bytes is the key's. Never throws. */
export function isSigned(
  { kind, hash, saltLength }: SignatureScheme,
  key: KeyObject,
  data: Uint8Array,
  signature: Uint8Array,
): boolean {
  const type = key.asymmetricKeyType;
  const fits =
    kind === 'ECDSA' ? type === 'ec' : type === 'rsa' || (type === 'rsa-pss' && kind === 'RSA_PSS');
  if (!fits) return false;
  try {
    if (kind !== 'RSA_PSS') return verify(hash, data, key, signature);
    return verify(hash, data, { key, padding: constants.RSA_PKCS1_PSS_PADDING, saltLength }, signature);
  } catch {
    return false;
  }
}
