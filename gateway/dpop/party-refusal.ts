import { AppError } from '@dinhdanh/kit';
import type { ErrorCode } from '@dinhdanh/kit';

/** What a relying party is told in `WWW-Authenticate` (RFC 6750 §3.1, RFC 9449 §7.1). */
export type ChallengeError = 'invalid_token' | 'invalid_dpop_proof' | 'use_dpop_nonce' | 'insufficient_scope';

/** Why a relying party's call is refused, as a stable word. */
export type PartyReason =
  | 'DPOP_REQUIRED'
  | 'TOKEN_INVALID'
  | 'TOKEN_EXPIRED'
  | 'PROOF_MISSING'
  | 'PROOF_INVALID'
  | 'PROOF_NONCE'
  | 'PROOF_TIME'
  | 'PROOF_REPLAYED'
  | 'PROOF_KEY'
  | 'PROOF_TARGET'
  | 'PROOF_TOKEN'
  | 'CONSENT_PAUSED'
  | 'CONSENT_STOPPED'
  | 'CONSENT_UNKNOWN'
  | 'CONSENT_WITHDRAWN'
  | 'CONSENT_EXPIRED'
  | 'ACCOUNT_LOCKED'
  | 'LEVEL_LOST'
  | 'GUARDIANSHIP_ENDED'
  | 'GUARDIAN_REQUIRED'
  | 'BEYOND_GRANT';

const challenges: Readonly<Partial<Record<PartyReason, ChallengeError>>> = {
  DPOP_REQUIRED: 'invalid_token',
  TOKEN_INVALID: 'invalid_token',
  TOKEN_EXPIRED: 'invalid_token',
  PROOF_MISSING: 'invalid_dpop_proof',
  PROOF_INVALID: 'invalid_dpop_proof',
  PROOF_NONCE: 'use_dpop_nonce',
  PROOF_TIME: 'invalid_dpop_proof',
  PROOF_REPLAYED: 'invalid_dpop_proof',
  PROOF_KEY: 'invalid_token',
  PROOF_TARGET: 'invalid_dpop_proof',
  PROOF_TOKEN: 'invalid_dpop_proof',
};

/** A relying party's call refused: our code and reason, and what OAuth calls it. `fields` are keys of leaves beyond a grant. */
export class PartyRefusal extends AppError {
  readonly reason: PartyReason;
  readonly challenge: ChallengeError;
  readonly fields: readonly string[];

  constructor(code: ErrorCode, reason: PartyReason, fields: readonly string[] = []) {
    const [field] = fields;
    super(code, { reason, internal: reason, ...(field === undefined ? {} : { field }) });
    this.reason = reason;
    this.challenge = challenges[reason] ?? 'insufficient_scope';
    this.fields = fields;
  }
}

/** Refuses who has not proved to be what they say. @throws PartyRefusal `UNAUTHENTICATED` */
export function unproved(reason: PartyReason): never {
  throw new PartyRefusal('UNAUTHENTICATED', reason);
}
