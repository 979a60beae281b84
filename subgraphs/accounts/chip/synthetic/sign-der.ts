import { constants, sign } from 'node:crypto';
import type { KeyObject } from 'node:crypto';
import { RsaSaPssParams } from '@peculiar/asn1-rsa';
import { AsnConvert } from '@peculiar/asn1-schema';
import { AlgorithmIdentifier } from '@peculiar/asn1-x509';
import type { HashName, SignatureScheme } from '../signature-scheme.ts';

/** How a synthetic authority or signer signs. */
export type SigningWay = Pick<SignatureScheme, 'kind' | 'hash'>;

const RSA: Readonly<Record<HashName, string>> = {
  sha256: '1.2.840.113549.1.1.11',
  sha384: '1.2.840.113549.1.1.12',
  sha512: '1.2.840.113549.1.1.13',
};
const ECDSA: Readonly<Record<HashName, string>> = {
  sha256: '1.2.840.10045.4.3.2',
  sha384: '1.2.840.10045.4.3.3',
  sha512: '1.2.840.10045.4.3.4',
};
const HASHES: Readonly<Record<HashName, { readonly oid: string; readonly bytes: number }>> = {
  sha256: { oid: '2.16.840.1.101.3.4.2.1', bytes: 32 },
  sha384: { oid: '2.16.840.1.101.3.4.2.2', bytes: 48 },
  sha512: { oid: '2.16.840.1.101.3.4.2.3', bytes: 64 },
};
const NULL = Uint8Array.of(5, 0).buffer;

/** The identifier of a hash, with NULL for parameters, as most states write it. */
export function hashIdentifier(hash: HashName): AlgorithmIdentifier {
  return new AlgorithmIdentifier({ algorithm: HASHES[hash].oid, parameters: NULL });
}

/** The identifier of a way of signing (RFC 4055, RFC 5758). */
export function signatureIdentifier({ kind, hash }: SigningWay): AlgorithmIdentifier {
  switch (kind) {
    case 'RSA':
      return new AlgorithmIdentifier({ algorithm: RSA[hash], parameters: NULL });
    case 'ECDSA':
      return new AlgorithmIdentifier({ algorithm: ECDSA[hash] });
    case 'RSA_PSS': {
      const mask = new AlgorithmIdentifier({
        algorithm: '1.2.840.113549.1.1.8',
        parameters: AsnConvert.serialize(hashIdentifier(hash)),
      });
      const parameters = new RsaSaPssParams({
        hashAlgorithm: hashIdentifier(hash),
        maskGenAlgorithm: mask,
        saltLength: HASHES[hash].bytes,
      });
      return new AlgorithmIdentifier({
        algorithm: '1.2.840.113549.1.1.10',
        parameters: AsnConvert.serialize(parameters),
      });
    }
  }
}

/** Signs bytes. RSA with PKCS #1 gives the same signature each time; the other two have chance in them. */
export function signBytes({ kind, hash }: SigningWay, key: KeyObject, data: Uint8Array): Uint8Array {
  if (kind !== 'RSA_PSS') return new Uint8Array(sign(hash, data, key));
  const padding = constants.RSA_PKCS1_PSS_PADDING;
  return new Uint8Array(sign(hash, data, { key, padding, saltLength: HASHES[hash].bytes }));
}
