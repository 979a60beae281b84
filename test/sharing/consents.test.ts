import { createPublicKey } from 'node:crypto';
import { compactVerify } from 'jose';
import { receiptKey } from '@dinhdanh/sharing/receipt-key';
import { grantShare } from '@dinhdanh/sharing/grant-share';
import type { GrantRoom } from '@dinhdanh/sharing/grant-share';
import { signReceipts } from '@dinhdanh/sharing/receipt-key';
import { SharingStore } from '@dinhdanh/sharing/store';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  askFor,
  confirmedAt,
  ORIGIN,
  person,
  refusalOf,
  startConsents,
  toldBy,
} from './consents-under-test.ts';
import type { ConsentsUnderTest } from './consents-under-test.ts';
import { codeOf, linkOf } from './make-code.ts';

const seed = Buffer.alloc(32, 1);
const publicHalf = ({ kty, crv, x, y }: ReturnType<typeof receiptKey>) => ({ kty, crv, x, y });
let sharing: ConsentsUnderTest;
let store: SharingStore;
let room: GrantRoom;

beforeAll(async () => {
  sharing = await startConsents({ claimsPerHour: 1000, openPerParty: 1000 });
  store = new SharingStore(sharing.databaseUrl);
  const settings = { publicUrl: () => ORIGIN, pairwiseKey: Buffer.alloc(32, 2) };
  room = { store, settings, sign: signReceipts(seed) };
});
afterAll(async () => {
  await store.close();
  await sharing.stop();
});

const now = (): Date => sharing.clock.read();
const grant = (handle: string, proof: Parameters<typeof grantShare>[1]) =>
  grantShare(handle, proof, room, now());

/** An approved request: its handle, its number, its way back. */
async function approved(subject: string, given: Parameters<typeof askFor>[1] & { link?: boolean } = {}) {
  const waiting = await askFor(sharing, given);
  const code = given.link === true ? linkOf(waiting) : codeOf(waiting, now());
  await sharing.client.ask(
    'mutation($code: String!) { claimShare(input: { code: $code }) { handle } }',
    { code },
    person(subject),
  );
  sharing.clock.advance(1);
  const answer = await sharing.client.ask(
    'mutation($handle: String!) { decideShare(input: { handle: $handle, decision: APPROVE }) { number returnUrl } }',
    { handle: waiting.handle },
    person(subject, { confirmed: confirmedAt(sharing.clock) }),
  );
  const { number, returnUrl } = answer.body.data.decideShare as { number: string; returnUrl: string | null };
  return { handle: waiting.handle, number, returnCode: returnUrl?.split('code=')[1] ?? '' };
}

/** A consent in force, by its id. */
async function granted(subject: string, given: Parameters<typeof approved>[1] = {}): Promise<string> {
  const { handle, number } = await approved(subject, given);
  await grant(handle, { number });
  const [row] = await sharing.sql<{ id: string }>('SELECT id FROM consents WHERE handle = $1', [handle]);
  return row?.id ?? expect.unreachable('nothing was granted');
}

const check = async (consentId: string, clientId = 'hotel') =>
  (await sharing.client.post('/check-consent', { consentId, clientId, tokenId: 'token' })).body;
const change = (field: string, id: string, caller: ReturnType<typeof person>) =>
  sharing.client.ask(`mutation($id: ID!) { ${field}(id: $id) { id state stopReason } }`, { id }, caller);
const ledger = async (id: string) =>
  (
    await sharing.sql<{ state: string }>(
      'SELECT state FROM consent_changes WHERE consent_id = $1 ORDER BY id',
      [id],
    )
  ).map(({ state }) => state);

