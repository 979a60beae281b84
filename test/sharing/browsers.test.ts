import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { PageBrowser } from './page-browser.ts';
import { addParty } from './relying-party.ts';
import type { RelyingParty } from './relying-party.ts';
import { agree, codeOf, comeBack, end, push, visit } from './share-flow.ts';
import { startSharing } from './sharing-under-test.ts';
import type { SharingUnderTest } from './sharing-under-test.ts';

let sharing: SharingUnderTest;
let party: RelyingParty;
beforeAll(async () => {
  sharing = await startSharing();
  party = await addParty(sharing);
});
afterAll(() => sharing.stop());

const arrive = async () => visit(sharing, party, await push(sharing, party));
const requestOf = async (handle: string) =>
  (await sharing.sql<Record<string, unknown>>('SELECT * FROM share_requests WHERE handle = $1', [handle]))[0];

describe('a browser that opens a pushed request', () => {
  it('gets a request to share of its own, with a handle of 128 random bits or more', async () => {
    const requestUri = await push(sharing, party);
    const [one, other] = [await visit(sharing, party, requestUri), await visit(sharing, party, requestUri)];
    expect(one.handle).not.toBe(other.handle);
    expect(Buffer.from(one.handle, 'base64url').length).toBeGreaterThanOrEqual(16);
    expect(await requestOf(one.handle)).toMatchObject({
      state: 'WAITING',
      party_id: party.id,
      purpose: 'hotel_check_in',
      origin_hash: 'somewhere',
      origin_network: '203.0.113.x',
      origin_device: 'a browser',
      ask: { document: '{ person { ageOver(years: 18) fullName } }', retentionDays: 30, fetch: 'ONCE' },
    });
  });

  it('is sent back with a code where it was granted, and the relying party is told who answers', async () => {
    const visited = await arrive();
    await agree(sharing, visited.handle);
    const back = await comeBack(sharing, visited);
    expect(back.origin + back.pathname).toBe(party.redirectUri);
    expect(Object.fromEntries(back.searchParams)).toMatchObject({ iss: sharing.url, state: 'the-state' });
    expect(back.searchParams.get('code')).toMatch(/^[\w-]{22,}$/);
  });

  it.each(['DECLINED', 'EXPIRED', 'CANCELLED'] as const)(
    'is sent back with access_denied where it was %s, and no more is told',
    async (state) => {
      const visited = await arrive();
      await end(sharing, visited.handle, state);
      const { searchParams } = await comeBack(sharing, visited);
      expect(Object.fromEntries(searchParams)).toEqual({
        error: 'access_denied',
        error_description: 'nothing was granted',
        iss: sharing.url,
        state: 'the-state',
      });
    },
  );

  it('is told of a fault of ours as such: a grant whose consent is not there', async () => {
    const visited = await arrive();
    await end(sharing, visited.handle, 'DECLINED');
    await sharing.sql(`UPDATE share_requests SET state = 'GRANTED' WHERE handle = $1`, [visited.handle]);
    expect((await comeBack(sharing, visited)).searchParams.get('error')).toBe('server_error');
  });
});

describe('a pushed request', () => {
  it('that two browsers have open is granted to one; the consent of the other is stopped', async () => {
    const requestUri = await push(sharing, party);
    const visits = [
      await visit(sharing, party, requestUri),
      await visit(sharing, party, requestUri),
    ] as const;
    const consents = [
      await agree(sharing, visits[0].handle, 'subject-one'),
      await agree(sharing, visits[1].handle, 'subject-two'),
    ];
    const backs = await Promise.allSettled(visits.map((each) => comeBack(sharing, each)));
    const codes = backs.map((back) =>
      back.status === 'fulfilled' ? back.value.searchParams.get('code') : null,
    );
    expect(codes.filter((code) => code !== null)).toHaveLength(1);
    const states = await sharing.sql<{ state: string }>(
      'SELECT state FROM consents WHERE id = ANY($1) ORDER BY state',
      [consents],
    );
    expect(states.map(({ state }) => state)).toEqual(['ACTIVE', 'STOPPED']);
  });

  it('is used up when it was granted', async () => {
    const requestUri = await push(sharing, party);
    const visited = await visit(sharing, party, requestUri);
    await agree(sharing, visited.handle);
    await comeBack(sharing, visited);
    const late = new PageBrowser().get(
      `${sharing.url}/oauth/auth?${new URLSearchParams({ client_id: party.id, request_uri: requestUri }).toString()}`,
    );
    expect(await late).toMatchObject({ status: 400, location: null });
    expect(sharing.told.at(-1)?.refusal).toBe('OAUTH_INVALID_REQUEST_URI');
  });

  it('can be opened for a minute', async () => {
    const requestUri = await push(sharing, party);
    await sharing.sql(
      `UPDATE artifacts SET payload = jsonb_set(payload, '{exp}', to_jsonb((payload ->> 'exp')::int - 100)) WHERE kind = 'PushedAuthorizationRequest'`,
    );
    await expect(visit(sharing, party, requestUri)).rejects.toThrow('no page');
  });
});

describe('the end of a request', () => {
  it('is for the browser that began it: another, with the address alone, is sent nowhere', async () => {
    const visited = await arrive();
    await agree(sharing, visited.handle);
    const told = await visited.browser.get(`${sharing.url}/share/${visited.handle}/state`, {
      accept: 'application/json',
    });
    const { redirectTo } = JSON.parse(told.text) as { redirectTo: string };
    expect((await new PageBrowser().get(redirectTo)).location).toBeNull();
    expect((await new PageBrowser().get(`${sharing.url}/share/${visited.handle}/state`)).status).toBe(404);
    expect((await visited.browser.get(redirectTo)).location).toContain('code=');
  });

  it('comes once: the address brings nothing again', async () => {
    const visited = await arrive();
    await agree(sharing, visited.handle);
    const told = await visited.browser.get(`${sharing.url}/share/${visited.handle}/state`, {
      accept: 'application/json',
    });
    const { redirectTo } = JSON.parse(told.text) as { redirectTo: string };
    const backs = await Promise.all(Array.from({ length: 10 }, () => visited.browser.get(redirectTo)));
    expect(backs.filter(({ location }) => location?.includes('code=') === true)).toHaveLength(1);
  });

  it('after it expired may still be a grant, while its browser waits', async () => {
    const visited = await arrive();
    await end(sharing, visited.handle, 'EXPIRED');
    await visited.browser.get(`${sharing.url}/share/${visited.handle}/state`, { accept: 'application/json' });
    await agree(sharing, visited.handle);
    expect((await comeBack(sharing, visited)).searchParams.get('code')).not.toBeNull();
  });

  it('of one person leaves nothing for the next at the same browser', async () => {
    const browser = new PageBrowser();
    for (const subject of ['subject-one', 'subject-two']) {
      const visited = await visit(sharing, party, await push(sharing, party), browser);
      await agree(sharing, visited.handle, subject);
      expect((await comeBack(sharing, visited)).searchParams.get('code')).not.toBeNull();
    }
    expect((await codeOf(sharing, party)).code).not.toBe('');
  });
});
