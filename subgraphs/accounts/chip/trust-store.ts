import { readCertificate } from './certificate.ts';
import type { Certificate } from './certificate.ts';
import { readRevocationList } from './revocation-list.ts';
import type { RevocationList } from './revocation-list.ts';

/** An authority that is trusted: listed and self-signed, or vouched for by one that is (a link certificate). */
export interface Authority {
  readonly certificate: Certificate;
  /** Whose word it is trusted on; null for one that is trusted because it is listed. */
  readonly vouchedBy: Authority | null;
}

/** Whose signatures over cards are believed, and who of them was revoked. Built once, never changed. */
export interface TrustStore {
  /** The country of the certificates, two letters as in their names. */
  readonly country: string;
  /** The same country as cards name it, three letters. */
  readonly issuingState: string;
  readonly authorities: readonly Authority[];
  readonly lists: readonly RevocationList[];
  /** What was listed and is not used, by its place in what was given, for the log of whoever starts this. */
  readonly leftOut: readonly { readonly kind: 'CERTIFICATE' | 'X509 CRL'; readonly place: number }[];
}

/** What a trust store is made from. */
export interface TrustSource {
  readonly country: string;
  readonly issuingState: string;
  /** DER: country signing authorities (CSCA), self-signed, and their link certificates. */
  readonly certificates: readonly Uint8Array[];
  /** DER: their lists of revoked certificates. */
  readonly lists: readonly Uint8Array[];
}

/**
 * Reads a list of trust. Self-signed authorities are trusted because they are listed; any other certificate becomes one
 * only when a trusted authority signed it while in force (a link certificate, ICAO Doc 9303-12, 4.3).
 * Lists count when a trusted authority of their issuer's name signed them. What is no such thing is left out, and told.
 */
export function openTrustStore({ country, issuingState, certificates, lists }: TrustSource): TrustStore {
  const read = certificates.map((der) => attempt(() => readCertificate(der)));
  const authorities: Authority[] = read.flatMap((certificate) =>
    certificate !== null && isAuthority(certificate) && isSelfSigned(certificate)
      ? [{ certificate, vouchedBy: null }]
      : [],
  );
  const waiting = new Set(
    read.filter((one) => one !== null && isAuthority(one) && !isSelfSigned(one)) as Certificate[],
  );
  // Each round takes up those that the last round's authorities vouch for, until a round takes up none.
  for (let grown = true; grown; ) {
    grown = false;
    for (const certificate of waiting) {
      const vouchedBy = authorities.find(({ certificate: other }) => vouches(other, certificate));
      if (vouchedBy === undefined) continue;
      authorities.push({ certificate, vouchedBy });
      waiting.delete(certificate);
      grown = true;
    }
  }
  const readLists = lists.map((der) => attempt(() => readRevocationList(der)));
  const isGenuine = (list: RevocationList): boolean =>
    authorities.some(
      ({ certificate: { subject, key, mayIssueLists } }) =>
        subject === list.issuer && mayIssueLists && key !== null && list.isSignedBy(key),
    );
  const used = new Set(authorities.map(({ certificate }) => certificate));
  return Object.freeze({
    country,
    issuingState,
    authorities,
    lists: readLists.filter((list) => list !== null && isGenuine(list)) as RevocationList[],
    leftOut: [
      ...placesOf('CERTIFICATE', read, (one) => used.has(one)),
      ...placesOf('X509 CRL', readLists, isGenuine),
    ],
  });
}

/** Whether an authority signed a certificate, and was in force when that began (ICAO Doc 9303-12, 5). */
export function vouches(
  authority: Certificate,
  { authorityKey, issuer, notBefore, isSignedBy }: Certificate,
): boolean {
  return (
    authority.subject === issuer &&
    (authorityKey === null || authority.subjectKey === null || authority.subjectKey === authorityKey) &&
    authority.notBefore <= notBefore &&
    notBefore <= authority.notAfter &&
    authority.key !== null &&
    isSignedBy(authority.key)
  );
}

/** The list of an issuer that counts at an instant: the newest, unless it has run out; null where there is none. */
export function currentList({ lists }: TrustStore, issuer: string, now: Date): RevocationList | null {
  let newest: RevocationList | null = null;
  for (const list of lists) {
    if (list.issuer !== issuer || list.thisUpdate > now) continue;
    if (newest === null || list.thisUpdate > newest.thisUpdate) newest = list;
  }
  return newest?.nextUpdate != null && now <= newest.nextUpdate ? newest : null;
}

function isAuthority({ isAuthority, mayIssueCertificates, hasUnknownDemands, key }: Certificate): boolean {
  return isAuthority && mayIssueCertificates && !hasUnknownDemands && key !== null;
}

function isSelfSigned({ subject, issuer, key, isSignedBy }: Certificate): boolean {
  return subject === issuer && key !== null && isSignedBy(key);
}

function attempt<T>(read: () => T): T | null {
  try {
    return read();
  } catch {
    return null;
  }
}

function placesOf<T>(
  kind: TrustStore['leftOut'][number]['kind'],
  read: readonly (T | null)[],
  isUsed: (one: T) => boolean,
): TrustStore['leftOut'] {
  return read.flatMap((one, place) => (one !== null && isUsed(one) ? [] : [{ kind, place }]));
}

/** The certificates and lists of a text of PEM blocks (RFC 7468), in their order; other blocks are left alone. */
export function readPem(text: string): { readonly certificates: Uint8Array[]; readonly lists: Uint8Array[] } {
  const blocks = text.matchAll(/-----BEGIN (CERTIFICATE|X509 CRL)-----([A-Za-z0-9+/=\s]*)-----END \1-----/g);
  const certificates: Uint8Array[] = [];
  const lists: Uint8Array[] = [];
  for (const [, label, body = ''] of blocks)
    (label === 'CERTIFICATE' ? certificates : lists).push(new Uint8Array(Buffer.from(body, 'base64')));
  return { certificates, lists };
}
