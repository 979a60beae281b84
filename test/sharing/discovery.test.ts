import { createLocalJWKSet, decodeProtectedHeader, generateKeyPair, jwtVerify } from 'jose';
import type { JSONWebKeySet } from 'jose';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { addParty, assertion, authentication, post, pushed, send } from './relying-party.ts';
import type { RelyingParty } from './relying-party.ts';
import { codeOf, redeem } from './share-flow.ts';
import { startSharing } from './sharing-under-test.ts';
import type { SharingUnderTest } from './sharing-under-test.ts';

const PERIOD_SECONDS = 3600;

let sharing: SharingUnderTest;
let party: RelyingParty;
// oxlint-disable-next-line typescript/no-explicit-any
let metadata: any;
beforeAll(async () => {
  sharing = await startSharing({ keyPeriodSeconds: PERIOD_SECONDS, allowLoopback: true });
  party = await addParty(sharing);
  metadata = await (await fetch(`${sharing.url}/.well-known/openid-configuration`)).json();
});
afterAll(() => sharing.stop());

const keysOf = async (url: string): Promise<JSONWebKeySet> =>
  (await (await fetch(`${url}/oauth/jwks`)).json()) as JSONWebKeySet;

describe('discovery', () => {
  it('says what FAPI 2.0 asks and this server does, and nothing else', () => {
    expect(metadata).toEqual({
      issuer: sharing.url,
      authorization_endpoint: `${sharing.url}/oauth/auth`,
      pushed_authorization_request_endpoint: `${sharing.url}/oauth/par`,
      token_endpoint: `${sharing.url}/oauth/token`,
      revocation_endpoint: `${sharing.url}/oauth/revoke`,
      jwks_uri: `${sharing.url}/oauth/jwks`,
      service_documentation: `${sharing.url}/`,
      require_pushed_authorization_requests: true,
      request_uri_parameter_supported: false,
      authorization_response_iss_parameter_supported: true,
      response_types_supported: ['code'],
      response_modes_supported: ['query'],
      grant_types_supported: ['authorization_code', 'refresh_token'],
      scopes_supported: ['openid'],
      subject_types_supported: ['pairwise'],
      code_challenge_methods_supported: ['S256'],
      token_endpoint_auth_methods_supported: ['private_key_jwt'],
      token_endpoint_auth_signing_alg_values_supported: ['ES256', 'PS256', 'EdDSA', 'Ed25519'],
      dpop_signing_alg_values_supported: ['ES256', 'PS256', 'EdDSA', 'Ed25519'],
      id_token_signing_alg_values_supported: ['ES256'],
      authorization_details_types_supported: ['profile_share'],
      acr_values_supported: ['urn:dinhdanh:level:2'],
      claim_types_supported: ['normal'],
      claims_parameter_supported: false,
      claims_supported: ['sub', 'acr', 'auth_time', 'iss'],
    });
  });

  it('is the same at both addresses', async () => {
    expect(await (await fetch(`${sharing.url}/.well-known/oauth-authorization-server`)).json()).toEqual(
      metadata,
    );
  });

  it('names no address that is not there', async () => {
    for (const [name, url] of Object.entries(metadata as Record<string, unknown>)) {
      if (!/endpoint$|jwks_uri/.test(name)) continue;
      const answers = await Promise.all(
        ['GET', 'POST'].map((method) => fetch(String(url), { method, redirect: 'manual' })),
      );
      expect(
        answers.some(({ status }) => status !== 404),
        name,
      ).toBe(true);
    }
  });

  it('names every algorithm that an assertion may have, and others are refused', async () => {
    for (const alg of ['RS256', 'ES384', 'PS512']) {
      const other = await addParty(sharing, { alg });
      expect(await send(other, { issuer: sharing.url, path: '/oauth/par' }, pushed(other))).toMatchObject({
        status: 401,
        body: { error: 'invalid_client' },
      });
    }
  });
});

