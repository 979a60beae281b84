import { describe, expect, it } from 'vitest';
import made from './made-by-openssl.json' with { type: 'json' };
import { readSecurityObject } from './security-object.ts';
import { tlv } from './synthetic/write-der.ts';
import { openTrustStore, vouches } from './trust-store.ts';

const trust = openTrustStore({
  country: 'VN',
  issuingState: 'VNM',
  certificates: [Buffer.from(made.authority, 'base64')],
  lists: [],
});

function fileOf(text: string): Uint8Array {
  return tlv(0x77, Buffer.from(text, 'base64'));
}

describe('a security object made by other hands', () => {
  it.each([
    ['RSA_PSS', made.rsaPss],
    ['ECDSA', made.ecdsa],
  ])('is read and verified, signed by %s under a curve of RFC 5639', (kind, text) => {
    const { isSigned, scheme, signer, hashes } = readSecurityObject(fileOf(text));
    expect([isSigned, scheme.kind, scheme.hash]).toEqual([true, kind, 'sha256']);
    expect([...hashes.keys()]).toEqual([1, 2, 13, 14, 15]);
    expect(trust.authorities.filter(({ certificate }) => vouches(certificate, signer))).toHaveLength(1);
  });

  it('is not signed any more with its last byte changed', () => {
    for (const text of [made.rsaPss, made.ecdsa]) {
      const file = fileOf(text);
      file[file.length - 1] = (file.at(-1) ?? 0) ^ 1;
      expect(readSecurityObject(file).isSigned).toBe(false);
    }
  });
});
