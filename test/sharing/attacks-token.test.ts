import type { RunningGateway } from '@dinhdanh/gateway';
import type { DemoPerson } from '@dinhdanh/start';
import { runSql } from '@dinhdanh/kit/testing';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { ask, at, readDemo } from '../harness/client.ts';
import type { Answer } from '../harness/client.ts';
import { borrowWard } from '../journeys/spare-account.ts';
import { openOwnDoor, refusedCount } from './own-door.ts';
import { PageBrowser } from './page-browser.ts';
import { authentication, bankDetail, post, proof, proofKey, pushed, send } from './relying-party.ts';
import type { RelyingParty } from './relying-party.ts';
import * as whole from './whole-flow.ts';
import type { Shared, Visitor, Way } from './whole-flow.ts';

// The attacker with what was stolen, copied or kept: over the real front door, with all services behind it.
const system = inject('system');
const { citizens } = readDemo(system.dataFolder);
const QUERY = '{ person { fullName } }';

let way: Way;
let ownDoor: RunningGateway;
let party: RelyingParty;
let visitor: Visitor;
beforeAll(async () => {
  way = await whole.openWay(system);
  ownDoor = await openOwnDoor(system, way);
  party = await whole.newParty(way);
  visitor = await whole.visitorOf(way, citizens['level2'] as DemoPerson);
});
afterAll(() => ownDoor.stop());

function refusal(answer: Answer): unknown[] {
  return [answer.status, ...answer.errors.map(({ extensions }) => extensions['reason'] ?? extensions.code)];
}

/** Refusals and changes of an actor's entries, oldest first. */
async function logged(by: Parameters<typeof whole.entriesOf>[1]): Promise<readonly string[]> {
  const entries = await whole.entriesOf(way, by);
  return entries
    .filter(({ event }) => event !== 'intent')
    .map(({ event, refusal: code, purpose }) => (event === 'denied' ? (code ?? '') : purpose));
}

describe('what is replayed at the authorization server', () => {
  it('a pushed request that has been used opens nothing in another browser', async () => {
    const own = await whole.newParty(way);
    const shared = await whole.share(way, own, visitor);
    const again = await whole.openRequest(way, own, shared.requestUri, new PageBrowser());
    expect([again.status, again.location]).toEqual([400, null]);
    expect(again.text).toContain('invalid_request_uri');
    await expect.poll(() => logged({ actor: own.id })).toContain('OAUTH_INVALID_REQUEST_URI');
  });

  it('a code that comes twice gives nothing, and takes along what it gave', async () => {
    const own = await whole.newParty(way);
    const shared = await whole.share(way, own, visitor);
    expect((await whole.read(way, shared, QUERY)).errors).toEqual([]);
    const again = await whole.redeemCode(way, shared, shared.code);
    expect([again.status, again.body.error]).toEqual([400, 'invalid_grant']);
    expect(refusal(await whole.read(way, shared, QUERY))).toEqual([403, 'CONSENT_STOPPED']);
    await expect.poll(() => logged({ actor: own.id })).toContain('OAUTH_INVALID_GRANT');
    await expect.poll(() => logged({ consentId: shared.consentId })).toContain('consent_stopped');
    await expect.poll(() => logged({ consentId: shared.consentId })).toContain('CONSENT_REQUIRED');
  });

  it('a code is nothing to another relying party, another key or another verifier', async () => {
    const [own, thief] = [await whole.newParty(way), await whole.newParty(way)];
    for (const [what, stolen] of [
      ['another relying party', { party: thief }],
      ['another key', { key: await proofKey() }],
    ] as const) {
      const begun = await whole.begin(way, own);
      const code = await whole.codeBack(begun, (await whole.approve(way, begun, visitor)).number);
      const answer = await whole.redeemCode(way, { ...begun, ...stolen }, code);
      expect([answer.status, answer.body.error], what).toEqual([400, 'invalid_grant']);
    }
    const begun = await whole.begin(way, own);
    const code = await whole.codeBack(begun, (await whole.approve(way, begun, visitor)).number);
    const guessed = await whole.redeemCode(way, begun, code, { code_verifier: 'w'.repeat(64) });
    expect(guessed.body.error).toBe('invalid_grant');
    await expect.poll(() => logged({ actor: thief.id })).toEqual(['OAUTH_INVALID_GRANT']);
    await expect
      .poll(() => logged({ actor: own.id }))
      .toEqual(['OAUTH_INVALID_DPOP_PROOF', 'OAUTH_INVALID_GRANT']);
  });

  it('an assertion serves once; the second stands in the log with others in that name', async () => {
    const own = await whole.newParty(way);
    const before = await refusedCount(ownDoor, 'OAUTH_INVALID_CLIENT');
    const key = await proofKey();
    const signed = await authentication(own, way.url);
    const par = `${way.url}/oauth/par`;
    const push = async (nonce: string | null) =>
      post(
        `${ownDoor.url}/oauth/par`,
        { ...signed, ...pushed(own) },
        { dpop: await proof(key, { url: par, nonce }) },
      );
    const first = await push(null);
    const second = await push(first.headers.get('dpop-nonce'));
    const statuses = [first.status, second.status];
    expect(statuses.filter((status) => status === 201).length).toBeLessThanOrEqual(1);
    expect([second.status, second.body.error]).toEqual([401, 'invalid_client']);
    expect(await refusedCount(ownDoor, 'OAUTH_INVALID_CLIENT')).toBe(before + 1);
    await expect.poll(() => logged({ actor: own.id })).toEqual(['OAUTH_INVALID_CLIENT']);
  });

  it('a proof serves once at the authorization server', async () => {
    const own = await whole.newParty(way);
    const key = await proofKey();
    const par = `${way.url}/oauth/par`;
    const challenge = await post(
      par,
      { ...(await authentication(own, way.url)), ...pushed(own) },
      { dpop: await proof(key, { url: par }) },
    );
    const made = await proof(key, { url: par, nonce: challenge.headers.get('dpop-nonce') });
    const push = async () =>
      post(par, { ...(await authentication(own, way.url)), ...pushed(own) }, { dpop: made });
    expect((await push()).status).toBe(201);
    const again = await push();
    expect(again.status).toBe(400);
    expect(again.body.error).toMatch(/^invalid_dpop_proof$|^invalid_request$/);
    await expect.poll(() => logged({ actor: own.id })).toEqual(['OAUTH_INVALID_DPOP_PROOF']);
  });
});