describe('the signing keys', () => {
  it('are published as public keys alone, named by their thumbprints, the one in use among them', async () => {
    const { keys } = await keysOf(sharing.url);
    // The current one, the next, the previous, and that of receipts.
    expect(keys).toHaveLength(4);
    for (const key of keys) {
      expect(Object.keys(key).toSorted()).toEqual(['alg', 'crv', 'kid', 'kty', 'use', 'x', 'y']);
      expect(key).toMatchObject({ kty: 'EC', crv: 'P-256', alg: 'ES256', use: 'sig' });
    }
    const { body } = await redeem(sharing, party, await codeOf(sharing, party));
    expect(keys.map(({ kid }) => kid)).toContain(decodeProtectedHeader(body.access_token).kid);
    expect(keys.map(({ kid }) => kid)).toContain(decodeProtectedHeader(body.id_token).kid);
  });

  it('change by period: the next was published before, and tokens of the last one still verify', async () => {
    const { body } = await redeem(sharing, party, await codeOf(sharing, party));
    const kid = decodeProtectedHeader(body.access_token).kid;
    const after = (periods: number) => new Date(Date.now() + periods * PERIOD_SECONDS * 1000);
    const before = await keysOf(sharing.url);
    const next = await sharing.startAnother({ keyPeriodSeconds: PERIOD_SECONDS }, () => after(1));
    const keys = await keysOf(next);
    await jwtVerify(body.access_token, createLocalJWKSet(keys), { issuer: sharing.url, typ: 'at+jwt' });
    expect(keys.keys[0]?.kid).not.toBe(kid);
    expect(before.keys.map((key) => key.kid)).toContain(keys.keys[0]?.kid);
    const later = await keysOf(
      await sharing.startAnother({ keyPeriodSeconds: PERIOD_SECONDS }, () => after(2)),
    );
    expect(later.keys.map((key) => key.kid)).not.toContain(kid);
  });

  it('change in a process that runs on', async () => {
    let now = new Date();
    const url = await sharing.startAnother({ keyPeriodSeconds: PERIOD_SECONDS }, () => now);
    const [first] = (await keysOf(url)).keys;
    now = new Date(now.getTime() + PERIOD_SECONDS * 1000);
    const [second] = (await keysOf(url)).keys;
    expect(second?.kid).not.toBe(first?.kid);
  });
});

describe('keys that a relying party publishes', () => {
  it('are fetched from this machine where that is allowed, and never where it is not', async () => {
    let asked = 0;
    const { publicJwk, privateKey } = party;
    const server = createServer((_request, response) => {
      asked += 1;
      response.setHeader('content-type', 'application/json').end(JSON.stringify({ keys: [publicJwk] }));
    });
    await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
    const jwksUri = `http://127.0.0.1:${(server.address() as AddressInfo).port}/jwks`;
    const other = { ...(await addParty(sharing, { jwksUri })), publicJwk, privateKey };
    expect((await send(other, { issuer: sharing.url, path: '/oauth/par' }, pushed(other))).status).toBe(201);
    expect(asked).toBe(1);
    const strict = await sharing.startAnother({ allowLoopback: false });
    const refused = await send(other, { issuer: sharing.url, path: '/oauth/par' }, pushed(other));
    expect(refused.status).toBe(201);
    const form = new URLSearchParams({ ...pushed(other), client_id: other.id });
    form.set('client_assertion_type', 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer');
    form.set('client_assertion', await assertion(other, sharing.url));
    const before = asked;
    const answer = await fetch(`${strict}/oauth/par`, { method: 'POST', body: form });
    expect(await answer.json()).toMatchObject({ error: 'invalid_client' });
    expect(asked).toBe(before);
    await new Promise<void>((done) => server.close(() => done()).closeAllConnections());
  });

  it('are never fetched from an address of this machine or a private network', async () => {
    const { privateKey } = await generateKeyPair('ES256');
    for (const jwksUri of ['https://localhost/jwks', 'https://10.0.0.1/jwks', 'https://[::1]/jwks']) {
      const other = { ...(await addParty(sharing, { jwksUri })), privateKey };
      const strict = await sharing.startAnother({ allowLoopback: false });
      const answer = await post(`${strict}/oauth/par`, {
        ...(await authentication(other, sharing.url)),
        ...pushed(other),
      });
      expect(answer).toMatchObject({ status: 401, body: { error: 'invalid_client' } });
    }
  });
});
