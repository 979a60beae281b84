import { randomBytes } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { countStatements } from '../harness/service-database.ts';
import { PageBrowser } from './page-browser.ts';
import { PageVisitor } from './page-visitor.ts';
import type { PageEvent } from './page-visitor.ts';
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

/** A browser that has just arrived with a pushed request. */
async function arrive(): Promise<{ page: PageVisitor; handle: string; browser: PageBrowser }> {
  const { browser, handle } = await visit(sharing, party, await push(sharing, party));
  return { page: new PageVisitor(sharing.url, handle, browser), handle, browser };
}

/** Puts a row as it would be after so many seconds, or after what a person did. */
const put = (handle: string, changes: string): Promise<unknown> =>
  sharing.sql(`UPDATE share_requests SET ${changes} WHERE handle = $1`, [handle]);
const taken = (state = 'CLAIMED', decideUntil = "now() + interval '5 minutes'"): string =>
  `state = '${state}', claimed_by = 'subject-one', claimed_at = now(), door = 'qr', decide_until = ${decideUntil}`;

describe('the browser that began', () => {
  it('is told who asks and what for, with a picture that changes; of the person nothing', async () => {
    const { page, handle } = await arrive();
    const { status, headers, body } = await page.state();
    expect([status, headers.get('cache-control')]).toEqual([200, 'no-store']);
    expect(body).toMatchObject({
      state: 'WAITING',
      renewable: true,
      party: { legalName: 'Công ty Khách sạn', domain: 'khach-san.example', verified: true },
      purpose: { code: 'hotel_check_in', text: { vi: 'Nhận phòng', en: 'Check in' } },
    });
    expect(body.code.text).toMatch(
      new RegExp(`^${sharing.url}/#/share/${handle}\\.[0-9a-z]+\\.q\\.[\\w-]{16}$`),
    );
    await sleep(body.code.nextInMs + 20);
    const later = (await page.state()).body;
    expect(later.code.text).not.toBe(body.code.text);
    expect(later.code.link).toBe(body.code.link);
    await put(handle, taken());
    expect(JSON.stringify((await page.state()).body)).not.toContain('subject-one');
  });

  it('is the only one: any other is answered as if there were no such request', async () => {
    const { handle } = await arrive();
    const another = await arrive();
    const nobody = new PageBrowser();
    const unknown = randomBytes(16).toString('base64url');
    const answers = [];
    for (const [name, browser] of [
      [handle, nobody],
      [handle, another.browser],
      [unknown, nobody],
      [unknown, another.browser],
    ] as const) {
      const page = new PageVisitor(sharing.url, name, browser);
      for (const action of ['state', 'events']) answers.push(await page.get(action));
      for (const action of ['number', 'renew', 'cancel'])
        answers.push(await page.post(action, { number: '123' }));
    }
    expect(new Set(answers.map(({ status, body }) => `${status} ${JSON.stringify(body)}`))).toEqual(
      new Set(['404 {"error":"NOT_FOUND"}']),
    );
    const { body } = await new PageVisitor(sharing.url, another.handle, another.browser).state();
    expect(body.state).toBe('WAITING');
  });

  it('cannot show the cookie of its own request for another', async () => {
    const { handle } = await arrive();
    const attacker = await arrive();
    const cookie = attacker.browser.cookieFor(`${sharing.url}/share/${attacker.handle}/state`);
    expect(cookie).toContain('_interaction');
    const answer = await fetch(`${sharing.url}/share/${handle}/state`, { headers: { cookie } });
    expect(answer.status).toBe(404);
  });

  it.each(['', '/', '/x/state', '/..%2f/state', `/${'a'.repeat(22)}/delete`, `/${'a'.repeat(65)}/state`])(
    'a path that is none answers like an unknown request: %j',
    async (path) => {
      const answer = await fetch(`${sharing.url}/share${path}`, { headers: { accept: 'application/json' } });
      expect(answer.status).toBe(404);
    },
  );
});

describe('another site', () => {
  it.each<[string, Record<string, string>, number]>([
    ['a form', { 'content-type': 'text/plain' }, 415],
    ['a form with its own type', { 'content-type': 'application/x-www-form-urlencoded' }, 415],
    ['a script', { origin: 'https://evil.example', 'sec-fetch-site': 'cross-site' }, 403],
    ['a script of a neighbour', { 'sec-fetch-site': 'same-site' }, 403],
    ['a script that only names itself', { origin: 'https://evil.example' }, 403],
    ['a frame without an origin', { origin: 'null' }, 403],
  ])('cannot post for the browser: %s', async (_name, headers, status) => {
    const { page } = await arrive();
    for (const action of ['number', 'renew', 'cancel'])
      expect((await page.post(action, {}, headers)).status).toBe(status);
    expect((await page.state()).body.state).toBe('WAITING');
  });

  it('nor can what names no origin at all', async () => {
    const { page } = await arrive();
    const answer = await page.raw('cancel', '{}', { 'content-type': 'application/json' });
    expect(answer).toMatchObject({ status: 403, body: { error: 'NOT_OUR_PAGE' } });
  });
});

