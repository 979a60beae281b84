import { decodeJwt } from 'jose';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { atOnce } from './at-once.ts';
import {
  addParty,
  authentication,
  bankDetail,
  post,
  proof,
  proofKey,
  send,
  VERIFIER,
} from './relying-party.ts';
import type { RelyingParty } from './relying-party.ts';
import { codeOf, redeem, refresh } from './share-flow.ts';
import type { Code } from './share-flow.ts';
import { startSharing } from './sharing-under-test.ts';
import type { SharingUnderTest } from './sharing-under-test.ts';

let sharing: SharingUnderTest;
let party: RelyingParty;
let tokenUrl: string;
beforeAll(async () => {
  sharing = await startSharing();
  party = await addParty(sharing);
  tokenUrl = `${sharing.url}/oauth/token`;
});
afterAll(() => sharing.stop());

const refused = { status: 400, body: { error: 'invalid_grant' } };
const stateOf = async (consentId: string): Promise<unknown> =>
  (await sharing.sql('SELECT state, stop_reasons FROM consents WHERE id = $1', [consentId]))[0];

describe('a code', () => {
  it('brings one token, and its consent for once ends with it', async () => {
    const code = await codeOf(sharing, party);
    const { status, body } = await redeem(sharing, party, code);
    expect(status).toBe(200);
    const { exp, jti } = decodeJwt(body.access_token);
    expect(jti).toMatch(/^[\w-]{20,}$/);
    const [consent] = await sharing.sql<{ ends: number }>(
      'SELECT extract(epoch FROM ends_at)::float8 AS ends FROM consents WHERE id = $1',
      [code.consentId],
    );
    expect(Math.abs((consent?.ends ?? 0) - (exp ?? 0))).toBeLessThanOrEqual(2);
    expect(body.authorization_details[0].valid_until.slice(0, 17)).toBe(
      new Date((exp ?? 0) * 1000).toISOString().slice(0, 17),
    );
    expect(body).not.toHaveProperty('refresh_token');
  });

  it('that comes again ends its consent, and that is told', async () => {
    const code = await codeOf(sharing, party, bankDetail());
    const first = await redeem(sharing, party, code);
    expect(await redeem(sharing, party, code)).toMatchObject(refused);
    expect(await stateOf(code.consentId)).toEqual({ state: 'STOPPED', stop_reasons: ['REPLAY'] });
    expect(await refresh(sharing, party, first.body.refresh_token, code.key)).toMatchObject(refused);
    const told = sharing.told.filter(({ consentId }) => consentId === code.consentId);
    expect(told).toMatchObject([
      { event: 'consent-change', change: 'stopped', subject: 'subject-one', purpose: 'bank_account_opening' },
      { event: 'denied', refusal: 'OAUTH_INVALID_GRANT' },
    ]);
    const ledger = await sharing.sql(
      'SELECT state, by, reason FROM consent_changes WHERE consent_id = $1 ORDER BY id',
      [code.consentId],
    );
    expect(ledger.at(-1)).toEqual({ state: 'STOPPED', by: 'system', reason: 'REPLAY' });
  });

  it('redeemed fifty times at once brings one token', async () => {
    const { code, key, consentId } = await codeOf(sharing, party);
    const other = { grant_type: 'authorization_code', code: 'none', redirect_uri: party.redirectUri };
    const { headers } = await post(
      tokenUrl,
      { ...(await authentication(party, sharing.url)), ...other },
      { dpop: await proof(key, { url: tokenUrl }) },
    );
    const nonce = headers.get('dpop-nonce');
    const prepared = await Promise.all(
      Array.from({ length: 50 }, async () => ({
        form: {
          ...(await authentication(party, sharing.url)),
          grant_type: 'authorization_code',
          code,
          redirect_uri: party.redirectUri,
          code_verifier: VERIFIER,
        },
        dpop: await proof(key, { url: tokenUrl, nonce }),
      })),
    );
    const answers = await atOnce(sharing.databaseUrl, () =>
      prepared.map(({ form, dpop }) => post(tokenUrl, form, { dpop })),
    );
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(1);
    expect(new Set(answers.filter(({ status }) => status !== 200).map(({ body }) => body.error))).toEqual(
      new Set(['invalid_grant']),
    );
    expect(await stateOf(consentId)).toEqual({ state: 'STOPPED', stop_reasons: ['REPLAY'] });
  });

  it.each<[string, (code: Code) => Promise<unknown>]>([
    [
      'with another verifier',
      async (code) => redeem(sharing, party, code, { code_verifier: 'w'.repeat(64) }),
    ],
    [
      'for another redirect_uri',
      async (code) => redeem(sharing, party, code, { redirect_uri: 'https://evil.example/' }),
    ],
    ['with another key', async (code) => redeem(sharing, party, { ...code, key: await proofKey() })],
    ['by another client', async (code) => redeem(sharing, await addParty(sharing), code)],
    ['that was invented', async (code) => redeem(sharing, party, { ...code, code: 'invented' })],
    [
      'after its minute',
      async (code) => {
        await sharing.sql(
          `UPDATE artifacts SET payload = jsonb_set(payload, '{exp}', to_jsonb((payload ->> 'exp')::int - 100)) WHERE kind = 'AuthorizationCode'`,
        );
        return redeem(sharing, party, code);
      },
    ],
    [
      'when the consent was withdrawn meanwhile',
      async (code) => {
        await sharing.sql(`UPDATE consents SET state = 'REVOKED' WHERE id = $1`, [code.consentId]);
        return redeem(sharing, party, code);
      },
    ],
    [
      'when the relying party was suspended meanwhile, and told so as a client',
      async (code) => {
        await sharing.sql(`UPDATE relying_parties SET state = 'SUSPENDED' WHERE id = $1`, [party.id]);
        const answer = await redeem(sharing, party, code);
        await sharing.sql(`UPDATE relying_parties SET state = 'APPROVED' WHERE id = $1`, [party.id]);
        expect(answer).toMatchObject({ status: 401, body: { error: 'invalid_client' } });
        return { ...answer, status: 400, body: { error: 'invalid_grant' } };
      },
    ],
  ])('brings nothing %s', async (_, attempt) => {
    expect(await attempt(await codeOf(sharing, party))).toMatchObject(refused);
  });

  it('brings nothing without a verifier, or for a narrower request', async () => {
    const code = await codeOf(sharing, party);
    const { code_verifier: _, ...form } = {
      grant_type: 'authorization_code',
      code: code.code,
      redirect_uri: party.redirectUri,
      code_verifier: VERIFIER,
    };
    expect(
      await send(party, { issuer: sharing.url, path: '/oauth/token', key: code.key }, form),
    ).toMatchObject({ status: 400 });
    const narrower = { authorization_details: JSON.stringify([{ type: 'profile_share' }]) };
    expect(await redeem(sharing, party, await codeOf(sharing, party), narrower)).toMatchObject({
      body: { error: 'invalid_authorization_details' },
    });
  });
});