describe('a token that was stolen', () => {
  let shared: Shared;
  beforeAll(async () => {
    shared = await whole.share(way, await whole.newParty(way), visitor);
    expect((await whole.read(way, shared, QUERY)).errors).toEqual([]);
  });

  it('opens nothing with another key, as a bearer, or with a proof copied off the wire', async () => {
    const thief = await proofKey();
    expect(refusal(await whole.read(way, shared, QUERY, { key: thief }))).toEqual([401, 'PROOF_KEY']);
    const bearers = await refusedCount(ownDoor, 'DPOP_REQUIRED');
    const bearer = { scheme: 'Bearer', address: ownDoor.url } as const;
    expect((await whole.read({ ...way }, shared, QUERY, bearer)).status).toBe(401);
    const copied = await whole.proofFor(way, shared, `${way.url}/graphql`);
    expect((await whole.read(way, shared, QUERY, { proof: copied })).errors).toEqual([]);
    expect(refusal(await whole.read(way, shared, QUERY, { proof: copied }))).toEqual([401, 'PROOF_REPLAYED']);
    await expect
      .poll(() => logged({ actor: shared.party.id }))
      .toEqual(['PROOF_KEY', 'DPOP_REQUIRED', 'PROOF_REPLAYED']);
    expect(await refusedCount(ownDoor, 'DPOP_REQUIRED')).toBe(bearers + 1);
  });

  it('opens no other consent: neither written into it, nor by its holder’s word', async () => {
    const own = await whole.share(way, await whole.newParty(way), visitor);
    const [header = '', payload = '', signature = ''] = own.accessToken.split('.');
    const claims = JSON.parse(Buffer.from(payload, 'base64url').toString('utf8'));
    claims.authorization_details[0].consent_id = shared.consentId;
    const forged = Buffer.from(JSON.stringify(claims)).toString('base64url');
    const before = await refusedCount(ownDoor, 'TOKEN_INVALID');
    const accessToken = `${header}.${forged}.${signature}`;
    const refused = await whole.read({ ...way }, { ...own, accessToken }, QUERY, { address: ownDoor.url });
    expect(refusal(refused)).toEqual([401, 'TOKEN_INVALID']);
    expect(await refusedCount(ownDoor, 'TOKEN_INVALID')).toBe(before + 1);
    // As if the authorization server had been made to sign it.
    await way.sql('UPDATE consents SET party_id = $2 WHERE id = $1', [own.consentId, party.id]);
    const answer = await whole.read(way, own, QUERY);
    expect(answer.errors).not.toEqual([]);
    expect(answer.data ?? null).toBeNull();
  });

  it('is nothing at any other door: not for mutations’ sessions, not for the page, not for the token endpoint', async () => {
    for (const token of [shared.accessToken, `${shared.accessToken}x`])
      expect((await ask(way.url, '{ me { level } }', { token })).status).toBe(401);
    const answer = await send(
      shared.party,
      { issuer: way.url, path: '/oauth/token', key: shared.key },
      { grant_type: 'refresh_token', refresh_token: shared.accessToken },
    );
    expect(answer.body.error).toBe('invalid_grant');
    await expect.poll(() => logged({ actor: shared.party.id })).toContain('OAUTH_INVALID_GRANT');
  });
});

