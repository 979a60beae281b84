import { createHash } from 'node:crypto';
import {
  Attribute,
  CertificateChoices,
  CertificateSet,
  ContentInfo,
  DigestAlgorithmIdentifiers,
  EncapsulatedContent,
  EncapsulatedContentInfo,
  IssuerAndSerialNumber,
  SignedData,
  SignerIdentifier,
  SignerInfo,
  SignerInfos,
} from '@peculiar/asn1-cms';
import { AsnConvert, OctetString } from '@peculiar/asn1-schema';
import { Certificate, Time } from '@peculiar/asn1-x509';
import { chipGroups, groupNames } from '../chip-group.ts';
import type { ChipGroups } from '../chip-group.ts';
import type { ChipSigner } from './chip-authority.ts';
import { bufferOf, bytesOf } from './issue-certificate.ts';
import { hashIdentifier, signatureIdentifier, signBytes } from './sign-der.ts';
import { objectIdentifier, printable, sequence, smallNumber, tlv } from './write-der.ts';

const SIGNED_DATA = '1.2.840.113549.1.7.2';
const LDS_SECURITY_OBJECT = '2.23.136.1.1.1';

/** How a security object is signed. */
export interface SigningTerms {
  readonly signer: ChipSigner;
  /** Null leaves the time of signing out. */
  readonly signedAt: Date | null;
  /** The key that really signs, where it is not the one of the certificate. */
  readonly key?: ChipSigner['issuer']['key'];
}

/** EF.SOD: the hashes of groups, signed (ICAO Doc 9303-10, 4.6.2; RFC 5652). */
export function signSecurityObject(groups: ChipGroups, { signer, signedAt, key }: SigningTerms): Uint8Array {
  const { way } = signer.issuer;
  const digestAlgorithm = hashIdentifier(way.hash);
  const content = hashList(groups, way.hash);
  const digest = createHash(way.hash).update(content).digest();
  const signedAttrs = setOf([
    attribute('1.2.840.113549.1.9.3', objectIdentifier(LDS_SECURITY_OBJECT)),
    ...(signedAt === null ? [] : [attribute('1.2.840.113549.1.9.5', bytesOf(new Time(signedAt)))]),
    attribute('1.2.840.113549.1.9.4', tlv(0x04, digest)),
  ]);
  const signature = signBytes(way, key ?? signer.issuer.key, tlv(0x31, ...signedAttrs.map(bytesOf)));
  const certificate = AsnConvert.parse(signer.certificate, Certificate);
  const { issuer, serialNumber } = certificate.tbsCertificate;
  const info = new SignerInfo({
    version: 1,
    sid: new SignerIdentifier({ issuerAndSerialNumber: new IssuerAndSerialNumber({ issuer, serialNumber }) }),
    digestAlgorithm,
    signedAttrs,
    signatureAlgorithm: signatureIdentifier(way),
    signature: new OctetString(bufferOf(signature)),
  });
  const signed = new SignedData({
    version: 3,
    digestAlgorithms: new DigestAlgorithmIdentifiers([digestAlgorithm]),
    encapContentInfo: new EncapsulatedContentInfo({
      eContentType: LDS_SECURITY_OBJECT,
      eContent: new EncapsulatedContent({ single: new OctetString(bufferOf(content)) }),
    }),
    certificates: new CertificateSet([new CertificateChoices({ certificate })]),
    signerInfos: new SignerInfos([info]),
  });
  return tlv(
    0x77,
    bytesOf(new ContentInfo({ contentType: SIGNED_DATA, content: bufferOf(bytesOf(signed)) })),
  );
}

/** `LDSSecurityObject` of version 1, which repeats what EF.COM says. */
function hashList(groups: ChipGroups, hash: string): Uint8Array {
  const hashes = groupNames.flatMap((name) => {
    const { number } = chipGroups[name];
    const bytes = groups[name];
    if (number === null || bytes === undefined) return [];
    return [sequence(smallNumber(number), tlv(0x04, createHash(hash).update(bytes).digest()))];
  });
  return sequence(
    smallNumber(1),
    bytesOf(hashIdentifier(hash as 'sha256')),
    sequence(...hashes),
    sequence(printable('0108'), printable('040000')),
  );
}

function attribute(attrType: string, value: Uint8Array): Attribute {
  return new Attribute({ attrType, attrValues: [bufferOf(value)] });
}

/** X.690 11.6: the members of a set stand in the order of their bytes. */
function setOf(attributes: readonly Attribute[]): Attribute[] {
  return [...attributes].sort((one, other) => Buffer.compare(bytesOf(one), bytesOf(other)));
}
