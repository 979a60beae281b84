import { createServer } from 'node:http';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { TestCaller } from '@dinhdanh/kit/testing';
import { exportJWK, generateKeyPair } from 'jose';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startSharing } from './sharing-under-test.ts';
import type { SharingUnderTest } from './sharing-under-test.ts';

const organisation = { id: 'org-1', legalName: 'Công ty Sen', taxCode: '9700000019', sector: 'HOTEL' };
const head: TestCaller = {
  act: { kind: 'person', id: 'head' },
  level: 2,
  subjects: [{ id: 'head', as: 'self', claims: [] }],
  organisations: [organisation],
};
const stranger: TestCaller = { ...head, organisations: [] };
const operator: TestCaller = { act: { kind: 'officer', id: 'op' }, role: 'OPERATOR' };

const FIELDS =
  'party { id state reason legalName taxCode redirectUris keyIds purposes { code claims standing } }';
const REGISTER = `mutation ($input: RelyingPartyInput!) {
  registerRelyingParty(input: $input) { ${FIELDS} problems { field code hint { vi en } } } }`;
const UPDATE = `mutation ($id: ID!, $input: RelyingPartyInput!) {
  updateRelyingParty(id: $id, input: $input) { ${FIELDS} problems { field code } } }`;
const TEST = 'mutation ($id: ID!) { testRelyingParty(id: $id) { party { id } problems { field code } } }';
const DECIDE = `mutation ($input: DecideRelyingPartyInput!) { decideRelyingParty(input: $input) { id state reason decidedAt } }`;
const MINE = '{ relyingParties { id state legalName purposes { code claims retentionDays standing } } }';
const WAITING = `query ($after: String) {
  relyingPartyApplications(first: 2, after: $after) { nodes { id } pageInfo { hasNextPage endCursor } } }`;

let sharing: SharingUnderTest;
let publicJwk: Record<string, unknown>;
beforeAll(async () => {
  sharing = await startSharing({ allowLoopback: true });
  const { publicKey } = await generateKeyPair('ES256', { extractable: true });
  publicJwk = { ...(await exportJWK(publicKey)), kid: 'key-1', alg: 'ES256', use: 'sig' };
});
afterAll(() => sharing.stop());

const input = (given: Record<string, unknown> = {}): Record<string, unknown> => ({
  organisation: organisation.id,
  displayName: 'Khách sạn Sen',
  domain: 'sen.example',
  dataContact: 'dpo@sen.example',
  redirectUris: ['https://sen.example/back'],
  jwks: JSON.stringify({ keys: [publicJwk] }),
  purposes: [{ code: 'hotel_check_in', claims: ['identity.basic'], retentionDays: 30 }],
  ...given,
});

async function registered(given: Record<string, unknown> = {}): Promise<string> {
  const { body } = await sharing.client.ask(REGISTER, { input: input(given) }, head);
  expect(body.data.registerRelyingParty.problems).toEqual([]);
  return body.data.registerRelyingParty.party.id as string;
}

const code = (body: { errors?: { extensions: { code: string } }[] }): string | undefined =>
  body.errors?.[0]?.extensions.code;

