import { createHash } from 'node:crypto';
import type { KeyObject } from 'node:crypto';
import { AsnConvert } from '@peculiar/asn1-schema';
import {
  AuthorityKeyIdentifier,
  BasicConstraints,
  Certificate as Asn1Certificate,
  ExtendedKeyUsage,
  KeyUsage,
  KeyUsageFlags,
  PrivateKeyUsagePeriod,
  SubjectKeyIdentifier,
} from '@peculiar/asn1-x509';
import type { Extension, Name, Time } from '@peculiar/asn1-x509';
import { isSigned, schemeOf, signingKey } from './signature-scheme.ts';
import type { SignatureScheme } from './signature-scheme.ts';
import { checkDer, malformed, readShape, readTlvs, valueOf } from './tlv.ts';
import type { Tlv } from './tlv.ts';

/** A certificate of a signer of cards or of a country's authority, read as far as ICAO Doc 9303-12, 7.1 speaks of it. */
export interface Certificate {
  /** The serial number, hexadecimal. */
  readonly serial: string;
  /** Names in one form for comparing: types and values, small letters, single spaces. */
  readonly issuer: string;
  /** The issuer's name as it stands, hexadecimal. */
  readonly issuerDer: string;
  readonly subject: string;
  /** Of the subject, capitals; null where it names none. */
  readonly country: string | null;
  readonly notBefore: Date;
  readonly notAfter: Date;
  /** Null for a key that is too short, or of no curve that states sign with. */
  readonly key: KeyObject | null;
  readonly isAuthority: boolean;
  readonly mayIssueCertificates: boolean;
  readonly mayIssueLists: boolean;
  readonly maySign: boolean;
  /** Hexadecimal; null where the certificate does not say. */
  readonly subjectKey: string | null;
  readonly authorityKey: string | null;
  /** When its private key signs: shorter than the certificate's own time. */
  readonly signsFrom: Date | null;
  readonly signsUntil: Date | null;
  /** The first letters of the cards it may sign for; null for all. */
  readonly documentTypes: readonly string[] | null;
  /** What else its key is for; null for what its usage says. */
  readonly purposes: readonly string[] | null;
  /** It demands something that we do not understand (RFC 5280, 4.2). */
  readonly hasUnknownDemands: boolean;
  /** SHA-256 of the whole, hexadecimal. */
  readonly fingerprint: string;
  readonly isSignedBy: (key: KeyObject) => boolean;
}

const COUNTRY = '2.5.4.6';
const DOCUMENT_TYPES = '2.23.136.1.1.6.2';
/** Extensions that say nothing we would have to act on when they are critical: named here, since unknown ones refuse. */
const UNDERSTOOD = new Set([
  '2.5.29.14',
  '2.5.29.15',
  '2.5.29.16',
  '2.5.29.17',
  '2.5.29.18',
  '2.5.29.19',
  '2.5.29.31',
  '2.5.29.32',
  '2.5.29.35',
  '2.5.29.37',
  DOCUMENT_TYPES,
]);

/** Reads a certificate of DER. @throws ChipRefused `CHIP_MALFORMED`, or an error of the parser */
export function readCertificate(der: Uint8Array): Certificate {
  checkDer(der);
  const { signed, signature, fields } = readSigned(der);
  const { tbsCertificate: tbs } = AsnConvert.parse(der, Asn1Certificate);
  const [version, serialNumber, , issuer] = fields;
  if (version?.tag !== 0xa0 || tbs.version !== 2 || serialNumber?.tag !== 0x02 || issuer?.tag !== 0x30)
    throw malformed('version of a certificate');
  const extensions = readExtensions(tbs.extensions ?? []);
  return {
    serial: hex(serialNumber.value),
    issuerDer: hex(issuer.bytes),
    issuer: comparableName(tbs.issuer),
    subject: comparableName(tbs.subject),
    country: countryOf(tbs.subject),
    notBefore: dateOf(tbs.validity.notBefore),
    notAfter: dateOf(tbs.validity.notAfter),
    key: signingKey(new Uint8Array(AsnConvert.serialize(tbs.subjectPublicKeyInfo))),
    ...extensions,
    fingerprint: createHash('sha256').update(der).digest('hex'),
    isSignedBy: signatureCheck(signed, signature),
  };
}

/** What checks a signature over some bytes with whoever's key is tried. */
export function signatureCheck(
  { scheme, tbs }: { readonly scheme: SignatureScheme; readonly tbs: Uint8Array },
  signature: Uint8Array,
): (key: KeyObject) => boolean {
  return (key) => isSigned(scheme, key, tbs, signature);
}

/**
 * Takes a certificate or list apart into what was signed and the signature (RFC 5280, 4.1.1 and 5.1.1), strictly, since
 * nothing but their own shape vouches for what stands around the signed part. `fields` are those of the signed part.
 *
 * @throws ChipRefused `CHIP_MALFORMED`
 */
