import type { KeyObject } from 'node:crypto';
import { AsnConvert } from '@peculiar/asn1-schema';
import { CertificateList } from '@peculiar/asn1-x509';
import { comparableName, dateOf, hex, readSigned, signatureCheck } from './certificate.ts';
import { checkDer, malformed } from './tlv.ts';

/** A list of revoked certificates (ICAO Doc 9303-12, 7.1.4; RFC 5280, 5). */
export interface RevocationList {
  readonly issuer: string;
  readonly thisUpdate: Date;
  /** Null where the list does not say until when it counts: then it never does. */
  readonly nextUpdate: Date | null;
  /** Serial numbers, hexadecimal. */
  readonly serials: ReadonlySet<string>;
  readonly isSignedBy: (key: KeyObject) => boolean;
}

/** Reads a list of DER. @throws ChipRefused `CHIP_MALFORMED`, or an error of the parser */
export function readRevocationList(der: Uint8Array): RevocationList {
  checkDer(der);
  const { signed, signature, fields } = readSigned(der);
  const { tbsCertList: tbs } = AsnConvert.parse(der, CertificateList);
  if (fields[0]?.tag !== 0x02 || tbs.version !== 1) throw malformed('version of a list');
  // RFC 5280, 5.2: a critical extension changes what the list covers (a part of it, differences); none is understood.
  if ((tbs.crlExtensions ?? []).some(({ critical }) => critical)) throw malformed('a part of a list');
  const entries = tbs.revokedCertificates ?? [];
  return {
    issuer: comparableName(tbs.issuer),
    thisUpdate: dateOf(tbs.thisUpdate),
    nextUpdate: tbs.nextUpdate === undefined ? null : dateOf(tbs.nextUpdate),
    // Whatever the reason and the time: a signer revoked for any reason could have dated anything back.
    serials: new Set(entries.map(({ userCertificate }) => hex(userCertificate))),
    isSignedBy: signatureCheck(signed, signature),
  };
}
