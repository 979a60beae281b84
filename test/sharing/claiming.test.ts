import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { codeOf, linkOf } from './make-code.ts';
import { askFor, confirmedAt, person, refusalOf, startConsents, toldBy } from './consents-under-test.ts';
import type { ConsentsUnderTest } from './consents-under-test.ts';

const CLAIM = `mutation($code: String!) { claimShare(input: { code: $code }) { handle state decideUntil party { id legalName domain verified }
  items { id claim voluntary } purpose { code label { vi } text { vi } } origin { network device sameNetwork } textHash number returnUrl } }`;
let sharing: ConsentsUnderTest;

beforeAll(async () => {
  sharing = await startConsents({ claimsPerHour: 4, openPerParty: 2, declinesPerDay: 3 });
});
afterAll(() => sharing.stop());

const claim = (code: string, subject: string, given: Parameters<typeof person>[1] = {}) =>
  sharing.client.ask(CLAIM, { code }, person(subject, given));
const now = (): Date => sharing.clock.read();

describe('a code', () => {
  it('gives its request to who takes it: who asks, what, why and where it began', async () => {
    const waiting = await askFor(sharing);
    const answer = await claim(codeOf(waiting, now()), 'taker');
    expect(answer.body.data.claimShare).toMatchObject({
      handle: waiting.handle,
      state: 'CLAIMED',
      decideUntil: new Date(now().getTime() + 300_000).toISOString(),
      party: { id: 'hotel', legalName: 'Công ty hotel', domain: 'hotel.example', verified: true },
      items: [
        { id: 'person.fullName', voluntary: false },
        { id: 'person.ageOver(years:18)', voluntary: true },
      ],
      purpose: { code: 'hotel_check_in', text: { vi: 'Nhận phòng' } },
      origin: { network: '203.0.113.x', sameNetwork: true },
      number: null,
      returnUrl: null,
    });
    expect(toldBy(answer)).toEqual([
      expect.objectContaining({
        event: 'consent-change',
        change: 'claimed',
        subject: 'taker',
        consentId: null,
      }),
    ]);
  });

  it('of a picture older than a step is refused, and that it is too old is said', async () => {
    const waiting = await askFor(sharing);
    const code = codeOf(waiting, now());
    sharing.clock.advance(4);
    expect(refusalOf(await claim(code, 'late'))).toMatchObject({
      code: 'BAD_USER_INPUT',
      reason: 'CODE_EXPIRED',
    });
    sharing.clock.advance(116);
    expect(refusalOf(await claim(linkOf(waiting), 'late'))).toMatchObject({ reason: 'CODE_EXPIRED' });
  });

  it('of a party in the sandbox is taken by synthetic people alone', async () => {
    await sharing.sql(`UPDATE relying_parties SET state = 'SANDBOX' WHERE id = 'hotel'`);
    try {
      const waiting = await askFor(sharing);
      const real = await claim(codeOf(waiting, now()), 'a-real-person', { number: '001190000001' });
      expect(refusalOf(real)).toEqual({ code: 'NOT_PERMITTED' });
      const synthetic = await claim(codeOf(waiting, now()), 'synthetic');
      expect(synthetic.body.data.claimShare.state).toBe('CLAIMED');
    } finally {
      await sharing.sql(`UPDATE relying_parties SET state = 'APPROVED' WHERE id = 'hotel'`);
    }
  });

  it('tells a stranger nothing: unknown, forged and taken requests are the same', async () => {
    const waiting = await askFor(sharing);
    const stranger = await claim(codeOf({ ...waiting, handle: 'A'.repeat(32) }, now()), 'stranger');
    const forged = await claim(codeOf({ ...waiting, codeKey: Buffer.alloc(32) }, now()), 'stranger');
    await claim(codeOf(waiting, now()), 'first');
    const second = await claim(codeOf(waiting, now()), 'stranger');
    for (const answer of [stranger, forged, second]) expect(answer.body.errors).toEqual(second.body.errors);
    expect(refusalOf(second)).toEqual({ code: 'NOT_FOUND' });
    expect((await claim(codeOf(waiting, now()), 'first')).body.data.claimShare.state).toBe('CLAIMED');
    const SEEN = 'query($handle: String!) { shareRequest(handle: $handle) { state } }';
    expect(
      (await sharing.client.ask(SEEN, { handle: waiting.handle }, person('stranger'))).body.data.shareRequest,
    ).toBeNull();
    expect(
      (await sharing.client.ask(SEEN, { handle: waiting.handle }, person('first'))).body.data.shareRequest,
    ).toEqual({ state: 'CLAIMED' });
  });

  it('is taken by exactly one of fifty accounts at once', async () => {
    const waiting = await askFor(sharing);
    const code = codeOf(waiting, now());
    const answers = await Promise.all(
      Array.from({ length: 50 }, (_, index) => claim(code, `one-of-${index}`)),
    );
    expect(answers.filter(({ body }) => body.errors === undefined)).toHaveLength(1);
    expect(new Set(answers.map((answer) => refusalOf(answer)?.code))).toEqual(
      new Set([undefined, 'NOT_FOUND']),
    );
  });

  it('R88: is for persons at level 2', async () => {
    const waiting = await askFor(sharing);
    expect(refusalOf(await claim(codeOf(waiting, now()), 'low', { level: 1 }))).toEqual({
      code: 'LEVEL_REQUIRED',
    });
    const system = await sharing.client.ask(CLAIM, { code: codeOf(waiting, now()) });
    expect(refusalOf(system)).toEqual({ code: 'NOT_PERMITTED' });
  });

  it('of a relying party that was suspended is nobody’s', async () => {
    const waiting = await askFor(sharing, { party: 'bank' });
    await sharing.sql(`UPDATE relying_parties SET state = 'SUSPENDED' WHERE id = 'bank'`);
    expect(refusalOf(await claim(codeOf(waiting, now()), 'someone'))).toEqual({ code: 'NOT_FOUND' });
    await sharing.sql(`UPDATE relying_parties SET state = 'APPROVED' WHERE id = 'bank'`);
  });
});