describe('an approval', () => {
  it('becomes one consent, of fifty right numbers at once', async () => {
    const { handle, number } = await approved('numbers');
    const proved = await Promise.all(Array.from({ length: 50 }, () => grant(handle, { number })));
    expect(proved.filter(({ outcome }) => outcome === 'GRANTED')).toHaveLength(1);
    const rows = await sharing.sql<{ id: string }>('SELECT id FROM consents WHERE handle = $1', [handle]);
    expect(rows).toHaveLength(1);
    expect(await ledger(rows[0]?.id ?? '')).toEqual(['ACTIVE']);
    expect((await grant(handle, { number })).outcome).toBe('NOT_APPROVED');
  });

  it('ends at the third wrong number, however many come at once, and the right one is late then', async () => {
    const { handle, number } = await approved('guesser');
    const wrong = Array.from({ length: 20 }, (_, index) => String(index + 500).padStart(3, '0')).filter(
      (each) => each !== number,
    );
    const tried = await Promise.all(wrong.map((each) => grant(handle, { number: each })));
    expect(tried.some(({ outcome }) => outcome === 'GRANTED')).toBe(false);
    expect((await grant(handle, { number })).outcome).toBe('NOT_APPROVED');
    const [row] = await sharing.sql<{ state: string; wrong_numbers: number }>(
      'SELECT state, wrong_numbers FROM share_requests WHERE handle = $1',
      [handle],
    );
    expect(row).toMatchObject({ state: 'CANCELLED', wrong_numbers: 3 });
  });

  it('tells the access log of a wrong number', async () => {
    const { handle, number } = await approved('noted');
    const { headers } = await grant(handle, { number: number === '000' ? '001' : '000' });
    const told = JSON.parse(Buffer.from(headers['consent-event'] ?? '', 'base64url').toString());
    expect(told).toEqual([
      expect.objectContaining({ event: 'denied', refusal: 'NOT_PERMITTED', subject: 'noted' }),
    ]);
  });

  it('is proved by the way back of the same phone once, and by no other', async () => {
    const { handle, returnCode } = await approved('phone', { link: true });
    expect((await grant(handle, { returnCode: 'A'.repeat(22) })).outcome).toBe('WRONG');
    expect((await grant(handle, { returnCode })).outcome).toBe('GRANTED');
    expect((await grant(handle, { returnCode })).outcome).toBe('NOT_APPROVED');
  });

  it('waits two minutes for its number', async () => {
    const { handle, number } = await approved('forgetful');
    sharing.clock.advance(120);
    expect((await grant(handle, { number })).outcome).toBe('NOT_APPROVED');
  });

  it('grants nothing to a relying party that was suspended meanwhile', async () => {
    const { handle, number } = await approved('cautious', { party: 'bank' });
    await sharing.sql(`UPDATE relying_parties SET state = 'SUSPENDED' WHERE id = 'bank'`);
    expect((await grant(handle, { number })).outcome).toBe('NOT_APPROVED');
    await sharing.sql(`UPDATE relying_parties SET state = 'APPROVED' WHERE id = 'bank'`);
  });
});

describe('the gateway', () => {
  it('is told what was granted, to whom and about whom', async () => {
    const id = await granted('grantor');
    expect(await check(id)).toEqual({
      state: 'ACTIVE',
      clientId: 'hotel',
      legalName: 'Công ty hotel',
      grantor: 'grantor',
      subject: 'grantor',
      relationId: null,
      capacity: 'self',
      leaves: ['person.fullName'],
      hash: expect.stringMatching(/^[\w-]{43}$/),
      purpose: 'hotel_check_in',
      legalBasis: 'Law 91/2025/QH15, art. 9',
      endsAt: '2027-03-01T00:00:00.000Z',
    });
    expect(await check(id, 'bank')).toEqual({ state: 'UNKNOWN' });
    expect(await check('nothing')).toEqual({ state: 'UNKNOWN' });
  });

  it('alone may ask', async () => {
    const answer = await sharing.client.post(
      '/check-consent',
      { consentId: 'x', clientId: 'hotel' },
      person('curious'),
    );
    expect(refusalOf(answer)).toEqual({ code: 'NOT_PERMITTED' });
  });

  it('is told at once of a revoke, a pause, a suspended party and an end', async () => {
    const id = await granted('mover', { party: 'bank' });
    const state = async () => (await check(id, 'bank')).state;
    await change('pauseConsent', id, person('mover'));
    expect(await state()).toBe('PAUSED');
    sharing.clock.advance(1);
    await change('resumeConsent', id, person('mover', { confirmed: confirmedAt(sharing.clock) }));
    expect(await state()).toBe('ACTIVE');
    await sharing.sql(`UPDATE relying_parties SET state = 'SUSPENDED' WHERE id = 'bank'`);
    expect(await state()).toBe('STOPPED');
    await sharing.sql(`UPDATE relying_parties SET state = 'APPROVED' WHERE id = 'bank'`);
    await change('revokeConsent', id, person('mover'));
    expect(await state()).toBe('REVOKED');
    const short = await granted('short', { ask: { fetch: 'ONCE', frequency: null, validUntil: null } });
    sharing.clock.advance(600);
    expect((await check(short)).state).toBe('EXPIRED');
  });
});

