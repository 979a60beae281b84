import { errors } from 'oidc-provider';
import type { Configuration, Interaction, KoaContextWithOIDC } from 'oidc-provider';
import type { Clock } from '@dinhdanh/kit';
import { receiptKey } from '../citizen/sign-receipts.ts';
import { pairwiseSubject } from '../consent/pairwise.ts';
import type { SharingSettings } from '../settings.ts';
import { openAdapter } from './adapter.ts';
import {
  carryOut,
  consentCarriedOut,
  detailsInToken,
  detailsOf,
  refreshSeconds,
  TOKEN_SECONDS,
  tokenSeconds,
} from './carry-out-consent.ts';
import { fetchKeys } from './fetch-keys.ts';
import { renderError } from './render-error.ts';
import type { SigningKeys } from './signing-keys.ts';
import type { ProviderStore } from './store.ts';

/** The assurance of every token: the person has a level-2 account and confirmed the decision (Decree 69/2024, art. 8). */
export const LEVEL_2 = 'urn:dinhdanh:level:2';

/** How long a browser may wait for the decision, in seconds: ten minutes to be claimed, five to decide, five to finish. */
export const INTERACTION_SECONDS = 20 * 60;

/** The longest an assertion of a client may live, in seconds: so long its id is remembered. */
const ASSERTION_SECONDS = 600;

/** What the configuration is made of. */
export interface ConfigurationParts {
  readonly issuer: string;
  readonly settings: SharingSettings;
  readonly store: ProviderStore;
  readonly clock: Clock;
  readonly keys: SigningKeys;
  /** Checks one authorization detail. @throws errors.InvalidAuthorizationDetails */
  readonly checkRequest: (
    ctx: KoaContextWithOIDC,
    detail: Readonly<Record<string, unknown>>,
  ) => Promise<void>;
  /** Puts down the request to share; the path of its page. */
  readonly beginShare: (ctx: KoaContextWithOIDC, interaction: Interaction) => Promise<string>;
}

/**
 * The authorization server at the strictness of FAPI 2.0 (Security Profile, §5.3.2): pushed requests (RFC 9126), PKCE S256
 * (RFC 7636), private_key_jwt (RFC 7523), tokens bound by DPoP with nonces (RFC 9449), `iss` in answers (RFC 9207), rich
 * requests (RFC 9396), tokens as RFC 9068 has them. Nothing else is on.
 */
export function providerConfiguration(parts: ConfigurationParts): Configuration {
  const { issuer, settings, store, clock, keys } = parts;
  return {
    adapter: (kind: string) => openAdapter(kind, { store, clock }),
    // The first key signs. Receipts are verified with the last one, for as long as there are receipts.
    jwks: { keys: [...keys.keys, receiptKey(settings.signingKey)].map((key) => ({ ...key })) },
    acrValues: [LEVEL_2],
    allowOmittingSingleRegisteredRedirectUri: false,
    // openid brings sub and how sure it is; nothing else of a person leaves by this server.
    claims: { openid: ['sub', 'acr', 'auth_time'] },
    clientAuthMethods: ['private_key_jwt'],
    clientBasedCORS: () => false,
    clientDefaults: { id_token_signed_response_alg: 'ES256', token_endpoint_auth_method: 'private_key_jwt' },
    conformIdTokenClaims: true,
    cookies: { keys: [settings.cookieKey.toString('base64url')], long: cookie, short: cookie },
    enabledJWA: algorithms,
    extraParams: { authorization_details: requireDetails },
    extraTokenClaims: async () => ({ acr: LEVEL_2 }),
    features: features(parts),
    fetch: fetchKeys(settings.allowLoopback),
    fetchResponseBodyLimits: { jwks_uri: 64 * 1024 },
    findAccount: async (_ctx, subject) => ({ accountId: subject, claims: async () => ({ sub: subject }) }),
    formats: {
      customizers: {
        jwt: (_ctx, _token, { payload }) => {
          const details = payload['authorization_details'];
          if (Array.isArray(details)) payload['authorization_details'] = detailsInToken(details);
        },
      },
    },
    interactions: { url: parts.beginShare },
    issueRefreshToken: async (ctx) => consentCarriedOut(ctx)?.fetch === 'STANDING',
    assertJwtClientAuthClaimsAndHeader: async (ctx, claims) =>
      assertAssertion(claims, ctx.oidc.issuer, clock()),
    expiresWithSession: async () => false,
    pairwiseIdentifier: async (_ctx, subject, client) =>
      pairwiseSubject(settings.pairwiseKey, client.clientId, subject),
    pkce: { required: () => true },
    renderError,
    responseTypes: ['code'],
    // FAPI 2.0 §5.3.2.1: refresh tokens are bound to the client's key instead, so a lost answer loses no consent.
    rotateRefreshToken: false,
    routes,
    scopes: ['openid'],
    sectorIdentifierUriValidate: () => false,
    subjectTypes: ['pairwise'],
    ttl: {
      AccessToken: (ctx) => tokenSeconds(ctx),
      AuthorizationCode: 60,
      Grant: 60,
      IdToken: TOKEN_SECONDS,
      Interaction: INTERACTION_SECONDS,
      RefreshToken: (ctx) => refreshSeconds(ctx, clock()),
      Session: 60,
    },
    discovery: { service_documentation: `${issuer}/` },
  };
}

