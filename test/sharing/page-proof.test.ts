import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { PageBrowser } from './page-browser.ts';
import { PageVisitor } from './page-visitor.ts';
import { Phone } from './phone.ts';
import { addParty } from './relying-party.ts';
import type { RelyingParty } from './relying-party.ts';
import { push, visit } from './share-flow.ts';
import { startSharing } from './sharing-under-test.ts';
import type { SharingUnderTest } from './sharing-under-test.ts';

let sharing: SharingUnderTest;
let party: RelyingParty;
beforeAll(async () => {
  sharing = await startSharing();
  party = await addParty(sharing);
});
afterAll(() => sharing.stop());

async function arrive() {
  const { browser, handle } = await visit(sharing, party, await push(sharing, party));
  return { page: new PageVisitor(sharing.url, handle, browser), handle, browser, phone: new Phone(sharing) };
}

/** The same, taken and approved on a phone. */
async function arriveApproved(door: 'text' | 'link' = 'text') {
  const arrived = await arrive();
  const { body } = await arrived.page.state();
  await arrived.phone.claim(body.code[door]);
  return { ...arrived, ...(await arrived.phone.approve(arrived.handle)) };
}

const wrongFor = (number: string): string => (number === '111' ? '222' : '111');
const consentsOf = (handle: string) => sharing.sql('SELECT id FROM consents WHERE handle = $1', [handle]);

describe('a picture', () => {
  it('is taken while it is fresh; photographed and shown again three steps later it is refused', async () => {
    const { page, phone } = await arrive();
    const photographed = (await page.state()).body.code.text;
    await sleep(6_100);
    const late = await phone.claim(photographed);
    expect(late.body.errors[0].extensions).toMatchObject({ code: 'BAD_USER_INPUT', reason: 'CODE_EXPIRED' });
    const fresh = (await page.state()).body.code.text;
    expect((await phone.claim(fresh)).body.data.claimShare.state).toBe('CLAIMED');
    expect((await page.state()).body).toMatchObject({ state: 'CLAIMED', renewable: false });
  });

  it('of before a new code is worth nothing, and so is its link', async () => {
    const { page, phone } = await arrive();
    const { code } = (await page.state()).body;
    await page.post('renew');
    for (const old of [code.text, code.link])
      expect((await phone.claim(old)).body.errors[0].extensions.code).toBe('NOT_FOUND');
  });
});

