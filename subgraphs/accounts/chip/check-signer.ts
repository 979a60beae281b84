import type { Certificate } from './certificate.ts';
import { refuse } from './chip-refusal.ts';
import type { SecurityObject } from './security-object.ts';
import { currentList, vouches } from './trust-store.ts';
import type { Authority, TrustStore } from './trust-store.ts';

/** Signers' clocks and ours differ. */
const CLOCK_SKEW_MS = 5 * 60 * 1000;
/** ICAO Doc 9303-12, 7.1.1: keys for lists of certificates and of deviations sign no cards. */
const OTHER_PURPOSES = /^2\.23\.136\.1\.1\./;

/** Who vouched for a signer, for the record of a check. */
export interface SignerEvidence {
  /** SHA-256 of the certificates from the signer to the authority that is listed, hexadecimal. */
  readonly path: readonly string[];
  readonly signedAt: Date | null;
  /** When the list was made that the signer does not stand on. */
  readonly revocationAsOf: Date;
}

/**
 * Whether the signer of a chip is worth anything (ICAO Doc 9303-12, 5 and 7): a trusted authority of the country signed
 * its certificate, it may sign such cards, it was in force when it signed, and nobody on the path was revoked.
 *
 * A signer that does not tell when it signed counts as signing now: it cannot lengthen its time by leaving that out. A
 * revoked signer is refused whatever time it tells, since it tells it itself.
 *
 * @throws ChipRefused `CHIP_UNTRUSTED`, `CHIP_EXPIRED`, `CHIP_REVOKED`, `CHIP_REVOCATION_UNKNOWN`
 */
export function checkSigner(
  { signer, signedAt }: SecurityObject,
  documentCode: string,
  trust: TrustStore,
  now: Date,
): SignerEvidence {
  const authority = trust.authorities.find(({ certificate }) => vouches(certificate, signer));
  if (authority === undefined) return refuse('CHIP_UNTRUSTED', 'no authority that is trusted vouches', 'SOD');
  if (!maySignCards(signer, documentCode, trust.country))
    refuse('CHIP_UNTRUSTED', 'not a signer of such cards', 'SOD');
  if (!wasInForce(signer, signedAt ?? now, now)) refuse('CHIP_EXPIRED', 'not in force when it signed', 'SOD');
  return {
    path: [signer, ...authoritiesOf(authority)].map(({ fingerprint }) => fingerprint),
    signedAt,
    revocationAsOf: checkRevocation([signer, ...authoritiesOf(authority)], trust, now),
  };
}

/** ICAO Doc 9303-12, 7.1.1 table 6: a key for signatures and nothing else, of the country, for this kind of card. */
function maySignCards(signer: Certificate, documentCode: string, country: string): boolean {
  const { documentTypes, purposes } = signer;
  return (
    signer.maySign &&
    !signer.isAuthority &&
    !signer.mayIssueCertificates &&
    !signer.hasUnknownDemands &&
    signer.country === country &&
    (documentTypes === null || documentTypes.some((type) => documentCode.startsWith(type))) &&
    (purposes === null || !purposes.some((purpose) => OTHER_PURPOSES.test(purpose)))
  );
}

function wasInForce(
  { notBefore, notAfter, signsFrom, signsUntil }: Certificate,
  at: Date,
  now: Date,
): boolean {
  return (
    at.getTime() <= now.getTime() + CLOCK_SKEW_MS &&
    at >= notBefore &&
    at <= notAfter &&
    (signsFrom === null || at >= signsFrom) &&
    (signsUntil === null || at <= signsUntil)
  );
}

function authoritiesOf(authority: Authority): Certificate[] {
  const path: Certificate[] = [];
  for (let next: Authority | null = authority; next !== null; next = next.vouchedBy)
    path.push(next.certificate);
  return path;
}

/** Everybody on the path but the last, who is trusted because they are listed, must not stand on a current list. */
function checkRevocation(path: readonly Certificate[], trust: TrustStore, now: Date): Date {
  let asOf: Date | null = null;
  for (const { issuer, serial } of path.slice(0, -1)) {
    const list = currentList(trust, issuer, now);
    if (list === null) return refuse('CHIP_REVOCATION_UNKNOWN', 'no current list of the issuer');
    if (list.serials.has(serial)) refuse('CHIP_REVOKED', 'stands on the list', 'SOD');
    if (asOf === null || list.thisUpdate < asOf) asOf = list.thisUpdate;
  }
  return asOf ?? now;
}
