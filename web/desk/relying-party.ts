import * as oauth from 'openid-client';
import type { DeskCredentials, DeskParty } from './desk-party.ts';

/** What a relying party keeps of one customer between asking and being answered. */
export interface Begun {
  readonly state: string;
  readonly nonce: string;
  readonly verifier: string;
  readonly dpop: oauth.DPoPHandle;
}

/** What it was given: tokens for this customer alone. */
export interface Granted {
  readonly dpop: oauth.DPoPHandle;
  readonly accessToken: string;
  /** When the access token runs out, in epoch milliseconds. */
  readonly expiresAt: number;
  readonly refreshToken: string | null;
  /** What was granted, as the token says it (RFC 9396 §7). */
  readonly details: readonly GrantedDetail[];
  /** The signed receipt, a compact JWS. */
  readonly receipt: string | null;
}

/** A granted rich authorization detail of type `profile_share`. */
export interface GrantedDetail {
  readonly type: string;
  readonly query?: string;
  readonly consent_id?: string;
}

/** The answer to a query: the HTTP status and what stood in the body. */
export interface Answer {
  readonly status: number;
  readonly data: unknown;
  /** The code of the first error; null where there is none. */
  readonly code: string | null;
  /** Where the reading stands in the access log. */
  readonly accessReceipt: { readonly origin: string; readonly index: number } | null;
}

/** Where the authorization server is, and where customers come back to: known once both listen. */
export interface DeskPlaces {
  readonly issuer: () => string;
  readonly redirectUri: () => string;
}

/**
 * A business as a client of the authorization server: pushed and rich authorization requests (RFC 9126, RFC 9396), PKCE,
 * private_key_jwt, DPoP (RFC 9449). It uses nothing but public endpoints, through `openid-client`.
 */
export class RelyingParty {
  readonly party: DeskParty;
  readonly #credentials: DeskCredentials;
  readonly #places: DeskPlaces;
  #configuration: Promise<oauth.Configuration> | null = null;

  constructor(party: DeskParty, credentials: DeskCredentials, places: DeskPlaces) {
    this.party = party;
    this.#credentials = credentials;
    this.#places = places;
  }