describe('the number', () => {
  it('typed where it began grants, and sends the browser on with a code', async () => {
    const { page, handle, browser, number } = await arriveApproved();
    expect((await page.state()).body).toMatchObject({ state: 'APPROVED', numberNeeded: true, triesLeft: 3 });
    sharing.told.length = 0;
    const { status, body } = await page.post('number', { number });
    expect([status, body.state, body.ended]).toEqual([200, 'GRANTED', true]);
    expect(sharing.told).toMatchObject([{ event: 'consent-change', change: 'granted' }]);
    const { location } = await browser.get(body.redirectTo);
    expect(new URL(location ?? '').searchParams.get('code')).toMatch(/^[\w-]{20,}$/);
    expect(await consentsOf(handle)).toHaveLength(1);
  });

  it('typed wrong three times ends the request; the right one is too late then', async () => {
    const { page, handle, number } = await arriveApproved();
    for (const triesLeft of [2, 1]) {
      const answer = await page.post('number', { number: wrongFor(number) });
      expect(answer).toMatchObject({
        status: 403,
        body: { error: 'WRONG_NUMBER', state: { state: 'APPROVED', triesLeft } },
      });
    }
    const last = await page.post('number', { number: wrongFor(number) });
    expect(last.body).toMatchObject({
      error: 'WRONG_NUMBER',
      state: { state: 'CANCELLED', triesLeft: 0, ended: true },
    });
    expect(await page.post('number', { number })).toMatchObject({
      status: 409,
      body: { error: 'NOT_APPROVED' },
    });
    expect(await consentsOf(handle)).toEqual([]);
  });

  it('guessed fifty times at once is counted three times', async () => {
    const { page, handle, number } = await arriveApproved();
    const guesses = Array.from({ length: 50 }, () => page.post('number', { number: wrongFor(number) }));
    const statuses = (await Promise.all(guesses)).map(({ status }) => status);
    expect(statuses.every((status) => status === 403 || status === 409)).toBe(true);
    const [row] = await sharing.sql('SELECT state, wrong_numbers FROM share_requests WHERE handle = $1', [
      handle,
    ]);
    expect(row).toEqual({ state: 'CANCELLED', wrong_numbers: 3 });
  });

  it('sent fifty times at once grants once', async () => {
    const { page, handle, number } = await arriveApproved();
    const answers = await Promise.all(Array.from({ length: 50 }, () => page.post('number', { number })));
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(1);
    expect(await consentsOf(handle)).toHaveLength(1);
  });

  it.each([
    {},
    { number: 123 },
    { number: '12' },
    { number: '1234' },
    { number: '12a' },
    { number: ['123'] },
    [],
  ])('that is none is not counted: %j', async (content) => {
    const { page } = await arriveApproved();
    expect(await page.post('number', content)).toMatchObject({ status: 400, body: { error: 'BAD_NUMBER' } });
    expect((await page.state()).body.triesLeft).toBe(3);
  });

  it('is of no use to another browser, nor before anybody has approved', async () => {
    const { handle, number } = await arriveApproved();
    const other = await arrive();
    const stranger = new PageVisitor(sharing.url, handle, other.browser);
    expect((await stranger.post('number', { number })).status).toBe(404);
    expect(await other.page.post('number', { number })).toMatchObject({ status: 409 });
    expect(await consentsOf(handle)).toEqual([]);
  });
});

describe('the way back on the same phone', () => {
  it('grants once in the browser that began, and sends it on', async () => {
    const { page, handle, browser, returnUrl } = await arriveApproved('link');
    expect((await page.state()).body).toMatchObject({ state: 'APPROVED', samePhone: true });
    const action = `return${new URL(returnUrl ?? '').search}`;
    const back = await page.get(action);
    expect(back.status).toBe(303);
    expect(back.headers.get('referrer-policy')).toBe('no-referrer');
    expect(await consentsOf(handle)).toHaveLength(1);
    // Once more, before the browser has gone on: the same consent.
    expect((await page.get(action)).headers.get('location')).toBe(back.headers.get('location'));
    expect(await consentsOf(handle)).toHaveLength(1);
    const { location } = await browser.get(back.headers.get('location') ?? '');
    expect(new URL(location ?? '').searchParams.get('code')).toMatch(/^[\w-]{20,}$/);
    expect((await page.get(action)).status).toBe(404);
  });

  it('opened anywhere else, or with another code, says that nothing was shared, and nothing was', async () => {
    const { page, handle, returnUrl } = await arriveApproved('link');
    const { search } = new URL(returnUrl ?? '');
    const stranger = new PageVisitor(sharing.url, handle, new PageBrowser());
    const unknown = new PageVisitor(sharing.url, 'A'.repeat(22), new PageBrowser());
    const answers = await Promise.all([
      stranger.get(`return${search}`),
      unknown.get(`return${search}`),
      page.get('return?code=AAAAAAAAAAAAAAAAAAAAAA'),
      page.get('return'),
    ]);
    expect(new Set(answers.map(({ status, body }) => `${status} ${body}`)).size).toBe(1);
    expect(answers[0]?.status).toBe(404);
    expect(answers[0]?.body).toContain('Nothing was shared here');
    expect(answers[0]?.headers.get('content-security-policy')).toContain("default-src 'none'");
    expect(await consentsOf(handle)).toEqual([]);
    expect((await page.state()).body.state).toBe('APPROVED');
  });

  it('is not told to who scanned a picture', async () => {
    expect((await arriveApproved()).returnUrl).toBeNull();
  });
});
