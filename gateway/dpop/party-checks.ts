import type { Clock } from '@dinhdanh/kit';
import { PROOF_SKEW_SECONDS, ProofChecker } from './check-proof.ts';
import { TokenChecker } from './check-token.ts';
import { openNonces } from './nonces.ts';
import type { Nonces } from './nonces.ts';
import { Recent } from './recent.ts';
import { openSigningKeys } from './signing-keys.ts';
import type { FetchKeySet } from './signing-keys.ts';
import { rememberProofs } from './used-proofs.ts';
import type { UsedProofs } from './used-proofs.ts';

/** What a relying party's call is checked with. */
export interface PartyChecks {
  readonly tokens: TokenChecker;
  readonly proofs: ProofChecker;
  readonly nonces: Nonces;
  readonly clock: Clock;
  /**
   * Who agreed on a consent, by client and consent: that never changes, so it can be looked up how they stand while it is
   * asked how the consent does. Whether either holds is never remembered.
   */
  readonly agreed: Recent<Agreed>;
}

/** Who agreed, for whom, by which relation. */
export interface Agreed {
  readonly grantor: string;
  readonly subject: string;
  readonly relationId: string | null;
}

const AGREED_KEPT = 10_000;

/** What the checks are opened with. */
export interface PartyCheckOptions {
  /** A key of the gateway, from which that of nonces is made. */
  readonly key: Buffer;
  readonly proofSeconds: number;
  readonly nonceSeconds: number;
  readonly publicUrl: () => string;
  readonly fetchKeySet: FetchKeySet;
  readonly clock: Clock;
  /** Where several gateways remember used proofs together. */
  readonly used?: UsedProofs;
}

/** Opens them. */
export function openPartyChecks(options: PartyCheckOptions): PartyChecks {
  const { key, proofSeconds, nonceSeconds, publicUrl, clock } = options;
  const nonces = openNonces(key, nonceSeconds);
  const used = options.used ?? rememberProofs(proofSeconds + 2 * PROOF_SKEW_SECONDS);
  return {
    tokens: new TokenChecker({ keys: openSigningKeys(options.fetchKeySet), publicUrl }),
    proofs: new ProofChecker({ nonces, used, proofSeconds }),
    nonces,
    clock,
    agreed: new Recent(AGREED_KEPT),
  };
}
