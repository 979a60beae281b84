import { generateKeyPair } from 'jose';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  addParty,
  authentication,
  bankDetail,
  dateInDays,
  hotelDetail,
  post,
  proof,
  proofKey,
  pushed,
  send,
} from './relying-party.ts';
import type { OAuthAnswer, RelyingParty } from './relying-party.ts';
import { atOnce } from './at-once.ts';
import { PageBrowser } from './page-browser.ts';
import { push, visit } from './share-flow.ts';
import { startSharing } from './sharing-under-test.ts';
import type { SharingUnderTest } from './sharing-under-test.ts';

let sharing: SharingUnderTest;
let party: RelyingParty;
let parUrl: string;
beforeAll(async () => {
  sharing = await startSharing();
  party = await addParty(sharing);
  parUrl = `${sharing.url}/oauth/par`;
});
afterAll(() => sharing.stop());

const pushWith = (form: Record<string, string>): Promise<OAuthAnswer> =>
  send(party, { issuer: sharing.url, path: '/oauth/par' }, form);
const ask = (change: object): Promise<OAuthAnswer> => pushWith(pushed(party, { ...hotelDetail, ...change }));
const without = (name: string): Record<string, string> =>
  Object.fromEntries(Object.entries(pushed(party)).filter(([key]) => key !== name));

describe('who pushes a request', () => {
  const pushAs = async (given: Parameters<typeof authentication>[2]): Promise<OAuthAnswer> =>
    post(parUrl, { ...(await authentication(party, sharing.url, given)), ...pushed(party) });

  it('is let in by an assertion to the issuer', async () => {
    expect(await pushAs({})).toMatchObject({ status: 201, body: { expires_in: 60 } });
  });

  it.each([
    ['the address of pushed requests', (url: string) => `${url}/oauth/par`],
    ['the address of tokens', (url: string) => `${url}/oauth/token`],
    ['a list that has the issuer', (url: string) => [url]],
    ['a list of issuer and address', (url: string) => [url, `${url}/oauth/par`]],
    ['the issuer with a slash', (url: string) => `${url}/`],
    ['another issuer', () => 'https://dinhdanh.example'],
  ])('is refused by an assertion to %s', async (_, audience) => {
    expect(await pushAs({ aud: audience(sharing.url) })).toMatchObject({
      status: 401,
      body: { error: 'invalid_client' },
    });
  });

  it('is refused by an assertion that is expired, lives too long, has no end or no id, or is of another', async () => {
    const now = Math.floor(Date.now() / 1000);
    const { privateKey: key } = await generateKeyPair('ES256');
    const wrong = [
      { exp: now - 60 },
      { exp: now + 3600 },
      { exp: undefined },
      { jti: undefined },
      { iss: 'party-other' },
      { key },
    ];
    for (const given of wrong)
      expect(await pushAs(given as never)).toMatchObject({ status: 401, body: { error: 'invalid_client' } });
  });

  it('is refused by an assertion that was used, of fifty at once by all but one, and that is told', async () => {
    const form = { ...(await authentication(party, sharing.url)), ...pushed(party) };
    const answers = await atOnce(sharing.databaseUrl, () =>
      Array.from({ length: 50 }, () => post(parUrl, form)),
    );
    expect(answers.filter(({ status }) => status === 201)).toHaveLength(1);
    expect(new Set(answers.filter(({ status }) => status !== 201).map(({ body }) => body.error))).toEqual(
      new Set(['invalid_client']),
    );
    expect(sharing.told.at(-1)).toMatchObject({
      event: 'denied',
      refusal: 'OAUTH_INVALID_CLIENT',
      party: { id: party.id, name: 'Công ty Khách sạn' },
    });
  });

  it('is refused by a secret, by its name alone, by a symmetric key and by none at all', async () => {
    const secret = { client_id: party.id, client_secret: 'secret', ...pushed(party) };
    const attempts = [
      await post(parUrl, secret),
      await post(parUrl, { client_id: party.id, ...pushed(party) }),
      await post(parUrl, pushed(party), {
        authorization: `Basic ${Buffer.from(`${party.id}:secret`).toString('base64')}`,
      }),
      await post(parUrl, pushed(party)),
    ];
    for (const { status, body } of attempts) {
      expect(status).toBeGreaterThanOrEqual(400);
      expect(['invalid_client', 'invalid_request']).toContain(body.error);
    }
  });

  it.each(['SUSPENDED', 'REFUSED'])('is refused at once when %s', async (state) => {
    const other = await addParty(sharing);
    const attempt = () => send(other, { issuer: sharing.url, path: '/oauth/par' }, pushed(other));
    expect((await attempt()).status).toBe(201);
    await sharing.sql('UPDATE relying_parties SET state = $2::party_state WHERE id = $1', [other.id, state]);
    expect(await attempt()).toMatchObject({ status: 401, body: { error: 'invalid_client' } });
  });
});

