import { decodeJwt, decodeProtectedHeader } from 'jose';
import * as oauth from 'oauth4webapi';
import * as openid from 'openid-client';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { addParty, bankDetail, hotelDetail } from './relying-party.ts';
import type { RelyingParty } from './relying-party.ts';
import { agree, comeBack } from './share-flow.ts';
import { PageBrowser } from './page-browser.ts';
import { startSharing } from './sharing-under-test.ts';
import type { SharingUnderTest } from './sharing-under-test.ts';

// Both libraries as they come from npm. All that is loosened is that this machine is spoken to without TLS.
let sharing: SharingUnderTest;
beforeAll(async () => {
  sharing = await startSharing();
});
afterAll(() => sharing.stop());

/** Stands in for the person: opens the page, agrees, and is sent back. */
async function decide(url: URL): Promise<{ back: URL; consentId: string }> {
  const browser = new PageBrowser();
  const { location } = await browser.get(url.href);
  const handle = /^\/share\/([\w-]{32})$/.exec(location ?? '')?.[1] ?? '';
  const consentId = await agree(sharing, handle);
  return { back: await comeBack(sharing, { browser, handle }), consentId };
}

async function configure(party: RelyingParty): Promise<openid.Configuration> {
  return openid.discovery(
    new URL(sharing.url),
    party.id,
    { id_token_signed_response_alg: 'ES256', use_mtls_endpoint_aliases: false },
    openid.PrivateKeyJwt({ key: party.privateKey, kid: party.publicJwk.kid ?? '' }),
    // oxlint-disable-next-line typescript/no-deprecated
    { execute: [openid.allowInsecureRequests, openid.enableNonRepudiationChecks] },
  );
}

async function withOpenidClient(party: RelyingParty, detail: object) {
  const config = await configure(party);
  const DPoP = openid.getDPoPHandle(config, await openid.randomDPoPKeyPair('ES256'));
  const verifier = openid.randomPKCECodeVerifier();
  const state = openid.randomState();
  const nonce = openid.randomNonce();
  const url = await openid.buildAuthorizationUrlWithPAR(
    config,
    {
      redirect_uri: party.redirectUri,
      scope: 'openid',
      state,
      nonce,
      code_challenge: await openid.calculatePKCECodeChallenge(verifier),
      code_challenge_method: 'S256',
      authorization_details: JSON.stringify([detail]),
    },
    { DPoP },
  );
  const { back, consentId } = await decide(url);
  const tokens = await openid.authorizationCodeGrant(
    config,
    back,
    { pkceCodeVerifier: verifier, expectedState: state, expectedNonce: nonce, idTokenExpected: true },
    undefined,
    { DPoP },
  );
  return { config, DPoP, tokens, consentId, back };
}

describe('openid-client, unmodified', () => {
  it.each(['ES256', 'PS256', 'EdDSA'])('gets a token with keys of %s', async (alg) => {
    const party = await addParty(sharing, { alg });
    const { tokens, back, consentId } = await withOpenidClient(party, hotelDetail);
    expect(back.searchParams.get('iss')).toBe(sharing.url);
    expect(tokens.token_type).toBe('dpop');
    expect(tokens.expires_in).toBeLessThanOrEqual(300);
    expect(tokens['consent_receipt']).toBe('a.receipt.jws');
    expect(tokens.refresh_token).toBeUndefined();
    expect(tokens.claims()).toMatchObject({ iss: sharing.url, aud: party.id, acr: 'urn:dinhdanh:level:2' });
    expect(decodeJwt(tokens.access_token)).toMatchObject({
      aud: `${sharing.url}/graphql`,
      client_id: party.id,
      sub: tokens.claims()?.sub,
      authorization_details: [{ type: 'profile_share', consent_id: consentId, fetch: 'once' }],
    });
    expect(decodeProtectedHeader(tokens.access_token)).toMatchObject({ typ: 'at+jwt', alg: 'ES256' });
  });

  it('gets tokens anew under a standing consent as often as was agreed, and no more', async () => {
    const party = await addParty(sharing);
    const { config, DPoP, tokens, consentId } = await withOpenidClient(party, bankDetail());
    const again = await openid.refreshTokenGrant(config, tokens.refresh_token ?? '', undefined, { DPoP });
    expect(decodeJwt(again.access_token)).toMatchObject({
      authorization_details: [{ consent_id: consentId, frequency: { times: 2, per: 'P30D' } }],
    });
    expect(again.refresh_token).toBe(tokens.refresh_token);
    await expect(
      openid.refreshTokenGrant(config, tokens.refresh_token ?? '', undefined, { DPoP }),
    ).rejects.toMatchObject({ error: 'invalid_grant' });
  });

  it('gives a standing consent back by revoking its refresh token', async () => {
    const party = await addParty(sharing);
    const { config, DPoP, tokens, consentId } = await withOpenidClient(party, bankDetail());
    await openid.tokenRevocation(config, tokens.refresh_token ?? '');
    await expect(
      openid.refreshTokenGrant(config, tokens.refresh_token ?? '', undefined, { DPoP }),
    ).rejects.toMatchObject({ error: 'invalid_grant' });
    const [consent] = await sharing.sql('SELECT state, stop_reasons FROM consents WHERE id = $1', [
      consentId,
    ]);
    expect(consent).toEqual({ state: 'STOPPED', stop_reasons: ['RETURNED'] });
    expect(sharing.told).toContainEqual(
      expect.objectContaining({ event: 'consent-change', change: 'stopped', consentId }),
    );
  });
});

