import type { KeyObject } from 'node:crypto';
import { openTrustStore } from '../trust-store.ts';
import type { TrustSource, TrustStore } from '../trust-store.ts';
import type { KeyKind } from './derive-key.ts';
import { issueCertificate, issueList } from './issue-certificate.ts';
import type { CertificateTerms, Issuer } from './issue-certificate.ts';
import type { SigningWay } from './sign-der.ts';

/** Who signs synthetic chips, and who should not have. */
export type SignerName =
  /** Cards until June 2024, under the first authority. */
  | 'FIRST'
  /** Cards since then, under the second authority, which is known by its link certificate. */
  | 'SECOND'
  | 'PSS'
  | 'ELLIPTIC'
  /** Its certificate ended at the end of 2021. */
  | 'EXPIRED'
  /** Stands on the list of revoked certificates. */
  | 'REVOKED'
  /** Of an authority that nobody listed, under the name and key identifier of one that is. */
  | 'FOREIGN';

/** A signer of chips: its private key and its certificate. */
export interface ChipSigner {
  readonly issuer: Issuer;
  readonly serial: number;
  /** DER. */
  readonly certificate: Uint8Array;
}

/** The key of a name and kind, the same whenever it is asked for. */
export type KeySource = (name: string, kind: KeyKind) => KeyObject;

type AuthorityName = 'csca-1' | 'csca-2' | 'csca-foreign';
interface SignerPlan {
  readonly serial: number;
  readonly under: AuthorityName;
  readonly kind: KeyKind;
  readonly way: SigningWay;
  readonly from: string;
  readonly until: string;
  readonly signsUntil: string;
}

const COUNTRY = 'VN';
const ISSUING_STATE = 'VNM';
const NAME = 'CSCA Dinhdanh (giả lập)';
const WAY: SigningWay = { kind: 'RSA', hash: 'sha256' };
/** A real authority ends after some fifteen years and another follows; the synthetic state has two for as long as it is used. */
const FIRST = { from: '2020-06-01T00:00:00Z', until: '2136-06-01T00:00:00Z' };
const SECOND = { from: '2024-01-01T00:00:00Z', until: '2142-01-01T00:00:00Z' };
const LATE = {
  from: '2020-12-01T00:00:00Z',
  until: '2140-01-01T00:00:00Z',
  signsUntil: '2134-01-01T00:00:00Z',
};
const SINCE_2024 = { ...LATE, from: '2024-06-01T00:00:00Z' };
const AUTHORITY_SERIAL = { 'csca-1': 1, 'csca-2': 2, 'csca-foreign': 3 } as const;
const LINK_SERIAL = 4;

/** The signers of the synthetic state. RSA with PKCS #1 where a chip has to be the same to the last byte each time. */
const PLANS: Readonly<Record<SignerName, SignerPlan>> = {
  FIRST: {
    serial: 11,
    under: 'csca-1',
    kind: 'RSA_2048',
    way: WAY,
    ...LATE,
    signsUntil: '2024-07-01T00:00:00Z',
  },
  SECOND: { serial: 12, under: 'csca-2', kind: 'RSA_2048', way: WAY, ...SINCE_2024 },
  PSS: {
    serial: 13,
    under: 'csca-2',
    kind: 'RSA_2048',
    way: { kind: 'RSA_PSS', hash: 'sha512' },
    ...SINCE_2024,
  },
  ELLIPTIC: {
    serial: 14,
    under: 'csca-2',
    kind: 'P_384',
    way: { kind: 'ECDSA', hash: 'sha384' },
    ...SINCE_2024,
  },
  EXPIRED: {
    ...{ serial: 15, under: 'csca-1', kind: 'P_256', way: { kind: 'ECDSA', hash: 'sha256' } },
    ...{ from: '2020-12-01T00:00:00Z', until: '2022-01-01T00:00:00Z', signsUntil: '2022-01-01T00:00:00Z' },
  },
  REVOKED: { serial: 16, under: 'csca-1', kind: 'P_256', way: { kind: 'ECDSA', hash: 'sha256' }, ...LATE },
  FOREIGN: { serial: 12, under: 'csca-foreign', kind: 'RSA_2048', way: WAY, ...LATE },
};