  /** Pushes the request and tells where the customer's browser goes. */
  async begin(now: Date): Promise<Begun & { readonly url: URL }> {
    const configuration = await this.#configured();
    const [state, nonce, verifier] = [
      oauth.randomState(),
      oauth.randomNonce(),
      oauth.randomPKCECodeVerifier(),
    ];
    const dpop = oauth.getDPoPHandle(configuration, await oauth.randomDPoPKeyPair('ES256'));
    const parameters = {
      redirect_uri: this.#places.redirectUri(),
      scope: 'openid',
      response_type: 'code',
      code_challenge: await oauth.calculatePKCECodeChallenge(verifier),
      code_challenge_method: 'S256',
      state,
      nonce,
      authorization_details: JSON.stringify([this.#detail(now)]),
    };
    const url = await oauth.buildAuthorizationUrlWithPAR(configuration, parameters, { DPoP: dpop });
    return { state, nonce, verifier, dpop, url };
  }

  /** Takes the answer that the customer's browser brought back. @throws what `openid-client` throws, such as `access_denied` */
  async finish(begun: Begun, address: URL, now: Date): Promise<Granted> {
    const tokens = await oauth.authorizationCodeGrant(
      await this.#configured(),
      address,
      { pkceCodeVerifier: begun.verifier, expectedState: begun.state, expectedNonce: begun.nonce },
      undefined,
      { DPoP: begun.dpop },
    );
    return toGranted(begun.dpop, tokens, { now, before: null });
  }

  /** A new token under a standing consent, where the old one has run out. @throws as {@link finish} */
  async renew(granted: Granted, now: Date): Promise<Granted> {
    if (granted.refreshToken === null || now.getTime() < granted.expiresAt) return granted;
    const tokens = await oauth.refreshTokenGrant(await this.#configured(), granted.refreshToken, undefined, {
      DPoP: granted.dpop,
    });
    return toGranted(granted.dpop, tokens, { now, before: granted });
  }

  /** Asks for what was granted. */
  async ask(granted: Granted): Promise<Answer> {
    const query = granted.details.find(({ type }) => type === 'profile_share')?.query ?? this.party.query;
    const response = await oauth
      .fetchProtectedResource(
        await this.#configured(),
        granted.accessToken,
        new URL('/graphql', this.#places.issuer()),
        'POST',
        JSON.stringify({ query }),
        new Headers({ 'content-type': 'application/json', accept: 'application/graphql-response+json' }),
        { DPoP: granted.dpop },
      )
      .catch((failure: unknown) => {
        // A challenge (RFC 9110 §11.6.1) carries an answer too.
        if (failure instanceof oauth.WWWAuthenticateChallengeError) return failure.response;
        throw failure;
      });
    return toAnswer(response.status, await response.json());
  }

  #detail(now: Date): Record<string, unknown> {
    const { query, voluntary, purpose, retentionDays, standing } = this.party;
    const base = { type: 'profile_share', query, voluntary, purpose, retention_days: retentionDays };
    if (standing === null) return { ...base, fetch: 'once' };
    const end = new Date(now.getTime() + standing.days * 86_400_000);
    return {
      ...base,
      ...{ fetch: 'standing', frequency: standing.frequency },
      valid_until: end.toISOString().slice(0, 10),
    };
  }

  /** Discovery, once; a failure is tried again by whoever asks next. */
  #configured(): Promise<oauth.Configuration> {
    this.#configuration ??= this.#discover().catch((failure: unknown) => {
      this.#configuration = null;
      throw failure;
    });
    return this.#configuration;
  }

  async #discover(): Promise<oauth.Configuration> {
    const { clientId, privateJwk } = this.#credentials;
    const issuer = new URL(this.#places.issuer());
    const key = await crypto.subtle.importKey(
      'jwk',
      privateJwk,
      { name: 'ECDSA', namedCurve: 'P-256' },
      false,
      ['sign'],
    );
    return oauth.discovery(
      issuer,
      clientId,
      { id_token_signed_response_alg: 'ES256' },
      oauth.PrivateKeyJwt({ key, kid: privateJwk.kid }),
      // Plain HTTP stays on the machine it is tried on.
      isLoopback(issuer) ? { execute: [oauth.allowInsecureRequests] } : {},
    );
  }
}

/** So long before its end a token is taken for run out, since a query takes time too. */
const EARLY_SECONDS = 10;

function isLoopback({ protocol, hostname }: URL): boolean {
  return protocol === 'http:' && (hostname === 'localhost' || hostname === '127.0.0.1');
}

function toGranted(
  dpop: oauth.DPoPHandle,
  tokens: oauth.TokenEndpointResponse,
  { now, before }: { readonly now: Date; readonly before: Granted | null },
): Granted {
  const receipt = tokens['consent_receipt'];
  return {
    dpop,
    accessToken: tokens.access_token,
    expiresAt: now.getTime() + ((tokens.expires_in ?? 0) - EARLY_SECONDS) * 1000,
    refreshToken: tokens.refresh_token ?? before?.refreshToken ?? null,
    details: (tokens.authorization_details as GrantedDetail[] | undefined) ?? before?.details ?? [],
    receipt: typeof receipt === 'string' ? receipt : (before?.receipt ?? null),
  };
}

function toAnswer(status: number, body: unknown): Answer {
  const { data, errors, extensions } = (body ?? {}) as {
    data?: unknown;
    errors?: readonly { extensions?: { code?: string } }[];
    extensions?: { accessReceipt?: { origin: string; index: number } };
  };
  return {
    status,
    data: data ?? null,
    code: errors?.[0]?.extensions?.code ?? (status === 200 ? null : `HTTP ${status}`),
    accessReceipt: extensions?.accessReceipt ?? null,
  };
}
