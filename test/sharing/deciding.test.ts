import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  askFor,
  confirmedAt,
  item,
  person,
  refusalOf,
  startConsents,
  toldBy,
} from './consents-under-test.ts';
import type { ConsentsUnderTest } from './consents-under-test.ts';
import { codeOf, linkOf } from './make-code.ts';

const DECIDE = `mutation($input: DecideShareInput!) { decideShare(input: $input) { handle state number returnUrl decideUntil textHash wards { id ownYesNeeded } } }`;
const CLAIM = 'mutation($code: String!) { claimShare(input: { code: $code }) { handle } }';
let sharing: ConsentsUnderTest;

beforeAll(async () => {
  // Nobody writes down meanwhile what has run out.
  sharing = await startConsents({ claimsPerHour: 1000, openPerParty: 1000, pollSeconds: 3_600 });
});
afterAll(() => sharing.stop());

/** A request that a person has taken a second ago. */
async function taken(
  subject: string,
  given: Parameters<typeof askFor>[1] & { link?: boolean } = {},
): Promise<string> {
  const waiting = await askFor(sharing, given);
  const code = given.link === true ? linkOf(waiting) : codeOf(waiting, sharing.clock.read());
  await sharing.client.ask(CLAIM, { code }, person(subject));
  sharing.clock.advance(1);
  return waiting.handle;
}

const decide = (handle: string, input: object, caller: ReturnType<typeof person>) =>
  sharing.client.ask(DECIDE, { input: { handle, decision: 'APPROVE', ...input } }, caller);
const confirmed = (subject: string, given: Parameters<typeof person>[1] = {}) =>
  person(subject, { confirmed: confirmedAt(sharing.clock), ...given });
const rowOf = async (handle: string) =>
  (
    await sharing.sql<{
      state: string;
      decision: { granted: { items: { id: string }[]; document: string; hash: string } };
    }>('SELECT * FROM share_requests WHERE handle = $1', [handle])
  )[0];

describe('a yes', () => {
  it('gives a number and grants nothing yet', async () => {
    const handle = await taken('yes');
    const answer = await decide(handle, {}, confirmed('yes'));
    expect(answer.body.data.decideShare).toMatchObject({
      state: 'APPROVED',
      number: expect.stringMatching(/^\d{3}$/),
      returnUrl: null,
      // The number has two minutes, however much of the time to decide is left.
      decideUntil: new Date(sharing.clock.read().getTime() + 120_000).toISOString(),
    });
    expect(toldBy(answer)).toEqual([]);
    expect(await sharing.sql('SELECT id FROM consents WHERE handle = $1', [handle])).toEqual([]);
  });

  it('on the same phone brings a way back that is told once and kept as a hash alone', async () => {
    const handle = await taken('phone', { link: true });
    const { returnUrl } = (await decide(handle, {}, confirmed('phone'))).body.data.decideShare;
    const [, code] =
      /^https:\/\/dinhdanh\.example\/share\/[\w-]{32}\/return\?code=([\w-]{22})$/.exec(returnUrl) ?? [];
    expect(code).toBeDefined();
    expect(JSON.stringify(await rowOf(handle))).not.toContain(code);
    const again = await sharing.client.ask(
      `query($handle: String!) { shareRequest(handle: $handle) { number returnUrl } }`,
      { handle },
      person('phone'),
    );
    expect(again.body.data.shareRequest).toEqual({ number: expect.any(String), returnUrl: null });
  });

  it('keeps what was agreed to, its query without what was left out, and its text word for word', async () => {
    const handle = await taken('precise');
    const { textHash } = (await decide(handle, {}, confirmed('precise'))).body.data.decideShare;
    const { granted } = (await rowOf(handle))?.decision ?? { granted: null };
    expect(granted?.items.map(({ id }) => id)).toEqual(['person.fullName']);
    expect(granted?.document).toContain('fullName');
    expect(granted?.document).not.toContain('ageOver');
    const [{ text } = { text: '' }] = await sharing.sql<{ text: string }>(
      'SELECT text FROM shown_texts WHERE hash = $1',
      [textHash],
    );
    for (const word of [
      'Công ty hotel',
      '0100000000',
      'hotel.example',
      'data@x.example',
      'Nhận phòng',
      'To check in',
      'Xuất trình giấy tờ.',
      'identity.basic',
    ])
      expect(text).toContain(word);
  });

  it('gives a voluntary item that was named', async () => {
    const handle = await taken('generous');
    await decide(handle, { voluntary: ['person.ageOver(years:18)'] }, confirmed('generous'));
    expect((await rowOf(handle))?.decision.granted.items).toHaveLength(2);
  });

  it('takes a confirmation made since the request was taken', async () => {
    const before = confirmedAt(sharing.clock);
    const handle = await taken('hasty');
    for (const caller of [person('hasty'), person('hasty', { confirmed: before })])
      expect(refusalOf(await decide(handle, {}, caller))).toEqual({ code: 'PASSCODE_REQUIRED' });
    expect((await rowOf(handle))?.state).toBe('CLAIMED');
  });

  it('takes a confirmation that approved nothing else, of fifty at once exactly one', async () => {
    const handles: string[] = [];
    for (let count = 0; count < 50; count += 1) handles.push(await taken('many'));
    const caller = confirmed('many');
    const answers = await Promise.all(handles.map((handle) => decide(handle, {}, caller)));
    expect(answers.filter(({ body }) => body.errors === undefined)).toHaveLength(1);
    expect(new Set(answers.map((answer) => refusalOf(answer)?.code))).toEqual(
      new Set([undefined, 'PASSCODE_REQUIRED']),
    );
  });

  it('is given once, of fifty at once with a confirmation each', async () => {
    const handle = await taken('often');
    const answers = await Promise.all(
      Array.from({ length: 50 }, () => decide(handle, {}, confirmed('often'))),
    );
    expect(answers.filter(({ body }) => body.errors === undefined)).toHaveLength(1);
    expect(new Set(answers.map((answer) => refusalOf(answer)?.reason))).toEqual(
      new Set([undefined, 'SHARE_DECIDED']),
    );
  });

  it('is nobody’s but who has taken the request', async () => {
    const handle = await taken('owner');
    expect(refusalOf(await decide(handle, {}, confirmed('other')))).toEqual({ code: 'NOT_FOUND' });
  });

  it('is late after five minutes, whoever has or has not written that down', async () => {
    const handle = await taken('slow');
    sharing.clock.advance(299);
    expect(refusalOf(await decide(handle, {}, confirmed('slow')))).toMatchObject({
      code: 'BAD_USER_INPUT',
      reason: 'SHARE_EXPIRED',
    });
    expect((await rowOf(handle))?.state).toBe('CLAIMED');
    const seen = await sharing.client.ask(
      'query($handle: String!) { shareRequest(handle: $handle) { state } }',
      { handle },
      person('slow'),
    );
    expect(seen.body.data.shareRequest.state).toBe('EXPIRED');
  });

  it('can be taken back until the number is typed', async () => {
    const handle = await taken('changed');
    await decide(handle, {}, confirmed('changed'));
    const no = await decide(handle, { decision: 'DECLINE' }, person('changed'));
    expect(no.body.data.decideShare).toMatchObject({ state: 'DECLINED', number: null });
    expect(toldBy(no)).toEqual([expect.objectContaining({ change: 'declined' })]);
  });
});

