import { createHash } from 'node:crypto';
import { runSql } from '@dinhdanh/kit/testing';
import type { DemoPerson } from '@dinhdanh/start';
import { decodeJwt } from 'jose';
import * as openid from 'openid-client';
import { beforeAll, describe, expect, inject, it } from 'vitest';
import { ask, at, readDemo, signIn } from '../harness/client.ts';
import { PageBrowser } from './page-browser.ts';
import { PageVisitor } from './page-visitor.ts';
import { addParty, hotelDetail, proof } from './relying-party.ts';
import type { ProofKey, RelyingParty } from './relying-party.ts';

// The one shared system, all of it: gateway, accounts, registries, access log, sharing; relying party and person come over HTTP.
const { url: address, databaseUrls, dataFolder } = inject('system');
const citizen = readDemo(dataFolder).citizens['level2'] as DemoPerson;

let party: RelyingParty;
/** The public origin, which is the issuer: the system may be reached under other names. */
let url: string;
beforeAll(async () => {
  const metadata = await fetch(`${address}/.well-known/oauth-authorization-server`);
  url = ((await metadata.json()) as { issuer: string }).issuer;
  const databaseUrl = databaseUrls.sharing ?? '';
  party = await addParty({ sql: (text, values) => runSql(databaseUrl, text, values) });
});

/** Takes the code of the page, agrees, and gives the number to type. */
async function agree(code: string): Promise<{ handle: string; number: string }> {
  const token = await signIn(url, citizen);
  const claimed = await ask(
    url,
    'mutation($code: String!) { claimShare(input: {code: $code}) { handle party { legalName } } }',
    { token, variables: { code } },
  );
  const handle = String(at(claimed.data, 'claimShare', 'handle'));
  expect(claimed.errors).toEqual([]);
  await ask(url, 'mutation($passcode: String!) { confirmPasscode(passcode: $passcode) { expiresAt } }', {
    token,
    variables: { passcode: citizen.passcode },
  });
  const decided = await ask(
    url,
    'mutation($handle: String!) { decideShare(input: {handle: $handle, decision: APPROVE, startedByMe: true}) { state number } }',
    { token, variables: { handle } },
  );
  expect(decided.errors).toEqual([]);
  return { handle, number: String(at(decided.data, 'decideShare', 'number')) };
}

describe('a relying party and a person', () => {
  it('go the whole way: pushed, shown, taken, agreed, proved by number, redeemed, and read what was granted and no more', async () => {
    const config = await openid.discovery(
      new URL(url),
      party.id,
      { id_token_signed_response_alg: 'ES256' },
      openid.PrivateKeyJwt({ key: party.privateKey, kid: party.publicJwk.kid ?? '' }),
      // oxlint-disable-next-line typescript/no-deprecated
      { execute: [openid.allowInsecureRequests] },
    );
    const keys = await openid.randomDPoPKeyPair('ES256', { extractable: true });
    const DPoP = openid.getDPoPHandle(config, keys);
    const verifier = openid.randomPKCECodeVerifier();
    const start = await openid.buildAuthorizationUrlWithPAR(
      config,
      {
        redirect_uri: party.redirectUri,
        scope: 'openid',
        state: 'a-state',
        code_challenge: await openid.calculatePKCECodeChallenge(verifier),
        code_challenge_method: 'S256',
        authorization_details: JSON.stringify([hotelDetail]),
      },
      { DPoP },
    );
    const browser = new PageBrowser();
    const { location } = await browser.get(start.href);
    const page = new PageVisitor(url, location?.slice('/share/'.length) ?? '', browser);
    const { body: shown } = await page.state();
    const { number } = await agree(String(shown.code.text).slice(`${url}/#/share/`.length));
    expect((await page.post('number', { number: number === '000' ? '111' : '000' })).status).toBe(403);
    const { status, body: granted } = await page.post('number', { number });
    expect([status, granted]).toMatchObject([200, { state: 'GRANTED' }]);
    const back = await browser.get(String(granted.redirectTo));
    const tokens = await openid.authorizationCodeGrant(
      config,
      new URL(back.location ?? ''),
      { pkceCodeVerifier: verifier, expectedState: 'a-state', idTokenExpected: true },
      undefined,
      { DPoP },
    );
    expect(decodeJwt(tokens.access_token)).toMatchObject({ iss: url, aud: `${url}/graphql` });
    // The voluntary age was not named, so it was not given.
    const key: ProofKey = {
      privateKey: keys.privateKey,
      publicJwk: (await crypto.subtle.exportKey('jwk', keys.publicKey)) as ProofKey['publicJwk'],
    };
    const answer = await read(tokens.access_token, publicOnly(key), '{ person { fullName } }');
    expect(answer).toMatchObject({
      status: 200,
      body: { data: { person: { fullName: expect.stringMatching(/\S/) } } },
    });
    const more = await read(
      tokens.access_token,
      publicOnly(key),
      '{ person { fullName ageOver(years: 18) } }',
    );
    expect(more.body.errors[0].extensions.code).toBe('CONSENT_REQUIRED');
    expect(more.body.data ?? null).toBeNull();
  });
});

function publicOnly({ privateKey, publicJwk: { kty, crv, x, y } }: ProofKey): ProofKey {
  return { privateKey, publicJwk: { kty, crv, x, y } as ProofKey['publicJwk'] };
}

/** Reads with a proof of the key; with the nonce that the gateway asks for. */
// oxlint-disable-next-line typescript/no-explicit-any
async function read(token: string, key: ProofKey, query: string): Promise<{ status: number; body: any }> {
  const target = `${url}/graphql`;
  const ath = createHash('sha256').update(token).digest('base64url');
  const attempt = async (nonce: string | null): Promise<Response> =>
    fetch(target, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        accept: 'application/graphql-response+json',
        authorization: `DPoP ${token}`,
        dpop: await proof(key, { url: target, nonce }, { ath }),
      },
      body: JSON.stringify({ query }),
    });
  const first = await attempt(null);
  const nonce = first.headers.get('dpop-nonce');
  const response = first.status === 401 && nonce !== null ? await attempt(nonce) : first;
  return { status: response.status, body: await response.json() };
}
