import { createHash } from 'node:crypto';
import { isSigned, readJwt } from './compact-jwt.ts';
import type { CompactJwt } from './compact-jwt.ts';
import type { Nonces } from './nonces.ts';
import { unproved } from './party-refusal.ts';
import { readPublicKey, thumbprintOf } from './public-key.ts';
import type { PublicKey } from './public-key.ts';
import { Recent } from './recent.ts';
import type { UsedProofs } from './used-proofs.ts';

/** A proof as it came, and what it must be a proof of. */
export interface ProofQuestion {
  /** The header `DPoP`: several are joined by commas, which no proof has. */
  readonly proof: string | readonly string[] | undefined;
  readonly method: string;
  /** What the client must have called, without query and fragment. */
  readonly url: string;
  /** The access token it goes with. */
  readonly token: string;
  /** The thumbprint of the key the token is bound to. */
  readonly thumbprint: string;
  readonly now: Date;
}

/** What proofs are held against. */
export interface ProofRules {
  readonly nonces: Nonces;
  readonly used: UsedProofs;
  /** A proof is taken so many seconds after it was made. */
  readonly proofSeconds: number;
}

/** Clocks of a relying party and ours may differ by this much, in seconds. */
export const PROOF_SKEW_SECONDS = 5;

const LONGEST_PROOF = 8192;
const KEYS_KEPT = 1_000;

/** Checks proofs of possession. */
export class ProofChecker {
  readonly #rules: ProofRules;
  /** Making a key of its numbers costs more than verifying by it. */
  readonly #keys = new Recent<PublicKey>(KEYS_KEPT);

  constructor(rules: ProofRules) {
    this.#rules = rules;
  }

  /**
   * Checks one proof as RFC 9449 §4.3 lists it; last, that it is used for the first time.
   *
   * @throws PartyRefusal `UNAUTHENTICATED` with what is wrong
   */
  async check(question: ProofQuestion): Promise<void> {
    const { proof, now } = question;
    if (proof === undefined) return unproved('PROOF_MISSING');
    const jwt = typeof proof === 'string' && proof.length <= LONGEST_PROOF ? readJwt(proof) : null;
    if (jwt?.header['typ'] !== 'dpop+jwt') return unproved('PROOF_INVALID');
    const thumbprint = thumbprintOf(jwt.header['jwk']);
    if (thumbprint === null) return unproved('PROOF_INVALID');
    const { jti, nonce } = jwt.payload;
    if (typeof jti !== 'string' || jti === '' || jti.length > 256) return unproved('PROOF_INVALID');
    const key = this.#key(thumbprint, jwt);
    if (key === null || !isSigned(jwt, jwt.header['alg'], key.key)) return unproved('PROOF_INVALID');
    this.#checkBinding(jwt, thumbprint, question);
    // Last of what a stranger could ask for at leisure: a nonce is told to whoever lacks it.
    if (!this.#rules.nonces.isValid(nonce, now)) return unproved('PROOF_NONCE');
    const name = createHash('sha256').update(`${thumbprint}\n${jti}`).digest('base64url').slice(0, 22);
    if (!(await this.#rules.used.isFirst(name, now))) return unproved('PROOF_REPLAYED');
  }

  #checkBinding({ payload }: CompactJwt, thumbprint: string, question: ProofQuestion): void {
    const { htm, htu, iat, ath } = payload;
    if (thumbprint !== question.thumbprint) unproved('PROOF_KEY');
    if (htm !== question.method || !isSameTarget(htu, question.url)) unproved('PROOF_TARGET');
    if (ath !== hashOf(question.token)) unproved('PROOF_TOKEN');
    const age = question.now.getTime() / 1000 - Number(iat);
    if (typeof iat !== 'number' || !(age >= -PROOF_SKEW_SECONDS && age <= this.#rules.proofSeconds))
      unproved('PROOF_TIME');
  }

  #key(thumbprint: string, jwt: CompactJwt): PublicKey | null {
    const known = this.#keys.get(thumbprint);
    if (known !== undefined) return known;
    const read = readPublicKey(jwt.header['jwk']);
    if (read !== null) this.#keys.set(thumbprint, read);
    return read;
  }
}

/** `ath`: base64url SHA-256 of the access token (RFC 9449 §4.2). */
export function hashOf(token: string): string {
  return createHash('sha256').update(token).digest('base64url');
}

/** Compared as RFC 9449 §4.3 says: normalised, query and fragment left out. */
function isSameTarget(given: unknown, wanted: string): boolean {
  if (given === wanted) return true;
  if (typeof given !== 'string' || given.length > 2048 || !URL.canParse(given)) return false;
  const { origin, pathname, username } = new URL(given);
  const target = new URL(wanted);
  return origin === target.origin && pathname === target.pathname && username === '';
}
