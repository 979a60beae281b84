import { createHash, randomUUID } from 'node:crypto';
import { calculateJwkThumbprint, exportJWK, generateKeyPair, SignJWT } from 'jose';
import type { CryptoKey, JWK, JWTPayload } from 'jose';
import type { SharingUnderTest } from './sharing-under-test.ts';

/** A relying party with its keys. */
export interface RelyingParty {
  readonly id: string;
  readonly redirectUri: string;
  readonly privateKey: CryptoKey;
  readonly publicJwk: JWK;
}

/** Purposes as they are registered in these tests. */
export const HOTEL = {
  code: 'hotel_check_in',
  claims: ['identity.basic', 'identity.kind', 'age.over'],
  retentionDays: 30,
  standing: false,
};
/** One that may stand. */
export const BANK = {
  code: 'bank_account_opening',
  claims: ['identity.basic', 'identity.kind', 'contact'],
  retentionDays: 100,
  standing: true,
};

/** What a hotel asks. */
export const hotelDetail = {
  type: 'profile_share',
  query: '{ person { fullName ageOver(years:18) } }',
  voluntary: ['person.ageOver'],
  purpose: { code: 'hotel_check_in', text: { vi: 'Nhận phòng', en: 'Check in' } },
  retention_days: 30,
  fetch: 'once',
} as const;

/** The date so many days after today: what an ask that stands may run to, or may not. */
export function dateInDays(days: number): string {
  return new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10);
}

/** What a bank asks, three times a day for a month. */
export const bankDetail = () => ({
  type: 'profile_share',
  query: '{ person { fullName } }',
  purpose: { code: 'bank_account_opening', text: { vi: 'Mở tài khoản', en: 'Open an account' } },
  retention_days: 90,
  fetch: 'standing',
  frequency: { times: 2, per: 'P30D' },
  valid_until: dateInDays(30),
});

/** Registers a relying party, as an operator has approved it. */
export async function addParty(
  { sql }: Pick<SharingUnderTest, 'sql'>,
  given: { alg?: string; state?: string; redirectUris?: string[]; jwksUri?: string } = {},
): Promise<RelyingParty> {
  const { privateKey, publicKey } = await generateKeyPair(given.alg ?? 'ES256', { extractable: true });
  const jwk = await exportJWK(publicKey);
  const publicJwk: JWK = {
    ...jwk,
    kid: await calculateJwkThumbprint(jwk),
    use: 'sig',
    alg: given.alg ?? 'ES256',
  };
  const id = `party-${randomUUID()}`;
  const redirectUris = given.redirectUris ?? ['https://khach-san.example/cb'];
  await sql(
    `INSERT INTO relying_parties (id, organisation_id, legal_name, display_name, tax_code, sector, domain, data_contact,
       redirect_uris, jwks, jwks_uri, state, registered_by, registered_at)
     VALUES ($1, 'org', 'Công ty Khách sạn', 'Khách sạn', '0100000000', 'hotel', 'khach-san.example', 'dpo@khach-san.example',
       $2, $3, $4, $5::party_state, 'subject-boss', now())`,
    [
      id,
      redirectUris,
      given.jwksUri === undefined ? JSON.stringify({ keys: [publicJwk] }) : null,
      given.jwksUri ?? null,
      given.state ?? 'APPROVED',
    ],
  );
  for (const purpose of [HOTEL, BANK])
    await sql(
      `INSERT INTO party_purposes (party_id, code, claims, retention_days, standing) VALUES ($1, $2, $3, $4, $5)`,
      [id, purpose.code, purpose.claims, purpose.retentionDays, purpose.standing],
    );
  return { id, redirectUri: redirectUris[0] ?? '', privateKey, publicJwk };
}