describe('what takes a tick of its own', () => {
  const tick = item('person.ageOver(years:18)', 'age.over', { separateTick: true, sensitive: true });
  const ask = { items: [item('person.fullName', 'identity.basic'), tick] };

  it('refuses the decision without it, and goes with it', async () => {
    const handle = await taken('ticks', { ask });
    expect(refusalOf(await decide(handle, {}, confirmed('ticks')))).toMatchObject({
      field: 'ticked',
      reason: 'TICK_REQUIRED',
    });
    expect(refusalOf(await decide(handle, { ticked: ['person.sex'] }, confirmed('ticks')))).toMatchObject({
      reason: 'ITEM_UNKNOWN',
    });
    const yes = await decide(handle, { ticked: ['person.ageOver(years:18)'] }, confirmed('ticks'));
    expect(yes.body.data.decideShare.state).toBe('APPROVED');
  });
});

describe('a ward', () => {
  const wards = [
    { relation: 'small', subject: 'child-of-six', born: '2020-01-01' },
    { relation: 'big', subject: 'child-of-ten', born: '2016-01-01' },
    { relation: 'old', subject: 'grandmother', born: '1940' },
  ];
  const guardian = () => confirmed('guardian', { wards });

  it('of seven or older is asked too, a younger or a grown one is not', async () => {
    const handle = await taken('guardian');
    const unasked = await decide(handle, { dependant: 'big' }, guardian());
    expect(refusalOf(unasked)).toMatchObject({ field: 'wardAgrees', reason: 'WARD_YES_REQUIRED' });
    const asked = await decide(handle, { dependant: 'big', wardAgrees: true }, guardian());
    expect(asked.body.data.decideShare).toMatchObject({
      state: 'APPROVED',
      wards: [
        { id: 'small', ownYesNeeded: false },
        { id: 'big', ownYesNeeded: true },
        { id: 'old', ownYesNeeded: false },
      ],
    });
    expect((await rowOf(handle))?.decision).toMatchObject({
      subject: 'child-of-ten',
      relationId: 'big',
      wardAgreed: true,
    });
    for (const dependant of ['small', 'old']) {
      const other = await taken('guardian');
      expect((await decide(other, { dependant }, guardian())).body.errors).toBeUndefined();
    }
  });

  it('that is not the caller’s is nobody’s', async () => {
    const handle = await taken('guardian');
    expect(refusalOf(await decide(handle, { dependant: 'another' }, guardian()))).toMatchObject({
      reason: 'WARD_UNKNOWN',
    });
  });

  it('under age does not decide alone', async () => {
    const handle = await taken('young');
    expect(refusalOf(await decide(handle, {}, confirmed('young', { born: '2010-05-05' })))).toEqual({
      code: 'GUARDIAN_REQUIRED',
    });
  });
});