describe('a proof of possession', () => {
  const attempt = async (code: Code, dpop: string | null) =>
    post(
      tokenUrl,
      {
        ...(await authentication(party, sharing.url)),
        grant_type: 'authorization_code',
        code: code.code,
        redirect_uri: party.redirectUri,
        code_verifier: VERIFIER,
      },
      dpop === null ? {} : { dpop },
    );

  it('is asked for, with a nonce', async () => {
    const code = await codeOf(sharing, party);
    expect(await attempt(code, null)).toMatchObject(refused);
    const without = await attempt(code, await proof(code.key, { url: tokenUrl }));
    expect(without).toMatchObject({ status: 400, body: { error: 'use_dpop_nonce' } });
    const nonce = without.headers.get('dpop-nonce');
    expect(await attempt(code, await proof(code.key, { url: tokenUrl, nonce }))).toMatchObject({
      status: 200,
      body: { token_type: 'DPoP' },
    });
  });

  it('is good once', async () => {
    const one = await codeOf(sharing, party);
    const first = await attempt(one, await proof(one.key, { url: tokenUrl }));
    const dpop = await proof(one.key, { url: tokenUrl, nonce: first.headers.get('dpop-nonce') });
    expect((await attempt(one, dpop)).status).toBe(200);
    const other = { ...(await codeOf(sharing, party)), key: one.key };
    expect(await attempt(other, dpop)).toMatchObject(refused);
    expect(sharing.told.at(-1)?.refusal).toBe('OAUTH_INVALID_DPOP_PROOF');
  });
});