describe('a pushed request', () => {
  it.each([
    ['without a challenge', { code_challenge: '', code_challenge_method: '' }],
    ['with a plain challenge', { code_challenge_method: 'plain' }],
    ['with a redirect_uri that is not registered', { redirect_uri: 'https://evil.example/cb' }],
    ['with a redirect_uri that only begins as one', { redirect_uri: 'https://khach-san.example/cb/../evil' }],
    ['for a token at once', { response_type: 'token' }],
    ['for an id_token at once', { response_type: 'code id_token' }],
    ['to be answered in a form', { response_mode: 'form_post' }],
    ['to be answered in a fragment', { response_mode: 'fragment' }],
    ['with a request_uri', { request_uri: 'urn:ietf:params:oauth:request_uri:x' }],
    ['with a request object', { request: 'eyJhbGciOiJub25lIn0.e30.' }],
    ['for another resource', { resource: 'https://elsewhere.example' }],
  ])('is refused %s', async (_, form) => {
    const sent = Object.fromEntries(
      Object.entries({ ...pushed(party), ...form }).filter(([, value]) => value !== ''),
    );
    const { status, body } = await pushWith(sent);
    expect(status).toBe(400);
    expect(body.error).toMatch(
      /^invalid_request$|^invalid_target$|^unsupported_response_(type|mode)$|^request(_uri)?_not_supported$/,
    );
  });

  it('is refused without redirect_uri or response_type', async () => {
    for (const name of ['redirect_uri', 'response_type'])
      expect(await pushWith(without(name))).toMatchObject({
        status: 400,
        body: { error: 'invalid_request' },
      });
  });

  it('is refused with a proof that came before, is of another address or time, or is no proof', async () => {
    const key = await proofKey();
    const { headers } = await post(
      parUrl,
      { ...(await authentication(party, sharing.url)), ...pushed(party) },
      { dpop: await proof(key, { url: parUrl }) },
    );
    const nonce = headers.get('dpop-nonce');
    expect(nonce).not.toBeNull();
    const prove = async (dpop: string): Promise<OAuthAnswer> =>
      post(parUrl, { ...(await authentication(party, sharing.url)), ...pushed(party) }, { dpop });
    const good = await proof(key, { url: parUrl, nonce });
    expect((await prove(good)).status).toBe(201);
    expect(await prove(good)).toMatchObject({ status: 400, body: { error: 'invalid_request' } });
    expect(sharing.told.at(-1)?.refusal).toBe('OAUTH_INVALID_DPOP_PROOF');
    const wrong = [
      await proof(key, { url: `${sharing.url}/oauth/token`, nonce }),
      await proof(key, { url: parUrl, method: 'GET', nonce }),
      await proof(key, { url: parUrl, nonce }, { typ: 'jwt' }),
      `${good.slice(0, -4)}AAAA`,
      'nonsense',
    ];
    for (const dpop of wrong)
      expect(await prove(dpop)).toMatchObject({ status: 400, body: { error: 'invalid_dpop_proof' } });
    expect(await prove(await proof(key, { url: parUrl, nonce: 'invented' }))).toMatchObject({
      body: { error: 'use_dpop_nonce' },
    });
  });
});

