import { createHash } from 'node:crypto';
import { ContentInfo, SignedData } from '@peculiar/asn1-cms';
import type { SignerInfo } from '@peculiar/asn1-cms';
import { AsnConvert } from '@peculiar/asn1-schema';
import { Time } from '@peculiar/asn1-x509';
import { dateOf, hex, readCertificate, sameBytes } from './certificate.ts';
import type { Certificate } from './certificate.ts';
import { hashOf, isSigned, schemeOf } from './signature-scheme.ts';
import type { HashName, SignatureScheme } from './signature-scheme.ts';
import { checkDer, malformed, readShape, readTlvs, valueOf } from './tlv.ts';
import type { Tlv } from './tlv.ts';

/** The document security object of a chip (EF.SOD, ICAO Doc 9303-10, 4.6.2): the hashes of its groups, and who signed them. */
export interface SecurityObject {
  readonly hash: HashName;
  /** By the number of the data group. */
  readonly hashes: ReadonlyMap<number, Uint8Array>;
  /** As EF.COM repeats them; null in objects of version 0, which do not name them. */
  readonly versions: { readonly lds: string; readonly unicode: string } | null;
  readonly signer: Certificate;
  /** When it was signed, as the signer says; null where it does not. */
  readonly signedAt: Date | null;
  readonly scheme: SignatureScheme;
  /** Whether the signature over all this is the signer's. */
  readonly isSigned: boolean;
}

const SIGNED_DATA = '1.2.840.113549.1.7.2';
const LDS_SECURITY_OBJECT = '2.23.136.1.1.1';
const CONTENT_TYPE = '1.2.840.113549.1.9.3';
const MESSAGE_DIGEST = '1.2.840.113549.1.9.4';
const SIGNING_TIME = '1.2.840.113549.1.9.5';
const TAG = 0x77;
/** ICAO Doc 9303-10, 4.6.2.3: sixteen data groups there are. */
const MOST_GROUPS = 16;

/**
 * Reads the file and holds the signature against the certificate in it; whether that certificate is worth anything is
 * another question.
 *
 * @throws ChipRefused `CHIP_MALFORMED`, or an error of the parser
 */
export function readSecurityObject(file: Uint8Array): SecurityObject {
  const der = valueOf(file, TAG);
  checkDer(der);
  const { contentType, content } = AsnConvert.parse(der, ContentInfo);
  const signed = AsnConvert.parse(content, SignedData);
  const parts = takeApart(der);
  const eContent = parts.content.value;
  // RFC 5652, 5.1: version 3 for content of this type.
  const { eContentType } = signed.encapContentInfo;
  if (contentType !== SIGNED_DATA || signed.version !== 3 || eContentType !== LDS_SECURITY_OBJECT)
    throw malformed('no signed list of hashes');
  const hash = hashOf(parts.digestAlgorithm.bytes);
  if (hashOf(parts.signerDigest.bytes) !== hash) throw malformed('digests');
  const signer = readCertificate(parts.certificate.bytes);
  const [info] = signed.signerInfos;
  if (info === undefined || !names(parts.sid, info.version, signer)) throw malformed('signer');
  const attributes = readAttributes(info);
  const scheme = schemeOf(parts.signatureAlgorithm.bytes, hash);
  // RFC 5652, 5.4: attributes are signed as a set, not under the tag they stand under.
  const signedBytes = Uint8Array.from(parts.attributes.bytes);
  signedBytes[0] = 0x31;
  return {
    ...readHashes(eContent),
    signer,
    signedAt: attributes.signedAt,
    scheme,
    isSigned:
      sameBytes(attributes.messageDigest, createHash(hash).update(eContent).digest()) &&
      signer.key !== null &&
      isSigned(scheme, signer.key, signedBytes, parts.signature.value),
  };
}

interface SignedParts {
  readonly digestAlgorithm: Tlv;
  readonly content: Tlv;
  readonly certificate: Tlv;
  readonly sid: Tlv;
  readonly signerDigest: Tlv;
  readonly attributes: Tlv;
  readonly signatureAlgorithm: Tlv;
  readonly signature: Tlv;
}

/**
 * What a signature is over has to be the bytes as they stood, which the library does not keep, and what stands around
 * it is vouched for by nothing but its shape: one hash, one certificate, one signer (ICAO Doc 9303-10, 4.6.2.2), no
 * lists of revoked certificates, no attributes beside the signed ones (RFC 5652, 5.1 and 5.3).
 */