describe('a consent that has ended', () => {
  const change = async (name: string, id: string): Promise<Answer> => {
    const answer = await ask(way.url, `mutation($id: ID!) { ${name}(id: $id) { state } }`, {
      token: visitor.token,
      variables: { id },
    });
    expect(answer.errors, name).toEqual([]);
    return answer;
  };

  it('gives nothing from the next query on: paused, resumed, revoked; and no new token either', async () => {
    const own = await whole.newParty(way);
    const shared = await whole.share(way, own, visitor, { detail: bankDetail() });
    await change('pauseConsent', shared.consentId);
    expect(refusal(await whole.read(way, shared, QUERY))).toEqual([403, 'CONSENT_PAUSED']);
    await whole.confirm(way, visitor);
    await change('resumeConsent', shared.consentId);
    expect((await whole.read(way, shared, QUERY)).errors).toEqual([]);
    await change('revokeConsent', shared.consentId);
    expect(refusal(await whole.read(way, shared, QUERY))).toEqual([403, 'CONSENT_WITHDRAWN']);
    const renewed = await send(
      own,
      { issuer: way.url, path: '/oauth/token', key: shared.key },
      { grant_type: 'refresh_token', refresh_token: shared.refreshToken ?? '' },
    );
    expect([renewed.status, renewed.body.error]).toEqual([400, 'invalid_grant']);
    await expect
      .poll(() => logged({ consentId: shared.consentId }))
      .toEqual([
        'consent_granted',
        'consent_paused',
        'CONSENT_REQUIRED',
        'consent_resumed',
        'consent_revoked',
        'CONSENT_WITHDRAWN',
      ]);
    await expect.poll(() => logged({ actor: own.id })).toContain('OAUTH_INVALID_GRANT');
  });

  it('gives nothing past its end', async () => {
    const shared = await whole.share(way, await whole.newParty(way), visitor);
    await way.sql(`UPDATE consents SET ends_at = now() - interval '1 second' WHERE id = $1`, [
      shared.consentId,
    ]);
    expect(refusal(await whole.read(way, shared, QUERY))).toEqual([403, 'CONSENT_EXPIRED']);
    await expect.poll(() => logged({ actor: shared.party.id })).toEqual(['CONSENT_EXPIRED']);
  });

  it('gives nothing to a relying party that was suspended, which can ask nobody anew', async () => {
    const own = await whole.newParty(way);
    const shared = await whole.share(way, own, visitor);
    const waiting = await whole.begin(way, own);
    const code = await whole.codeShown(waiting);
    await way.sql(`UPDATE relying_parties SET state = 'SUSPENDED' WHERE id = $1`, [own.id]);
    expect(refusal(await whole.read(way, shared, QUERY))).toEqual([403, 'CONSENT_STOPPED']);
    const before = await refusedCount(ownDoor, 'OAUTH_INVALID_CLIENT');
    const target = { issuer: way.url, path: '/oauth/par', key: shared.key, address: ownDoor.url };
    const anew = await send(own, target, pushed(own));
    expect(anew.status).toBeGreaterThanOrEqual(400);
    expect(anew.body).not.toHaveProperty('request_uri');
    expect(await refusedCount(ownDoor, 'OAUTH_INVALID_CLIENT')).toBe(before + 1);
    // What waited already cannot be taken any more.
    expect(refusal(await whole.take(way, code, visitor)).at(-1)).toBe('NOT_FOUND');
    await expect.poll(() => logged({ actor: own.id })).toContain('CONSENT_REQUIRED');
  });

  it('gives nothing of a ward once the guardianship has ended', async () => {
    const { ward, guardian, giveBack } = await borrowWard(system);
    try {
      const acting = await whole.visitorOf(way, guardian.person);
      const mine = await ask(way.url, '{ me { dependants { id } } }', { token: acting.token });
      const dependant = at(mine.data, 'me', 'dependants', 0, 'id');
      const shared = await whole.share(way, await whole.newParty(way), acting, { more: { dependant } });
      const answer = await whole.read(way, shared, QUERY);
      expect(at(answer.data, 'person', 'fullName')).toBe(ward.fullName);
      await runSql(
        way.databaseUrls.accounts ?? '',
        `UPDATE relations SET ended_at = now() WHERE ward_number = '${ward.person.username}'`,
      );
      // Whoever hears of it first: accounts, which is asked at each query, or sharing, which is told of it.
      const after = await whole.read(way, shared, QUERY);
      expect(refusal(after)).toEqual([403, expect.stringMatching(/^GUARDIANSHIP_ENDED$|^CONSENT_STOPPED$/)]);
      await expect.poll(() => logged({ actor: shared.party.id })).toEqual(['CONSENT_REQUIRED']);
      const next = await whole.begin(way, shared.party);
      expect((await whole.take(way, await whole.codeShown(next), acting)).errors).toEqual([]);
      await whole.confirm(way, acting);
      const decided = await whole.decide(way, next.handle, acting, { dependant });
      expect(decided.errors).not.toEqual([]);
      expect(at(decided.data, 'decideShare') ?? null).toBeNull();
    } finally {
      await giveBack();
    }
  });
});