describe('oauth4webapi, unmodified', () => {
  it('goes the whole way, and its resource server takes the token with the key and without it not', async () => {
    const party = await addParty(sharing);
    const insecure = { [oauth.allowInsecureRequests]: true } as const;
    const issuer = new URL(sharing.url);
    const as = await oauth.processDiscoveryResponse(
      issuer,
      await oauth.discoveryRequest(issuer, { algorithm: 'oauth2', ...insecure }),
    );
    const client: oauth.Client = { client_id: party.id, id_token_signed_response_alg: 'ES256' };
    const authentication = oauth.PrivateKeyJwt({ key: party.privateKey, kid: party.publicJwk.kid ?? '' });
    const keys = await oauth.generateKeyPair('ES256', { extractable: false });
    const DPoP = oauth.DPoP(client, keys);
    const verifier = oauth.generateRandomCodeVerifier();
    const parameters = {
      response_type: 'code',
      redirect_uri: party.redirectUri,
      scope: 'openid',
      state: 'a-state',
      code_challenge: await oauth.calculatePKCECodeChallenge(verifier),
      code_challenge_method: 'S256',
      authorization_details: JSON.stringify([hotelDetail]),
    };
    const pushing = () =>
      oauth.pushedAuthorizationRequest(as, client, authentication, parameters, { DPoP, ...insecure });
    const request = await withNonce(async () =>
      oauth.processPushedAuthorizationResponse(as, client, await pushing()),
    );
    expect(request.expires_in).toBe(60);
    const url = new URL(as.authorization_endpoint ?? '');
    url.search = new URLSearchParams({ client_id: party.id, request_uri: request.request_uri }).toString();
    const { back } = await decide(url);
    const answered = oauth.validateAuthResponse(as, client, back, 'a-state');
    const tokens = await withNonce(async () =>
      oauth.processAuthorizationCodeResponse(
        as,
        client,
        await oauth.authorizationCodeGrantRequest(
          as,
          client,
          authentication,
          answered,
          party.redirectUri,
          verifier,
          { DPoP, ...insecure },
        ),
        { requireIdToken: true },
      ),
    );
    const target = `${sharing.url}/graphql`;
    const read = async (headers: Headers) =>
      oauth.validateJwtAccessToken(as, new Request(target, { method: 'POST', headers }), target, {
        requireDPoP: true,
        ...insecure,
      });
    const headers = new Headers({ authorization: `DPoP ${tokens.access_token}` });
    await DPoPHeaders(DPoP, headers, target, tokens.access_token);
    await expect(read(headers)).resolves.toMatchObject({ client_id: party.id });
    await expect(read(new Headers({ authorization: `Bearer ${tokens.access_token}` }))).rejects.toThrow();
  });
});

/** Sends once more what was refused for want of a nonce, as RFC 9449 §8 has it. */
async function withNonce<Result>(attempt: () => Promise<Result>): Promise<Result> {
  try {
    return await attempt();
  } catch (error) {
    if (!oauth.isDPoPNonceError(error)) throw error;
    return attempt();
  }
}

async function DPoPHeaders(
  handle: oauth.DPoPHandle,
  headers: Headers,
  url: string,
  token: string,
): Promise<void> {
  await (
    handle as unknown as {
      addProof: (url: URL, headers: Headers, method: string, token: string) => Promise<void>;
    }
  ).addProof(new URL(url), headers, 'POST', token);
}