describe('what is asked', () => {
  it.each([
    ['of an unknown type', { type: 'everything' }],
    ['with a member that does not exist', { also: true }],
    ['without a purpose', { purpose: undefined }],
    [
      'for a purpose that is not in the catalogue',
      { purpose: { ...hotelDetail.purpose, code: 'curiosity' } },
    ],
    ['for a purpose that is not registered', { purpose: { ...hotelDetail.purpose, code: 'hospital' } }],
    ['without a text in Vietnamese', { purpose: { code: 'hotel_check_in', text: { en: 'x' } } }],
    [
      'with a text that turns around what people read',
      { purpose: { code: 'hotel_check_in', text: { vi: 'a\u202eb', en: 'x' } } },
    ],
    ['beyond the registration', { query: '{ person { personalNumber } }', voluntary: [] }],
    [
      'beyond the registration under an alias',
      { query: '{ person { fullName: personalNumber } }', voluntary: [] },
    ],
    [
      'beyond the registration in a fragment',
      { query: 'query { person { ...f } } fragment f on Person { fullName personalNumber }', voluntary: [] },
    ],
    [
      'beyond the registration in an inline fragment',
      { query: '{ person { ... on Citizen { personalNumber } } }', voluntary: [] },
    ],
    [
      'with a field that is skipped',
      { query: '{ person { fullName personalNumber @skip(if: true) } }', voluntary: [] },
    ],
    ['with a variable', { query: 'query($y: Int!) { person { ageOver(years: $y) } }', voluntary: [] }],
    ['of another root', { query: '{ me { status } }', voluntary: [] }],
    ['by a mutation', { query: 'mutation { signOut }', voluntary: [] }],
    ['in a query that is none', { query: '{', voluntary: [] }],
    ['with an unknown field', { query: '{ person { shoeSize } }', voluntary: [] }],
    ['with an unknown claim', { query: undefined, claims: ['identity.soul"\\\n'], voluntary: [] }],
    ['by claims beyond the registration', { query: undefined, claims: ['identity.number'], voluntary: [] }],
    ['by query and claims', { claims: ['identity.basic'] }],
    ['with an age the purpose does not take', { query: '{ person { ageOver(years: 37) } }' }],
    ['with something voluntary that is not asked', { voluntary: ['person.sex'] }],
    ['to be kept too long', { retention_days: 31 }],
    ['without a time it is kept', { retention_days: undefined }],
    [
      'again and again where that is not registered',
      { fetch: 'standing', frequency: { times: 1, per: 'P1D' }, valid_until: dateInDays(30) },
    ],
    ['with a fetch that is none', { fetch: 'always' }],
  ])('is refused %s', async (_, change) => {
    const { status, body } = await ask(change);
    expect(body).toMatchObject({ error: 'invalid_authorization_details' });
    expect(status).toBe(400);
    expect(body.error_description).toMatch(/^[\x20-\x21\x23-\x5b\x5d-\x7e]{10,}$/);
    expect(sharing.told.at(-1)).toMatchObject({
      event: 'denied',
      refusal: 'OAUTH_INVALID_AUTHORIZATION_DETAILS',
      party: { id: party.id },
    });
  });

  it.each([
    ['ends too late', () => ({ valid_until: dateInDays(3 * 365) })],
    ['has ended', () => ({ valid_until: dateInDays(-2) })],
    ['has no end', () => ({ valid_until: undefined })],
    ['is used too often', () => ({ frequency: { times: 100, per: 'PT1H' } })],
    ['has no frequency', () => ({ frequency: undefined })],
    ['has a frequency that is none', () => ({ frequency: { times: 1, per: 'often' } })],
  ])('and stands is refused where it %s', async (_, change) => {
    expect(await pushWith(pushed(party, { ...bankDetail(), ...change() }))).toMatchObject({
      status: 400,
      body: { error: 'invalid_authorization_details' },
    });
  });

  it('is told with what was over-asked', async () => {
    await ask({ query: '{ person { fullName personalNumber } }', voluntary: [] });
    expect(sharing.told.at(-1)).toMatchObject({
      purpose: 'hotel_check_in',
      claims: ['identity.basic', 'identity.number'],
      subject: null,
    });
  });

  it('is refused where there is none, or more than one', async () => {
    expect(await pushWith(without('authorization_details'))).toMatchObject({
      body: { error: 'invalid_authorization_details' },
    });
    const two = { ...pushed(party), authorization_details: JSON.stringify([hotelDetail, hotelDetail]) };
    expect(await pushWith(two)).toMatchObject({ body: { error: 'invalid_authorization_details' } });
  });
});

describe('the address that browsers open', () => {
  const open = (query: Record<string, string>, headers: Record<string, string> = {}) =>
    new PageBrowser().get(`${sharing.url}/oauth/auth?${new URLSearchParams(query).toString()}`, headers);

  it('refuses a request that was not pushed, and sends nothing to an address that is not registered', async () => {
    const { location } = await open({ client_id: party.id, ...pushed(party) });
    expect(new URL(location ?? '').searchParams.get('error')).toBe('invalid_request');
    const evil = await open({ client_id: party.id, ...pushed(party), redirect_uri: 'https://evil.example/' });
    expect(evil.location).toBeNull();
    expect(evil.status).toBe(400);
  });

  it('refuses what was invented, what is another client’s, and what is an address', async () => {
    const other = await addParty(sharing);
    const requestUri = await push(sharing, party);
    for (const request_uri of [
      'urn:ietf:params:oauth:request_uri:invented',
      'https://khach-san.example/request.jwt',
    ])
      expect(await open({ client_id: party.id, request_uri })).toMatchObject({ status: 400, location: null });
    expect(await open({ client_id: other.id, request_uri: requestUri })).toMatchObject({
      status: 400,
      location: null,
    });
  });

  it('shows refusals as a page in the reader’s language or as JSON, and nothing from inside', async () => {
    const query = { client_id: party.id, request_uri: 'urn:ietf:params:oauth:request_uri:invented' };
    const page = await open(query, { 'accept-language': 'en' });
    expect(page.text).toContain('<html lang="en">');
    expect(page.text).toContain('begin again');
    expect(page.text).not.toMatch(/node_modules|at \w+ \(|oidc-provider/);
    expect((await open(query, { 'accept-language': 'vi' })).text).toContain('<html lang="vi">');
    const json = await open(query, { accept: 'application/json' });
    expect(JSON.parse(json.text)).toMatchObject({ error: 'invalid_request_uri' });
  });

  it('leaves no session in the browser, and its cookies go to the page and its end alone', async () => {
    const { browser, handle } = await visit(sharing, party, await push(sharing, party));
    expect(browser.cookies.map((cookie) => cookie.replace(/[\w-]{40,}$/, '…'))).not.toContainEqual(
      expect.stringContaining('_session'),
    );
    expect(browser.cookies).toContain(`_interaction /share/${handle}`);
  });
});
