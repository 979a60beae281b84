import type { AllClientMetadata } from 'oidc-provider';
import type { PartyPurposeRow, PartyState } from '../parties/store.ts';

/** A relying party as the authorization server sees it. */
export interface Party {
  readonly id: string;
  readonly legalName: string;
  readonly domain: string;
  readonly redirectUris: readonly string[];
  readonly jwks: { readonly keys: readonly Readonly<Record<string, string>>[] } | null;
  readonly jwksUri: string | null;
  readonly state: PartyState;
  readonly purposes: readonly PartyPurposeRow[];
}

/** Whether a relying party may ask: a sandbox may too, of synthetic people. */
export function mayAsk({ state }: Pick<Party, 'state'>): boolean {
  return state === 'APPROVED' || state === 'SANDBOX';
}

/**
 * The relying party as an OAuth client (RFC 7591 names). All that FAPI 2.0 leaves to choose is chosen here: a key of its
 * own for authentication, tokens bound to a DPoP key, requests pushed, answers in the query.
 */
export function clientOf(party: Party): AllClientMetadata {
  return {
    client_id: party.id,
    client_name: party.legalName,
    redirect_uris: party.redirectUris.filter(isSafeRedirect),
    ...(party.jwksUri === null
      ? { jwks: { keys: (party.jwks?.keys ?? []).map(anyEdwardsName) } }
      : { jwks_uri: party.jwksUri }),
    application_type: 'web',
    grant_types: ['authorization_code', 'refresh_token'],
    response_types: ['code'],
    response_modes: ['query'],
    token_endpoint_auth_method: 'private_key_jwt',
    id_token_signed_response_alg: 'ES256',
    subject_type: 'pairwise',
    // Names the sector where there are several hosts; it is never fetched, since each client is a sector of its own.
    sector_identifier_uri: `https://${party.domain}/`,
    authorization_details_types: ['profile_share'],
    dpop_bound_access_tokens: true,
    require_pushed_authorization_requests: true,
  };
}

/** Ed25519 has two names as an algorithm (RFC 8037, RFC 9864): clients sign under either, whichever the key was registered with. */
function anyEdwardsName({ alg, ...key }: Readonly<Record<string, string>>): Readonly<Record<string, string>> {
  return alg === undefined || key['kty'] === 'OKP' ? key : { alg, ...key };
}

/** Codes are sent over TLS (FAPI 2.0 §5.3.2.2 no. 8), or nowhere but to this machine. */
function isSafeRedirect(uri: string): boolean {
  const { protocol, hostname } = new URL(uri);
  return protocol === 'https:' || (protocol === 'http:' && isLoopback(hostname));
}

/** Whether a host name can only be this machine (RFC 6761 §6.3). */
export function isLoopback(hostname: string): boolean {
  return ['127.0.0.1', '[::1]', 'localhost'].includes(hostname) || hostname.endsWith('.localhost');
}