function takeApart(der: Uint8Array): SignedParts {
  const [, explicit] = readShape(valueOf(der, 0x30), [0x06, 0xa0]);
  const [, hashes, encapsulated, certificates, signers] = readShape(
    valueOf(valueAt(explicit), 0x30),
    [0x02, 0x31, 0x30, 0xa0, 0x31],
  );
  const [digestAlgorithm] = readShape(valueAt(hashes), [0x30]);
  const [, eContent] = readShape(valueAt(encapsulated), [0x06, 0xa0]);
  const [content] = readShape(valueAt(eContent), [0x04]);
  const [certificate] = readShape(valueAt(certificates), [0x30]);
  const [info] = readShape(valueAt(signers), [0x30]);
  const fields = readTlvs(valueAt(info));
  const sidTag = fields[1]?.tag === 0x80 ? 0x80 : 0x30;
  const [, sid, signerDigest, attributes, signatureAlgorithm, signature] = readShape(valueAt(info), [
    0x02,
    sidTag,
    0x30,
    0xa0,
    0x30,
    0x04,
  ]);
  const parts = {
    digestAlgorithm,
    content,
    certificate,
    sid,
    signerDigest,
    attributes,
    signatureAlgorithm,
    signature,
  };
  return parts as SignedParts;
}

function valueAt(object: Tlv | undefined): Uint8Array {
  return object?.value ?? new Uint8Array();
}

/** Whether a signer's identifier is this certificate, in the version that goes with how it names it (RFC 5652, 5.3). */
function names({ tag, value }: Tlv, version: number, certificate: Certificate): boolean {
  if (tag === 0x80) return version === 3 && hex(value) === certificate.subjectKey;
  const [issuer, serial] = readShape(value, [0x30, 0x02]);
  return (
    version === 1 &&
    hex(issuer?.bytes ?? value) === certificate.issuerDer &&
    hex(valueAt(serial)) === certificate.serial
  );
}

interface SignedAttributes {
  readonly messageDigest: Uint8Array;
  readonly signedAt: Date | null;
}

/** The attributes, each once and with one value, among them those that must be there (RFC 5652, 11.1 and 11.2). */
function readAttributes({ signedAttrs }: SignerInfo): SignedAttributes {
  const values = new Map<string, ArrayBuffer>();
  for (const { attrType, attrValues } of signedAttrs ?? []) {
    const [value, ...others] = attrValues;
    if (value === undefined || others.length > 0 || values.has(attrType)) throw malformed('an attribute');
    values.set(attrType, value);
  }
  const type = values.get(CONTENT_TYPE);
  const digest = values.get(MESSAGE_DIGEST);
  const time = values.get(SIGNING_TIME);
  if (type === undefined || digest === undefined || hex(type) !== LDS_SECURITY_OBJECT_DER)
    throw malformed('attributes');
  return {
    messageDigest: valueOf(new Uint8Array(digest), 0x04),
    signedAt: time === undefined ? null : dateOf(AsnConvert.parse(time, Time)),
  };
}

/** The object identifier of the content, as an attribute holds it. */
const LDS_SECURITY_OBJECT_DER = '0606678108010101';

/** `LDSSecurityObject` (ICAO Doc 9303-10, 4.6.2.3). */
function readHashes(der: Uint8Array): Pick<SecurityObject, 'hash' | 'hashes' | 'versions'> {
  checkDer(der);
  const [version, algorithm, list, info, ...others] = readTlvs(valueOf(der, 0x30));
  if (version?.tag !== 0x02 || algorithm?.tag !== 0x30 || list?.tag !== 0x30 || others.length > 0)
    throw malformed('list of hashes');
  const number = numberOf(version);
  if (number > 1 || (number === 1) !== (info !== undefined)) throw malformed('version of the list');
  const hashes = new Map<number, Uint8Array>();
  const entries = readTlvs(list.value);
  for (const entry of entries) {
    const [group, hash, ...rest] = readTlvs(valueOf(entry.bytes, 0x30));
    if (group?.tag !== 0x02 || hash?.tag !== 0x04 || rest.length > 0) throw malformed('a hash');
    hashes.set(numberOf(group), hash.value);
  }
  const isWhole = hashes.size === entries.length && hashes.size >= 2 && hashes.size <= MOST_GROUPS;
  if (!isWhole) throw malformed('number of hashes');
  return {
    hash: hashOf(algorithm.bytes),
    hashes,
    versions: info === undefined ? null : readVersions(info),
  };
}

function readVersions({ bytes }: Tlv): SecurityObject['versions'] {
  const [lds, unicode, ...others] = readTlvs(valueOf(bytes, 0x30));
  if (lds?.tag !== 0x13 || unicode?.tag !== 0x13 || others.length > 0) throw malformed('versions');
  return { lds: textOf(lds), unicode: textOf(unicode) };
}

function textOf({ value }: Tlv): string {
  return Buffer.from(value).toString('latin1');
}

/** A small number that is not negative. */
function numberOf({ value }: Tlv): number {
  const [byte] = value;
  if (value.length !== 1 || byte === undefined || byte > 0x7f) throw malformed('a number');
  return byte;
}