describe('a standing consent', () => {
  it('gives tokens to the key it was first given to alone', async () => {
    const code = await codeOf(sharing, party, bankDetail());
    const { body } = await redeem(sharing, party, code);
    expect(await refresh(sharing, party, body.refresh_token, await proofKey())).toMatchObject(refused);
    expect(await refresh(sharing, await addParty(sharing), body.refresh_token, code.key)).toMatchObject(
      refused,
    );
    expect((await refresh(sharing, party, body.refresh_token, code.key)).status).toBe(200);
  });

  it('gives none while it is paused, and again when it goes on', async () => {
    const code = await codeOf(sharing, party, bankDetail());
    const { body } = await redeem(sharing, party, code);
    await sharing.sql(`UPDATE consents SET state = 'PAUSED' WHERE id = $1`, [code.consentId]);
    expect(await refresh(sharing, party, body.refresh_token, code.key)).toMatchObject(refused);
    await sharing.sql(`UPDATE consents SET state = 'ACTIVE' WHERE id = $1`, [code.consentId]);
    expect((await refresh(sharing, party, body.refresh_token, code.key)).status).toBe(200);
  });

  it('gives no token that outlives it', async () => {
    const code = await codeOf(sharing, party, bankDetail());
    await sharing.sql(`UPDATE consents SET ends_at = now() + interval '40 seconds' WHERE id = $1`, [
      code.consentId,
    ]);
    const { body } = await redeem(sharing, party, code);
    expect(body.expires_in).toBeLessThanOrEqual(40);
    await sharing.sql(`UPDATE consents SET ends_at = now() - interval '1 second' WHERE id = $1`, [
      code.consentId,
    ]);
    expect(await refresh(sharing, party, body.refresh_token, code.key)).toMatchObject(refused);
  });

  it('asked twenty times at once gives as many tokens as were agreed', async () => {
    const code = await codeOf(sharing, party, bankDetail());
    const { body } = await redeem(sharing, party, code);
    const answers = await Promise.all(
      Array.from({ length: 20 }, () => refresh(sharing, party, body.refresh_token, code.key)),
    );
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(1);
  });
});

describe('what a relying party may not ask', () => {
  it('is how a token stands, or who somebody is, or that a signed token be revoked', async () => {
    const { body } = await redeem(sharing, party, await codeOf(sharing, party));
    for (const path of [
      '/oauth/introspect',
      '/oauth/token/introspection',
      '/oauth/userinfo',
      '/oauth/me',
      '/oauth/reg',
      '/oauth/device/auth',
    ])
      expect(await send(party, { issuer: sharing.url, path }, { token: body.access_token })).toMatchObject({
        status: 404,
        body: { error: 'not_found' },
      });
    expect(
      await send(party, { issuer: sharing.url, path: '/oauth/revoke' }, { token: body.access_token }),
    ).toMatchObject({ body: { error: 'unsupported_token_type' } });
  });

  it.each(['client_credentials', 'password', 'implicit', 'urn:ietf:params:oauth:grant-type:device_code'])(
    'is a token by %s',
    async (grant_type) => {
      expect(
        await send(
          party,
          { issuer: sharing.url, path: '/oauth/token', key: await proofKey() },
          { grant_type },
        ),
      ).toMatchObject({ status: 400, body: { error: 'unsupported_grant_type' } });
    },
  );

  it('is that another’s refresh token be revoked', async () => {
    const code = await codeOf(sharing, party, bankDetail());
    const { body } = await redeem(sharing, party, code);
    await send(
      await addParty(sharing),
      { issuer: sharing.url, path: '/oauth/revoke' },
      { token: body.refresh_token },
    );
    expect((await refresh(sharing, party, body.refresh_token, code.key)).status).toBe(200);
  });

  it('tells two relying parties one person under two names', async () => {
    const names = await Promise.all(
      [party, await addParty(sharing), party].map(
        async (each) =>
          decodeJwt((await redeem(sharing, each, await codeOf(sharing, each))).body.access_token).sub,
      ),
    );
    expect(names[0]).toBe(names[2]);
    expect(names[0]).not.toBe(names[1]);
    expect(names.join()).not.toContain('subject-one');
  });
});