export function readSigned(der: Uint8Array): {
  readonly signed: { readonly scheme: SignatureScheme; readonly tbs: Uint8Array };
  readonly signature: Uint8Array;
  readonly fields: readonly Tlv[];
} {
  const [tbs, algorithm, bits] = readShape(valueOf(der, 0x30), [0x30, 0x30, 0x03]);
  if (tbs === undefined || algorithm === undefined || bits?.value[0] !== 0) throw malformed('signature');
  const fields = readTlvs(tbs.value);
  const inner = fields.find(({ tag }) => tag === 0x30);
  // RFC 5280, 4.1.1.2: both say the same, or the one outside the signature could be another.
  if (inner === undefined || !sameBytes(inner.bytes, algorithm.bytes))
    throw malformed('two signature schemes');
  return {
    signed: { scheme: schemeOf(algorithm.bytes), tbs: tbs.bytes },
    signature: bits.value.subarray(1),
    fields,
  };
}

type Extensions = Pick<
  Certificate,
  | 'isAuthority'
  | 'mayIssueCertificates'
  | 'mayIssueLists'
  | 'maySign'
  | 'subjectKey'
  | 'authorityKey'
  | 'signsFrom'
  | 'signsUntil'
  | 'documentTypes'
  | 'purposes'
  | 'hasUnknownDemands'
>;

function readExtensions(extensions: readonly Extension[]): Extensions {
  const values = new Map(extensions.map(({ extnID, extnValue }) => [extnID, extnValue.buffer]));
  // RFC 5280, 4.2: no extension stands there twice.
  if (values.size !== extensions.length) throw malformed('an extension twice');
  const read = <T, U>(id: string, type: new () => T, take: (value: T) => U): U | null => {
    const value = values.get(id);
    return value === undefined ? null : take(AsnConvert.parse(value, type));
  };
  const usage = read('2.5.29.15', KeyUsage, (value) => value.toNumber()) ?? 0;
  const period = read('2.5.29.16', PrivateKeyUsagePeriod, (value) => value);
  const types = values.get(DOCUMENT_TYPES);
  return {
    isAuthority: read('2.5.29.19', BasicConstraints, ({ cA }) => cA) ?? false,
    mayIssueCertificates: (usage & KeyUsageFlags.keyCertSign) !== 0,
    mayIssueLists: (usage & KeyUsageFlags.cRLSign) !== 0,
    maySign: (usage & KeyUsageFlags.digitalSignature) !== 0,
    subjectKey: read('2.5.29.14', SubjectKeyIdentifier, ({ buffer }) => hex(buffer)),
    authorityKey: read('2.5.29.35', AuthorityKeyIdentifier, ({ keyIdentifier }) =>
      keyIdentifier === undefined ? null : hex(keyIdentifier.buffer),
    ),
    signsFrom: period?.notBefore ?? null,
    signsUntil: period?.notAfter ?? null,
    documentTypes: types === undefined ? null : readDocumentTypes(new Uint8Array(types)),
    purposes: read('2.5.29.37', ExtendedKeyUsage, (value) => [...value]),
    hasUnknownDemands: extensions.some(({ critical, extnID }) => critical && !UNDERSTOOD.has(extnID)),
  };
}

/** ICAO Doc 9303-12, 7.1.1.6: a version and a set of document codes as they stand in the machine readable zone. */
function readDocumentTypes(der: Uint8Array): string[] {
  const [version, types, ...others] = readTlvs(valueOf(der, 0x30));
  if (version?.tag !== 0x02 || types?.tag !== 0x31 || others.length > 0) throw malformed('document types');
  return readTlvs(types.value).map(({ value }) => Buffer.from(value).toString('latin1'));
}

/** A name in a form for comparing, whatever kinds of string its parts are written in (RFC 5280, 7.1, in short). */
export function comparableName(name: Name): string {
  const parts = name.map((relative) =>
    relative
      .map(
        ({ type, value }) =>
          `${type}=${value.toString().normalize('NFC').trim().replaceAll(/\s+/g, ' ').toLowerCase()}`,
      )
      .sort(),
  );
  return JSON.stringify(parts);
}

function countryOf(name: Name): string | null {
  const countries = name.flatMap((relative) => relative.filter(({ type }) => type === COUNTRY));
  return countries.length === 1 ? (countries[0]?.value.toString().toUpperCase() ?? null) : null;
}

/** An instant of a certificate or list. @throws ChipRefused `CHIP_MALFORMED` */
export function dateOf(time: Time): Date {
  const date = time.getTime();
  if (Number.isNaN(date.getTime())) throw malformed('an instant');
  return date;
}

/** Bytes as small hexadecimal digits. */
export function hex(bytes: ArrayBuffer | Uint8Array): string {
  return Buffer.from(bytes instanceof Uint8Array ? bytes : new Uint8Array(bytes)).toString('hex');
}

/** Whether bytes are the same. */
export function sameBytes(one: ArrayBuffer | Uint8Array, other: ArrayBuffer | Uint8Array): boolean {
  return hex(one) === hex(other);
}
