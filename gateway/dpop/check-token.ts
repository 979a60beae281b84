import { hashOf } from './check-proof.ts';
import { isSigned, readJwt } from './compact-jwt.ts';
import type { CompactJwt } from './compact-jwt.ts';
import { unproved } from './party-refusal.ts';
import { Recent } from './recent.ts';
import type { SigningKeys } from './signing-keys.ts';

/** What a genuine access token says (RFC 9068, RFC 9449 §6): whether its consent still holds is asked each time. */
export interface AccessToken {
  readonly clientId: string;
  readonly tokenId: string;
  readonly consentId: string;
  /** The thumbprint of the key it is bound to. */
  readonly thumbprint: string;
  /** Seconds since the epoch. */
  readonly expiresAt: number;
}

/** What tokens are held against. */
export interface TokenRules {
  readonly keys: SigningKeys;
  /** The gateway's own origin: the issuer, and with `/graphql` the audience. */
  readonly publicUrl: () => string;
}

/** The longest life of an access token, in seconds. */
const TOKEN_SECONDS = 300;
const SKEW_SECONDS = 5;
const TOKENS_KEPT = 10_000;

/** Whether a bearer of that form is a relying party's token, which opens nothing by itself. */
export function isAccessToken(compact: string): boolean {
  return readJwt(compact)?.header['typ'] === 'at+jwt';
}

/** Checks access tokens of relying parties. A verified one is remembered by its hash until it ends: its signature does not change. */
export class TokenChecker {
  readonly #rules: TokenRules;
  readonly #verified = new Recent<AccessToken>(TOKENS_KEPT);

  constructor(rules: TokenRules) {
    this.#rules = rules;
  }

  /** @throws PartyRefusal `UNAUTHENTICATED` · AppError `SOURCE_UNAVAILABLE` where keys cannot be fetched */
  async check(compact: string, now: Date): Promise<AccessToken> {
    const name = hashOf(compact);
    const known = this.#verified.get(name);
    if (known !== undefined) {
      if (known.expiresAt > now.getTime() / 1000) return known;
      this.#verified.delete(name);
      return unproved('TOKEN_EXPIRED');
    }
    const token = await this.#verify(compact, now);
    this.#verified.set(name, token);
    return token;
  }

  async #verify(compact: string, now: Date): Promise<AccessToken> {
    const jwt = readJwt(compact);
    if (jwt === null) return unproved('TOKEN_INVALID');
    const { typ, alg, kid } = jwt.header;
    if (typ !== 'at+jwt' || alg !== 'ES256' || typeof kid !== 'string') return unproved('TOKEN_INVALID');
    // What cannot be a token of ours costs no look for a key.
    const token = readToken(jwt, this.#rules.publicUrl(), now);
    const key = await this.#rules.keys.of(kid, now);
    if (key === null || !isSigned(jwt, alg, key.key)) return unproved('TOKEN_INVALID');
    if (token.expiresAt <= now.getTime() / 1000) return unproved('TOKEN_EXPIRED');
    return token;
  }
}

function readToken({ payload }: CompactJwt, issuer: string, now: Date): AccessToken {
  const { iss, aud, iat, exp, jti, client_id: clientId, cnf, sub } = payload;
  const thumbprint = (cnf as { jkt?: unknown } | null | undefined)?.jkt;
  const consentId = consentOf(payload['authorization_details']);
  const isOurs =
    iss === issuer &&
    (Array.isArray(aud) ? aud : [aud]).includes(`${issuer}/graphql`) &&
    isId(clientId) &&
    isId(jti) &&
    isId(thumbprint) &&
    isId(consentId) &&
    typeof sub === 'string' &&
    Number.isSafeInteger(iat) &&
    Number.isSafeInteger(exp) &&
    Number(exp) - Number(iat) <= TOKEN_SECONDS &&
    Number(iat) <= now.getTime() / 1000 + SKEW_SECONDS;
  if (!isOurs) return unproved('TOKEN_INVALID');
  return { clientId, tokenId: jti, consentId, thumbprint, expiresAt: Number(exp) };
}

/** The one consent a token stands on. */
function consentOf(details: unknown): unknown {
  const [first, second] = Array.isArray(details) ? (details as unknown[]) : [];
  const { type, consent_id: id } = (first ?? {}) as { type?: unknown; consent_id?: unknown };
  return type === 'profile_share' && second === undefined ? id : null;
}

function isId(value: unknown): value is string {
  return typeof value === 'string' && /^[A-Za-z0-9._~:/@-]{1,200}$/.test(value);
}