describe('a relying party', () => {
  it('R44 R48: is registered by who represents its organisation, and may try at once', async () => {
    const { body } = await sharing.client.ask(REGISTER, { input: input() }, head);
    expect(body.data.registerRelyingParty.party).toMatchObject({
      state: 'SANDBOX',
      legalName: organisation.legalName,
      taxCode: organisation.taxCode,
      keyIds: ['key-1'],
      purposes: [{ code: 'hotel_check_in', claims: ['identity.basic'], standing: false }],
    });
    const mine = await sharing.client.ask(MINE, {}, head);
    expect(mine.body.data.relyingParties).toHaveLength(1);
    const others = await sharing.client.ask(MINE, {}, stranger);
    expect(others.body.data.relyingParties).toEqual([]);
  });

  it.each<[string, TestCaller]>([
    ['represents nobody', stranger],
    ['represents another', { ...head, organisations: [{ ...organisation, id: 'org-2' }] }],
    ['is of level 1', { ...head, level: 1 }],
    ['is an operator', operator],
  ])('is not registered by who %s', async (_who, caller) => {
    const { body } = await sharing.client.ask(REGISTER, { input: input() }, caller);
    expect(code(body)).toBe('NOT_PERMITTED');
  });

  it('is told all that is wrong at once, and nothing is kept', async () => {
    const before = await sharing.sql<{ count: string }>('SELECT count(*) FROM relying_parties');
    const wrong = { domain: 'x', jwks: '{}', redirectUris: ['http://sen.example/'], purposes: [] };
    const { body } = await sharing.client.ask(REGISTER, { input: input(wrong) }, head);
    const { party, problems } = body.data.registerRelyingParty;
    expect(party).toBeNull();
    expect(problems.map((one: { code: string }) => one.code)).toEqual([
      'DOMAIN_INVALID',
      'REDIRECT_INVALID',
      'PURPOSES_COUNT',
      'KEYS_NOT_JSON',
    ]);
    expect(await sharing.sql('SELECT count(*) FROM relying_parties')).toEqual(before);
  });

  it('has its published keys tried at registration and on demand', async () => {
    const page = await openKeyPage({ keys: [publicJwk] });
    try {
      const jwksUri = `http://127.0.0.1:${page.port}/jwks`;
      const id = await registered({ jwks: null, jwksUri });
      page.content = { keys: [{ ...publicJwk, kid: undefined }] };
      const { body } = await sharing.client.ask(TEST, { id }, head);
      expect(body.data.testRelyingParty.problems).toEqual([
        { field: 'jwksUri.keys[0].kid', code: 'KEY_ID_MISSING' },
      ]);
      page.content = null;
      const gone = await sharing.client.ask(TEST, { id }, head);
      expect(gone.body.data.testRelyingParty.problems).toEqual([
        { field: 'jwksUri', code: 'KEYS_UNREACHABLE' },
      ]);
    } finally {
      await page.stop();
    }
  });

  it('is approved by an operator alone; a refusal gives its reason', async () => {
    const id = await registered();
    const approve = { input: { id, decision: 'APPROVE' } };
    expect(code((await sharing.client.ask(DECIDE, approve, head)).body)).toBe('NOT_PERMITTED');
    expect(code((await sharing.client.ask(DECIDE, approve, { ...operator, role: 'OFFICER' })).body)).toBe(
      'NOT_PERMITTED',
    );
    const without = await sharing.client.ask(DECIDE, { input: { id, decision: 'REFUSE' } }, operator);
    expect(without.body.errors[0].extensions).toMatchObject({ code: 'BAD_USER_INPUT', field: 'reason' });
    const { body } = await sharing.client.ask(DECIDE, approve, operator);
    expect(body.data.decideRelyingParty).toMatchObject({ state: 'APPROVED', reason: null });
    const suspend = { input: { id, decision: 'SUSPEND', reason: 'COMPLAINTS' } };
    expect((await sharing.client.ask(DECIDE, suspend, operator)).body.data.decideRelyingParty).toMatchObject({
      state: 'SUSPENDED',
      reason: 'COMPLAINTS',
    });
  });

  it.each([
    ['stays approved within what was approved', { displayName: 'Sen mới' }, 'APPROVED'],
    ['waits again for a longer time', { purposes: [{ ...longer(), retentionDays: 30 }] }, 'SANDBOX'],
    ['waits again for another claim', { purposes: [{ ...longer(), claims: ['age.over'] }] }, 'SANDBOX'],
    [
      'waits again for another domain',
      { domain: 'b.example', redirectUris: ['https://b.example/'] },
      'SANDBOX',
    ],
  ])('%s', async (_what, change, state) => {
    const id = await registered({ purposes: [longer()] });
    await sharing.client.ask(DECIDE, { input: { id, decision: 'APPROVE' } }, operator);
    const { body } = await sharing.client.ask(
      UPDATE,
      { id, input: input({ purposes: [longer()], ...change }) },
      head,
    );
    expect(body.data.updateRelyingParty.problems).toEqual([]);
    expect(body.data.updateRelyingParty.party.state).toBe(state);
  });

  it('is not changed by who represents another organisation, nor told from one that is not there', async () => {
    const id = await registered();
    const other = { ...head, organisations: [{ ...organisation, id: 'org-2' }] };
    const change = { id, input: input({ organisation: 'org-2' }) };
    expect(code((await sharing.client.ask(UPDATE, change, other)).body)).toBe('NOT_FOUND');
    expect(code((await sharing.client.ask(UPDATE, { ...change, id: 'rp-none' }, other)).body)).toBe(
      'NOT_FOUND',
    );
  });

  it('waits in order, a page at a time, for operators', async () => {
    await sharing.sql('DELETE FROM relying_parties');
    const ids = [await registered(), await registered(), await registered()];
    const seen: string[] = [];
    let after: string | null = null;
    do {
      const { body } = await sharing.client.ask(WAITING, { after }, operator);
      const { nodes, pageInfo } = body.data.relyingPartyApplications as {
        nodes: { id: string }[];
        pageInfo: { hasNextPage: boolean; endCursor: string };
      };
      seen.push(...nodes.map(({ id }) => id));
      after = pageInfo.hasNextPage ? pageInfo.endCursor : null;
    } while (after !== null);
    expect(seen.toSorted()).toEqual(ids.toSorted());
    expect(code((await sharing.client.ask(WAITING, {}, head)).body)).toBe('NOT_PERMITTED');
  });
});

function longer(): { code: string; claims: string[]; retentionDays: number } {
  return { code: 'hotel_check_in', claims: ['identity.basic'], retentionDays: 10 };
}

/** A page of keys that a test changes; null answers 404. */
async function openKeyPage(content: unknown) {
  const page: { content: unknown; port: number; stop: () => Promise<void> } = {
    content,
    port: 0,
    stop: () => Promise.resolve(),
  };
  const server: Server = createServer((_request, response) => {
    response.statusCode = page.content === null ? 404 : 200;
    response.end(JSON.stringify(page.content));
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  page.port = (server.address() as AddressInfo).port;
  page.stop = () => new Promise((done) => server.close(() => done()).closeAllConnections());
  return page;
}
