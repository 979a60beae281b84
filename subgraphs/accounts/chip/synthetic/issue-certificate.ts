import { createHash, createPublicKey } from 'node:crypto';
import type { KeyObject } from 'node:crypto';
import { AsnConvert, OctetString } from '@peculiar/asn1-schema';
import {
  AttributeTypeAndValue,
  AttributeValue,
  AuthorityKeyIdentifier,
  BasicConstraints,
  Certificate,
  CertificateList,
  ExtendedKeyUsage,
  Extension,
  Extensions,
  KeyIdentifier,
  KeyUsage,
  KeyUsageFlags,
  Name,
  PrivateKeyUsagePeriod,
  RelativeDistinguishedName,
  RevokedCertificate,
  SubjectKeyIdentifier,
  SubjectPublicKeyInfo,
  TBSCertificate,
  TBSCertList,
  Time,
  Validity,
} from '@peculiar/asn1-x509';
import { signatureIdentifier, signBytes } from './sign-der.ts';
import type { SigningWay } from './sign-der.ts';
import { printable, sequence, smallNumber, tlv } from './write-der.ts';

/** Who signs: a name, a private key, and how it signs. */
export interface Issuer {
  readonly name: string;
  readonly country: string;
  readonly key: KeyObject;
  readonly way: SigningWay;
  /** Whose key it claims to sign with, where it is not its own. */
  readonly claimed?: KeyObject;
}

/** What a certificate says. Instants are ISO 8601. */
export interface CertificateTerms {
  readonly serial: number;
  readonly subject: { readonly name: string; readonly country: string; readonly key: KeyObject };
  readonly from: string;
  readonly until: string;
  readonly role: 'AUTHORITY' | 'SIGNER';
  /** When the private key signs, where that is shorter. */
  readonly signs?: { readonly from: string; readonly until: string };
  readonly documentTypes?: readonly string[];
  /** What else than signing cards the key is for: a purpose no signer of cards has. */
  readonly purposes?: readonly string[];
  /** A demand nobody understands. */
  readonly demand?: string;
  readonly usage?: number;
}

const ORGANISATION = 'Dinhdanh, dữ liệu giả lập (synthetic)';

/** Issues a certificate of the profile of ICAO Doc 9303-12, 7.1, as DER. */
export function issueCertificate(terms: CertificateTerms, issuer: Issuer): Uint8Array {
  const { serial, subject, from, until } = terms;
  const algorithm = signatureIdentifier(issuer.way);
  const tbsCertificate = new TBSCertificate({
    version: 2,
    serialNumber: serialOf(serial),
    signature: algorithm,
    issuer: nameOf(issuer),
    validity: new Validity({ notBefore: new Date(from), notAfter: new Date(until) }),
    subject: nameOf(subject),
    subjectPublicKeyInfo: AsnConvert.parse(spkiOf(subject.key), SubjectPublicKeyInfo),
    extensions: new Extensions(extensionsOf(terms, issuer)),
  });
  const signature = signBytes(issuer.way, issuer.key, bytesOf(tbsCertificate));
  return bytesOf(
    new Certificate({ tbsCertificate, signatureAlgorithm: algorithm, signatureValue: bufferOf(signature) }),
  );
}

/** Issues a list of revoked certificates by their serial numbers, as DER (ICAO Doc 9303-12, 7.1.4). */
export function issueList(
  serials: readonly number[],
  { from, until }: { readonly from: Date; readonly until: Date },
  issuer: Issuer,
): Uint8Array {
  const algorithm = signatureIdentifier(issuer.way);
  const tbsCertList = new TBSCertList({
    version: 1,
    signature: algorithm,
    issuer: nameOf(issuer),
    thisUpdate: new Time(wholeSecond(from)),
    nextUpdate: new Time(wholeSecond(until)),
    crlExtensions: [
      extension('2.5.29.35', new AuthorityKeyIdentifier({ keyIdentifier: keyIdOf(issuer.key) })),
    ],
    // RFC 5280, 5.1.2.6: a list of nobody leaves the field out.
    ...(serials.length === 0
      ? {}
      : {
          revokedCertificates: serials.map(
            (serial) =>
              new RevokedCertificate({
                userCertificate: serialOf(serial),
                revocationDate: new Time(wholeSecond(from)),
              }),
          ),
        }),
  });
  const signature = signBytes(issuer.way, issuer.key, bytesOf(tbsCertList));
  return bytesOf(
    new CertificateList({ tbsCertList, signatureAlgorithm: algorithm, signature: bufferOf(signature) }),
  );
}