/** Signs an assertion of who the client is (RFC 7523); what is given replaces what is right. */
export function assertion(
  party: RelyingParty,
  issuer: string,
  given: JWTPayload & { alg?: string; key?: CryptoKey } = {},
): Promise<string> {
  const { alg = party.publicJwk.alg ?? 'ES256', key = party.privateKey, ...claims } = given;
  const now = Math.floor(Date.now() / 1000);
  return new SignJWT({
    iss: party.id,
    sub: party.id,
    aud: issuer,
    jti: randomUUID(),
    iat: now,
    exp: now + 60,
    ...claims,
  })
    .setProtectedHeader({ alg, kid: party.publicJwk.kid ?? '' })
    .sign(key);
}

/** A key whose possession proofs show. */
export interface ProofKey {
  readonly privateKey: CryptoKey;
  readonly publicJwk: JWK;
}

export async function proofKey(): Promise<ProofKey> {
  const { privateKey, publicKey } = await generateKeyPair('ES256', { extractable: true });
  return { privateKey, publicJwk: await exportJWK(publicKey) };
}

/** A DPoP proof (RFC 9449 §4.2); what is given replaces what is right. */
export function proof(
  key: ProofKey,
  target: { url: string; method?: string; nonce?: string | null },
  given: JWTPayload & { typ?: string } = {},
): Promise<string> {
  const { typ = 'dpop+jwt', ...claims } = given;
  return new SignJWT({
    jti: randomUUID(),
    htm: target.method ?? 'POST',
    htu: target.url,
    iat: Math.floor(Date.now() / 1000),
    ...(typeof target.nonce === 'string' ? { nonce: target.nonce } : {}),
    ...claims,
  })
    .setProtectedHeader({ alg: 'ES256', typ, jwk: key.publicJwk })
    .sign(key.privateKey);
}

/** An answer of the authorization server. */
export interface OAuthAnswer {
  readonly status: number;
  readonly headers: Headers;
  // Tests reach into whatever they asked for.
  // oxlint-disable-next-line typescript/no-explicit-any
  readonly body: any;
}

/** Posts a form as it is. */
export async function post(
  url: string,
  form: Record<string, string>,
  headers: Record<string, string> = {},
): Promise<OAuthAnswer> {
  const response = await fetch(url, { method: 'POST', body: new URLSearchParams(form), headers });
  const text = await response.text();
  return {
    status: response.status,
    headers: response.headers,
    body: text.startsWith('{') ? JSON.parse(text) : text,
  };
}

/**
 * Posts a form with an assertion; one with a proof key is proved, with the nonce the server asks for. `address` is another
 * front door of the same issuer.
 */
export async function send(
  party: RelyingParty,
  target: { issuer: string; path: string; key?: ProofKey; address?: string },
  form: Record<string, string>,
): Promise<OAuthAnswer> {
  const url = `${target.issuer}${target.path}`;
  const attempt = async (nonce: string | null): Promise<OAuthAnswer> =>
    post(
      `${target.address ?? target.issuer}${target.path}`,
      { ...(await authentication(party, target.issuer)), ...form },
      target.key === undefined ? {} : { dpop: await proof(target.key, { url, nonce }) },
    );
  const first = await attempt(null);
  const nonce = first.headers.get('dpop-nonce');
  return first.body.error === 'use_dpop_nonce' ? attempt(nonce) : first;
}

/** The form fields of a client that authenticates. */
export async function authentication(
  party: RelyingParty,
  issuer: string,
  given: Parameters<typeof assertion>[2] = {},
): Promise<Record<string, string>> {
  return {
    client_id: party.id,
    client_assertion_type: 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer',
    client_assertion: await assertion(party, issuer, given),
  };
}

/** The verifier of every request here, and its challenge (RFC 7636). */
export const VERIFIER = 'v'.repeat(64);
const CHALLENGE = createHash('sha256').update(VERIFIER).digest('base64url');

/** A request as it should be pushed. */
export function pushed(party: RelyingParty, detail: object = hotelDetail): Record<string, string> {
  return {
    response_type: 'code',
    redirect_uri: party.redirectUri,
    scope: 'openid',
    state: 'the-state',
    nonce: 'the-nonce',
    code_challenge: CHALLENGE,
    code_challenge_method: 'S256',
    authorization_details: JSON.stringify([detail]),
  };
}