const cookie = { signed: true, httpOnly: true, sameSite: 'lax' } as const;

/** FAPI 2.0 §5.4.1, with both names of Ed25519. */
const proofAlgorithms = ['ES256', 'PS256', 'EdDSA', 'Ed25519'] as const;

const algorithms: NonNullable<Configuration['enabledJWA']> = {
  clientAuthSigningAlgValues: proofAlgorithms,
  dPoPSigningAlgValues: proofAlgorithms,
  idTokenSigningAlgValues: ['ES256'],
};

const routes = {
  authorization: '/oauth/auth',
  end_session: '/oauth/session/end',
  jwks: '/oauth/jwks',
  pushed_authorization_request: '/oauth/par',
  revocation: '/oauth/revoke',
  token: '/oauth/token',
};

function features({
  issuer,
  settings,
  ...parts
}: ConfigurationParts): NonNullable<Configuration['features']> {
  const resource = `${issuer}/graphql`;
  return {
    devInteractions: { enabled: false },
    dPoP: { enabled: true, nonceSecret: settings.nonceKey, requireNonce: () => true },
    fapi: { enabled: true, profile: '2.0' },
    introspection: { enabled: false },
    pushedAuthorizationRequests: { enabled: true, requirePushedAuthorizationRequests: true },
    resourceIndicators: {
      enabled: true,
      defaultResource: async () => resource,
      useGrantedResource: async () => true,
      getResourceServerInfo: async (_ctx, asked) => {
        if (asked !== resource) throw new errors.InvalidTarget();
        return {
          scope: '',
          audience: resource,
          accessTokenTTL: TOKEN_SECONDS,
          accessTokenFormat: 'jwt',
          jwt: { sign: { alg: 'ES256' } },
        };
      },
    },
    revocation: {
      enabled: true,
      allowedPolicy: async (_ctx, client, token) => client.clientId === token.clientId,
    },
    richAuthorizationRequests: {
      enabled: true,
      types: { profile_share: { validate: (ctx, detail) => parts.checkRequest(ctx, detail) } },
      authorizationDetailsForGrantSource: (ctx) => ctx.oidc.grant?.rar,
      authorizationDetailsForAccessToken: async (ctx, _token, source) => {
        if (ctx.oidc.params?.['authorization_details'] !== undefined)
          throw new errors.InvalidAuthorizationDetails('what is asked stands in the pushed request alone');
        return [detailsOf(await carryOut(ctx, source?.grantId, parts))];
      },
      authorizationDetailsForIntrospection: () => undefined,
    },
    rpInitiatedLogout: { enabled: false },
    userinfo: { enabled: false },
  };
}

/** Every request says what it asks, once: without that there is nothing to decide. */
function requireDetails(_ctx: KoaContextWithOIDC, value: string | undefined): void {
  const details: unknown = value === undefined ? null : JSON.parse(value);
  if (!Array.isArray(details) || details.length !== 1)
    throw new errors.InvalidAuthorizationDetails('authorization_details must hold one profile_share');
}

/** The audience is the issuer as a string and nothing else (FAPI 2.0 §5.3.2.1 no. 8), for a short time. */
function assertAssertion(claims: Readonly<Record<string, unknown>>, issuer: string, now: Date): void {
  if (claims['aud'] !== issuer) throw new errors.InvalidClientAuth('aud must be the issuer, as a string');
  const { exp } = claims;
  if (typeof exp !== 'number' || exp > now.getTime() / 1000 + ASSERTION_SECONDS)
    throw new errors.InvalidClientAuth(`exp must be within ${ASSERTION_SECONDS} seconds`);
}