describe('who is asked too often', () => {
  const take = async (subject: string, party = 'hotel') => {
    const waiting = await askFor(sharing, { party });
    return { waiting, answer: await claim(codeOf(waiting, now()), subject) };
  };
  const decline = (handle: string, subject: string) =>
    sharing.client.ask(
      'mutation($handle: String!) { decideShare(input: { handle: $handle, decision: DECLINE }) { state } }',
      { handle },
      person(subject),
    );

  it('by one party at once waits until one is decided or has run out', async () => {
    await take('open');
    await take('open');
    expect(refusalOf((await take('open')).answer)).toMatchObject({
      code: 'RATE_LIMITED',
      reason: 'SHARE_OPEN',
      retryAfterSeconds: 300,
    });
    expect((await take('open', 'bank')).answer.body.errors).toBeUndefined();
  });

  it('in an hour waits for the rest of it', async () => {
    for (let count = 0; count < 4; count += 1) {
      const { waiting } = await take('busy', count < 2 ? 'hotel' : 'bank');
      await decline(waiting.handle, 'busy');
    }
    expect(refusalOf((await take('busy')).answer)).toMatchObject({
      code: 'RATE_LIMITED',
      reason: 'SHARE_CLAIMS',
    });
  });

  it('by a party one has declined three times is left alone for a day', async () => {
    for (let count = 0; count < 3; count += 1) {
      const { waiting } = await take('weary');
      expect((await decline(waiting.handle, 'weary')).body.data.decideShare.state).toBe('DECLINED');
    }
    sharing.clock.advance(3601);
    expect(refusalOf((await take('weary')).answer)).toMatchObject({
      code: 'RATE_LIMITED',
      reason: 'SHARE_DECLINED_OFTEN',
      retryAfterSeconds: 86_400 - 3601,
    });
    expect((await take('weary', 'bank')).answer.body.errors).toBeUndefined();
    sharing.clock.advance(86_400);
    expect((await take('weary')).answer.body.errors).toBeUndefined();
  });

  it('is not asked again by declining twice: the first no stands', async () => {
    const { waiting } = await take('no');
    await decline(waiting.handle, 'no');
    const again = await decline(waiting.handle, 'no');
    expect(again.body.data.decideShare.state).toBe('DECLINED');
    expect(toldBy(again)).toEqual([]);
    const approve = await sharing.client.ask(
      'mutation($handle: String!) { decideShare(input: { handle: $handle, decision: APPROVE }) { state } }',
      { handle: waiting.handle },
      person('no', { confirmed: confirmedAt(sharing.clock) }),
    );
    expect(refusalOf(approve)).toMatchObject({ code: 'BAD_USER_INPUT', reason: 'SHARE_DECIDED' });
  });
});