function extensionsOf(terms: CertificateTerms, issuer: Issuer): Extension[] {
  const { subject, role, signs, documentTypes, purposes, demand } = terms;
  const isAuthority = role === 'AUTHORITY';
  const usage =
    terms.usage ??
    (isAuthority ? KeyUsageFlags.keyCertSign + KeyUsageFlags.cRLSign : KeyUsageFlags.digitalSignature);
  return [
    extension('2.5.29.14', new SubjectKeyIdentifier(keyIdOf(subject.key).buffer)),
    extension(
      '2.5.29.35',
      new AuthorityKeyIdentifier({ keyIdentifier: keyIdOf(issuer.claimed ?? issuer.key) }),
    ),
    extension('2.5.29.15', new KeyUsage(usage), true),
    ...(isAuthority
      ? [extension('2.5.29.19', new BasicConstraints({ cA: true, pathLenConstraint: 0 }), true)]
      : []),
    ...(signs === undefined
      ? []
      : [
          extension(
            '2.5.29.16',
            new PrivateKeyUsagePeriod({ notBefore: new Date(signs.from), notAfter: new Date(signs.until) }),
          ),
        ]),
    ...(documentTypes === undefined ? [] : [documentTypeList(documentTypes)]),
    ...(purposes === undefined ? [] : [extension('2.5.29.37', new ExtendedKeyUsage([...purposes]), true)]),
    ...(demand === undefined ? [] : [rawExtension(demand, tlv(0x05), true)]),
  ];
}

function documentTypeList(types: readonly string[]): Extension {
  return rawExtension(
    '2.23.136.1.1.6.2',
    sequence(smallNumber(0), tlv(0x31, ...types.map(printable))),
    false,
  );
}

function extension(id: string, value: object, critical = false): Extension {
  return rawExtension(id, bytesOf(value), critical);
}

function rawExtension(extnID: string, value: Uint8Array, critical: boolean): Extension {
  return new Extension({ extnID, critical, extnValue: new OctetString(bufferOf(value)) });
}

/** The name of an authority or signer; every one says that it is synthetic. */
export function nameOf({ name, country }: { readonly name: string; readonly country: string }): Name {
  const part = (type: string, value: AttributeValue): RelativeDistinguishedName =>
    new RelativeDistinguishedName([new AttributeTypeAndValue({ type, value })]);
  return new Name([
    part('2.5.4.6', new AttributeValue({ printableString: country })),
    part('2.5.4.10', new AttributeValue({ utf8String: ORGANISATION })),
    part('2.5.4.3', new AttributeValue({ utf8String: name })),
  ]);
}

/** The number of a certificate as it is written. */
export function serialOf(serial: number): ArrayBuffer {
  return bufferOf(Uint8Array.of(0x4d, serial));
}

/** RFC 5280, 4.2.1.2, method 1, but for the hash. */
function keyIdOf(key: KeyObject): KeyIdentifier {
  const digest = createHash('sha256').update(spkiOf(key)).digest().subarray(0, 20);
  return new KeyIdentifier(bufferOf(digest));
}

function spkiOf(key: KeyObject): Buffer {
  return createPublicKey(key).export({ format: 'der', type: 'spki' });
}

function wholeSecond(date: Date): Date {
  return new Date(Math.floor(date.getTime() / 1000) * 1000);
}

/** DER of an object of the ASN.1 library. */
export function bytesOf(value: object): Uint8Array {
  return new Uint8Array(AsnConvert.serialize(value));
}

/** A buffer of exactly these bytes. */
export function bufferOf(bytes: Uint8Array): ArrayBuffer {
  return Uint8Array.from(bytes).buffer;
}