describe('a new code', () => {
  it('takes the place of one that ran out, with its full time, and the old one with its key is worth nothing', async () => {
    const { page, handle } = await arrive();
    const before = (await page.state()).body.code.link;
    await put(handle, `claim_until = now() - interval '1 second'`);
    const expired = (await page.state()).body;
    expect(expired).toMatchObject({ state: 'EXPIRED', renewable: true, ended: false });
    expect(expired).not.toHaveProperty('code');
    const { status, body } = await page.post('renew');
    expect([status, body.state, body.ended]).toEqual([200, 'WAITING', false]);
    expect(body.leftMs).toBeGreaterThan(118_000);
    expect(body.code.link).not.toBe(before);
  });

  it('comes for what is written down as expired too, and while the old one still works', async () => {
    const { page, handle } = await arrive();
    expect((await page.post('renew')).status).toBe(200);
    await put(handle, `state = 'EXPIRED', ended_at = now(), claim_until = now()`);
    expect((await page.post('renew')).body.state).toBe('WAITING');
    const [row] = await sharing.sql<{ ended_at: unknown }>(
      'SELECT ended_at FROM share_requests WHERE handle = $1',
      [handle],
    );
    expect(row?.ended_at).toBeNull();
  });

  it.each([
    ['taken', taken()],
    ['decided', `${taken('DECLINED')}, decided_at = now()`],
    ['cancelled', `state = 'CANCELLED'`],
    ['ten minutes old', `claim_until = now(), created_at = now() - interval '10 minutes'`],
    ['taken and run out', taken('EXPIRED')],
  ])('never comes for what is %s', async (_name, changes) => {
    const { page, handle } = await arrive();
    await put(handle, changes);
    expect(await page.post('renew')).toMatchObject({ status: 409, body: { error: 'NOT_RENEWABLE' } });
  });
});

describe('an end', () => {
  it.each([
    ['DECLINED', `${taken('DECLINED')}, decided_at = now()`],
    ['CANCELLED', `${taken('CANCELLED')}, wrong_numbers = 3`],
    ['EXPIRED', taken('CLAIMED', "now() - interval '1 second'")],
  ])('%s leads back to the relying party, which hears that nothing was granted', async (state, changes) => {
    const { page, handle, browser } = await arrive();
    await put(handle, changes);
    const { body } = await page.state();
    expect(body).toMatchObject({ state, ended: true });
    const { location } = await browser.get(body.redirectTo);
    const back = new URL(location ?? '');
    expect(back.origin + back.pathname).toBe(party.redirectUri);
    expect(Object.fromEntries(back.searchParams)).toMatchObject({
      error: 'access_denied',
      state: 'the-state',
    });
    // And then there is nothing here any more.
    expect((await page.state()).status).toBe(404);
  });

  it('is what cancelling brings, once', async () => {
    const { page } = await arrive();
    const { status, body } = await page.post('cancel');
    expect([status, body.state, body.ended]).toEqual([200, 'CANCELLED', true]);
    expect(body.redirectTo).toContain('/oauth/');
    expect(await page.post('cancel')).toMatchObject({ status: 409, body: { error: 'TOO_LATE' } });
  });

  it('is not what cancelling brings once somebody has granted', async () => {
    const { page, handle } = await arrive();
    await put(handle, `${taken('GRANTED')}, decided_at = now()`);
    expect(await page.post('cancel')).toMatchObject({ status: 409 });
  });
});

/** Reads messages until one is as wanted. */
async function readUntil(events: AsyncGenerator<PageEvent>, state: string): Promise<PageEvent[]> {
  const read: PageEvent[] = [];
  for (let next = await events.next(); next.done !== true; next = await events.next()) {
    read.push(next.value);
    if (next.value.data.state === state) break;
  }
  return read;
}

describe('the events', () => {
  it('tell each state in order as it comes, pictures between, and end with the request', async () => {
    const { page, handle } = await arrive();
    const events = page.events();
    const first = await events.next();
    expect(first.value.data.state).toBe('WAITING');
    const second = await events.next();
    expect(second.value.data.code.text).not.toBe(first.value.data.code.text);
    for (const [state, changes] of [
      ['CLAIMED', taken()],
      ['APPROVED', `state = 'APPROVED', decided_at = now(), number = '123'`],
    ] as const) {
      await put(handle, changes);
      const read = await readUntil(events, state);
      expect(read.at(-1)?.data.state).toBe(state);
    }
    await put(handle, `state = 'DECLINED', number = NULL, ended_at = now()`);
    const last = await events.next();
    expect(last.value.data).toMatchObject({ state: 'DECLINED', ended: true });
    expect(last.value.data.redirectTo).toContain('/oauth/');
    expect((await events.next()).done).toBe(true);
  });

  it('tell that the time is up, and of the new code', async () => {
    const { page, handle } = await arrive();
    const events = page.events();
    await events.next();
    await put(handle, `claim_until = now()`);
    expect((await readUntil(events, 'EXPIRED')).at(-1)?.data).toMatchObject({
      renewable: true,
      ended: false,
    });
    await page.post('renew');
    expect((await readUntil(events, 'WAITING')).at(-1)?.data.code.text).toContain(handle);
    await events.return(undefined);
  });

  it('go to the tab that was opened last; the one before is told, and keeps the state', async () => {
    const { page } = await arrive();
    const first = page.events();
    await first.next();
    const second = page.events();
    await second.next();
    const told = [];
    for await (const { event } of first) told.push(event);
    expect(told.at(-1)).toBe('replaced');
    expect((await page.state()).status).toBe(200);
    await second.return(undefined);
  });

  it('cost one look at the database for all pages that are open', async () => {
    const open = await Promise.all(Array.from({ length: 5 }, arrive));
    const streams = open.map(({ page }) => page.events());
    await Promise.all(streams.map((stream) => stream.next()));
    const counted = await countStatements(sharing.databaseUrl, () => sleep(2_000));
    const looks = [...counted].filter(([text]) => text.includes('share_requests')).map(([, calls]) => calls);
    expect(looks.length).toBe(1);
    expect(looks[0]).toBeLessThanOrEqual(5);
    await Promise.all(streams.map((stream) => stream.return(undefined)));
  });
});