describe('the owner', () => {
  it('revokes once and for all, and what the authorization server holds for it goes too', async () => {
    const id = await granted('revoker');
    await sharing.sql(`UPDATE consents SET grant_id = 'grant-of-it' WHERE id = $1`, [id]);
    await sharing.sql(
      `INSERT INTO artifacts (kind, id, payload, grant_id) VALUES ('RefreshToken', 'token-of-it', '{}', 'grant-of-it')`,
    );
    const answers = await Promise.all(
      Array.from({ length: 20 }, () => change('revokeConsent', id, person('revoker'))),
    );
    for (const answer of answers) expect(answer.body.data.revokeConsent.state).toBe('REVOKED');
    expect(answers.flatMap(toldBy)).toEqual([
      expect.objectContaining({ change: 'revoked', consentId: id, subject: 'revoker' }),
    ]);
    expect(await ledger(id)).toEqual(['ACTIVE', 'REVOKED']);
    expect(await sharing.sql(`SELECT id FROM artifacts WHERE grant_id = 'grant-of-it'`)).toEqual([]);
    const back = await change(
      'resumeConsent',
      id,
      person('revoker', { confirmed: confirmedAt(sharing.clock) }),
    );
    expect(refusalOf(back)).toMatchObject({ code: 'CONSENT_WITHDRAWN' });
  });

  it('resumes by a confirmation made since the pause', async () => {
    const id = await granted('pauser');
    const early = confirmedAt(sharing.clock);
    await change('pauseConsent', id, person('pauser'));
    for (const caller of [person('pauser'), person('pauser', { confirmed: early })])
      expect(refusalOf(await change('resumeConsent', id, caller))).toEqual({ code: 'PASSCODE_REQUIRED' });
    sharing.clock.advance(1);
    const resumed = await change(
      'resumeConsent',
      id,
      person('pauser', { confirmed: confirmedAt(sharing.clock) }),
    );
    expect(resumed.body.data.resumeConsent.state).toBe('ACTIVE');
  });

  it('does not pause what is for once', async () => {
    const id = await granted('once', { ask: { fetch: 'ONCE', frequency: null, validUntil: null } });
    expect(refusalOf(await change('pauseConsent', id, person('once')))).toMatchObject({
      reason: 'CONSENT_NOT_STANDING',
    });
  });

  it('alone sees and changes it', async () => {
    const id = await granted('private');
    for (const field of ['revokeConsent', 'pauseConsent', 'resumeConsent'])
      expect(refusalOf(await change(field, id, person('nosy')))).toEqual({ code: 'NOT_FOUND' });
    const seen = await sharing.client.ask(
      'query($id: ID!) { consent(id: $id) { id } }',
      { id },
      person('nosy'),
    );
    expect(seen.body.data.consent).toBeNull();
  });

  it('lists consents newest first, page by page, in the state they are in at the moment', async () => {
    const ids: string[] = [];
    for (let count = 0; count < 5; count += 1) ids.unshift(await granted('lister'));
    await change('revokeConsent', ids[1] ?? '', person('lister'));
    const LIST = `query($representations: [_Any!]!, $first: Int, $after: String, $state: ConsentState) { _entities(representations: $representations) {
      ... on Account { consents(first: $first, after: $after, state: $state) { nodes { id } pageInfo { hasNextPage endCursor } } } } }`;
    const list = async (args: object, subject = 'lister') =>
      (
        await sharing.client.ask(
          LIST,
          { representations: [{ __typename: 'Account', subject }], ...args },
          person('lister'),
        )
      ).body;
    const found: string[] = [];
    let after: string | null = null;
    do {
      const page: { nodes: { id: string }[]; pageInfo: { hasNextPage: boolean; endCursor: string } } = (
        await list({ first: 2, after })
      ).data._entities[0].consents;
      found.push(...page.nodes.map(({ id }) => id));
      after = page.pageInfo.hasNextPage ? page.pageInfo.endCursor : null;
    } while (after !== null);
    expect(found).toEqual(ids);
    const active = (await list({ first: 10, state: 'ACTIVE' })).data._entities[0].consents.nodes;
    expect(active.map(({ id }: { id: string }) => id)).toEqual(ids.filter((id) => id !== ids[1]));
    expect((await list({ first: 2 }, 'mover')).errors?.[0]?.extensions.code).toBe('NOT_PERMITTED');
  });

  it('has a receipt that proves itself and names nobody', async () => {
    const id = await granted('prover');
    const answer = await sharing.client.ask(
      'query($id: ID!) { consent(id: $id) { receipt method } }',
      { id },
      person('prover'),
    );
    const { payload, protectedHeader } = await compactVerify(
      answer.body.data.consent.receipt,
      createPublicKey({ format: 'jwk', key: publicHalf(receiptKey(seed)) }),
    );
    expect(protectedHeader).toMatchObject({
      alg: 'ES256',
      typ: 'consent-receipt+jwt',
      kid: receiptKey(seed).kid,
    });
    const receipt = JSON.parse(Buffer.from(payload).toString());
    expect(receipt).toMatchObject({
      iss: ORIGIN,
      aud: 'hotel',
      record_id: id,
      schema_version: 'ISO/IEC TS 27560:2023',
      party_identification: [
        expect.objectContaining({ party_name: 'Công ty hotel', party_tax_code: '0100000000' }),
        expect.anything(),
      ],
      events: [expect.objectContaining({ event_state: 'consent-given', method: 'PASSCODE' })],
    });
    expect(JSON.stringify(receipt)).not.toContain('prover');
  });
});

describe('every consent', () => {
  it('keeps an account of itself in the ledger', async () => {
    const rows = await sharing.sql(`SELECT c.id FROM consents c
      WHERE c.state <> (SELECT state FROM consent_changes x WHERE x.consent_id = c.id ORDER BY id DESC LIMIT 1)`);
    expect(rows).toEqual([]);
  });
});