/** Every key the authorities and signers have, by its name, for whoever keeps them. */
export const authorityKeys: readonly (readonly [string, KeyKind])[] = [
  ...Object.keys(AUTHORITY_SERIAL).map((name) => [name, 'RSA_3072'] as const),
  ...Object.entries(PLANS).map(([name, { kind }]) => [keyNameOf(name), kind] as const),
];

function keyNameOf(signer: string): string {
  return `signer-${signer.toLowerCase()}`;
}

/** How long a list counts: as long as ICAO Doc 9303-12, 5.3 lets one stand. */
const LIST_DAYS = 90;
const DAY_MS = 86_400_000;

/**
 * The synthetic state's authorities: a country signing authority, the one that followed it, the link between them, signers
 * of chips under both, and signers that are wrong in one way each. Certificates and keys follow from the key source;
 * what has chance in its signature (PSS, elliptic curves) differs from one making to the next. No key of it stands in
 * the code: whoever starts a system gives it keys of its own.
 */
export class ChipAuthority {
  readonly #keys: KeySource;
  readonly #signers = new Map<SignerName, ChipSigner>();

  constructor(keys: KeySource) {
    this.#keys = keys;
  }

  /** The signer of a name, with its certificate. */
  signer(name: SignerName): ChipSigner {
    const known = this.#signers.get(name);
    if (known !== undefined) return known;
    const { serial, under, kind, way, from, until, signsUntil } = PLANS[name];
    const key = this.#keys(keyNameOf(name), kind);
    const subject = { name: `DS ${name} Dinhdanh (giả lập)`, country: COUNTRY, key };
    const signer = {
      issuer: { ...subject, way },
      serial,
      certificate: this.issue(
        {
          serial,
          subject,
          from,
          until,
          signs: { from, until: signsUntil },
          role: 'SIGNER',
          documentTypes: ['I'],
        },
        under,
      ),
    };
    this.#signers.set(name, signer);
    return signer;
  }

  /** Who signed a card that was issued on a day (`YYYY-MM-DD`). */
  signerOn(day: string): ChipSigner {
    return this.signer(day < '2024-07-01' ? 'FIRST' : 'SECOND');
  }

  /** Issues any certificate in the name of an authority, for what tests want to see refused. */
  issue(terms: CertificateTerms, under: AuthorityName): Uint8Array {
    return issueCertificate(terms, this.#authority(under));
  }

  /** What verifiers are given: the first authority as what is trusted, the link to the second, the current list. */
  trustSource(now: Date): TrustSource {
    return {
      country: COUNTRY,
      issuingState: ISSUING_STATE,
      certificates: [this.#selfSigned('csca-1', FIRST), this.#link()],
      lists: [this.list(now)],
    };
  }

  /** A verifier's trust in the first authority and whom it vouches for. */
  trust(now: Date): TrustStore {
    return openTrustStore(this.trustSource(now));
  }

  /** The second authority's own certificate: for verifiers that list it, instead of being led to it by the link. */
  secondAuthority(): Uint8Array {
    return this.#selfSigned('csca-2', SECOND);
  }

  /** The list of revoked certificates as of an instant, signed by the newest authority for all of its name. */
  list(now: Date, serials: readonly number[] = [PLANS.REVOKED.serial]): Uint8Array {
    const from = new Date(now.getTime() - DAY_MS);
    const until = new Date(from.getTime() + LIST_DAYS * DAY_MS);
    return issueList(serials, { from, until }, this.#authority('csca-2'));
  }

  #link(): Uint8Array {
    const subject = this.#authority('csca-2');
    return this.issue({ serial: LINK_SERIAL, subject, ...SECOND, role: 'AUTHORITY' }, 'csca-1');
  }

  #selfSigned(name: AuthorityName, time: { readonly from: string; readonly until: string }): Uint8Array {
    const subject = this.#authority(name);
    return this.issue({ serial: AUTHORITY_SERIAL[name], subject, ...time, role: 'AUTHORITY' }, name);
  }

  #authority(name: AuthorityName): Issuer {
    const issuer = { name: NAME, country: COUNTRY, key: this.#keys(name, 'RSA_3072'), way: WAY };
    // Whoever forges an authority copies all of its certificate that can be copied.
    return name === 'csca-foreign' ? { ...issuer, claimed: this.#keys('csca-1', 'RSA_3072') } : issuer;
  }
}
