import type { RunningGateway } from '@dinhdanh/gateway';
import type { DemoPerson } from '@dinhdanh/start';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { ask, at, readDemo } from '../harness/client.ts';
import type { Answer } from '../harness/client.ts';
import { openOwnDoor, refusedCount } from './own-door.ts';
import { PageBrowser } from './page-browser.ts';
import { PageVisitor } from './page-visitor.ts';
import type { RelyingParty } from './relying-party.ts';
import * as whole from './whole-flow.ts';
import type { Begun, LoggedEntry, Visitor, Way } from './whole-flow.ts';

// The attacker at the picture, the link and the number: over the real front door, with all services behind it.
const system = inject('system');
const { citizens } = readDemo(system.dataFolder);

let way: Way;
let ownDoor: RunningGateway;
let party: RelyingParty;
let victim: Visitor;
let other: Visitor;
beforeAll(async () => {
  way = await whole.openWay(system);
  ownDoor = await openOwnDoor(system, way);
  party = await whole.newParty(way);
  victim = await whole.visitorOf(way, person('level2'));
  other = await whole.visitorOf(way, person('foreigner'));
});
afterAll(() => ownDoor.stop());

/** A browser that sends the cookie of its own request to whatever address it likes. */
class ForgingBrowser extends PageBrowser {
  readonly #own: Begun;

  constructor(own: Begun) {
    super();
    this.#own = own;
  }

  override cookieFor(): string {
    return this.#own.browser.cookieFor(`${way.url}/share/${this.#own.handle}/state`);
  }
}

function person(key: string): DemoPerson {
  return citizens[key] ?? expect.unreachable(`no ${key}`);
}

/** What a signed-in person is told, without what differs in each answer. */
function told({ status, errors }: Answer): unknown {
  return [status, errors.map(({ message, extensions }) => ({ message, code: extensions.code, extensions }))];
}

function codes({ errors }: Answer): unknown[] {
  return errors.map(({ extensions }) => extensions['reason'] ?? extensions.code);
}

/** The refusals of persons in the access log since a moment. */
async function personsRefused(since: Date): Promise<readonly (string | null)[]> {
  const entries = await whole.entriesOf(way, { since });
  return entries
    .filter(({ event, actor }) => event === 'denied' && actor.kind === 'person')
    .map(({ refusal }) => refusal);
}

function deniedOf(entries: readonly LoggedEntry[]): readonly (string | null)[] {
  return entries.filter(({ event }) => event === 'denied').map(({ refusal }) => refusal);
}

async function stateOf({ handle }: Begun): Promise<{ state: string; consents: number }> {
  const [row] = await way.sql<{ state: string; consents: number }>(
    `SELECT s.state::text AS state, (SELECT count(*)::int FROM consents c WHERE c.handle = s.handle) AS consents
     FROM share_requests s WHERE s.handle = $1`,
    [handle],
  );
  return row ?? expect.unreachable('a request');
}

describe('a picture that was passed on', () => {
  it('is worth nothing once it is older than three steps, and the person is told to take the new one', async () => {
    const begun = await whole.begin(way, party);
    const screenshot = await whole.codeShown(begun);
    // As if seven seconds had gone by: the picture has turned over three times.
    await way.sql(
      `UPDATE share_requests SET code_from = code_from - interval '7 seconds' WHERE handle = $1`,
      [begun.handle],
    );
    const since = new Date();
    expect(codes(await whole.take(way, screenshot, victim))).toEqual(['CODE_EXPIRED']);
    expect(await stateOf(begun)).toEqual({ state: 'WAITING', consents: 0 });
    await expect.poll(() => personsRefused(since)).toContain('BAD_USER_INPUT');
    expect((await whole.take(way, await whole.codeShown(begun), victim)).errors).toEqual([]);
  });

  it('cannot be turned on by who holds it: the next step, another door, another request', async () => {
    const begun = await whole.begin(way, party);
    const [handle = '', step = '', , mac = ''] = (await whole.codeShown(begun)).split('.');
    const next = (Number.parseInt(step, 36) + 1).toString(36);
    const elsewhere = await whole.begin(way, party);
    const unknown = told(await whole.take(way, `${'A'.repeat(handle.length)}.${step}.q.${mac}`, victim));
    for (const forged of [
      `${handle}.${next}.q.${mac}`,
      `${handle}.0.l.${mac}`,
      `${elsewhere.handle}.${step}.q.${mac}`,
      `${handle}.${step}.q.${mac.slice(1)}A`,
    ]) {
      const since = new Date();
      expect(told(await whole.take(way, forged, victim)), forged).toEqual(unknown);
      await expect.poll(() => personsRefused(since)).toContain('NOT_FOUND');
    }
    expect(await stateOf(begun)).toEqual({ state: 'WAITING', consents: 0 });
  });

  it('is taken by one account: to the second it is a request that never was', async () => {
    const begun = await whole.begin(way, party);
    const code = await whole.codeShown(begun);
    expect((await whole.take(way, code, victim)).errors).toEqual([]);
    const since = new Date();
    const second = await whole.take(way, code, other);
    const unknown = await whole.take(way, `${'B'.repeat(32)}${code.slice(begun.handle.length)}`, other);
    expect(codes(second)).toEqual(['NOT_FOUND']);
    expect(told(second)).toEqual(told(unknown));
    expect(told(await whole.decide(way, begun.handle, other))).toEqual(
      told(await whole.decide(way, 'C'.repeat(begun.handle.length), other)),
    );
    expect(codes(await whole.decide(way, begun.handle, other, { decision: 'DECLINE' }))).toEqual([
      'NOT_FOUND',
    ]);
    expect(await stateOf(begun)).toEqual({ state: 'CLAIMED', consents: 0 });
    await expect.poll(async () => (await personsRefused(since)).length).toBeGreaterThanOrEqual(5);
  });

  it('is no use to who may not share: level 1, a locked account, nobody, a person without a fresh passcode', async () => {
    const begun = await whole.begin(way, party);
    const code = await whole.codeShown(begun);
    const since = new Date();
    for (const [key, refusal] of [
      ['level1', 'LEVEL_REQUIRED'],
      ['locked', 'ACCOUNT_LOCKED'],
    ] as const) {
      const visitor = await whole.visitorOf(way, person(key));
      expect(codes(await whole.take(way, code, visitor)), key).toEqual([refusal]);
      await expect.poll(() => personsRefused(since)).toContain(refusal);
    }
    expect(codes(await whole.take(way, code, { token: 'A'.repeat(43) }))).toEqual(['UNAUTHENTICATED']);
    expect(await stateOf(begun)).toEqual({ state: 'WAITING', consents: 0 });
    expect((await whole.take(way, await whole.codeShown(begun), victim)).errors).toEqual([]);
    expect(codes(await whole.decide(way, begun.handle, victim))).toEqual(['PASSCODE_REQUIRED']);
    await expect.poll(() => personsRefused(since)).toContain('PASSCODE_REQUIRED');
  });
});

describe('the relay: the victim approves what an attacker’s browser began', () => {
  it('the attacker’s browser cannot finish without the number, and three wrong ones end it', async () => {
    const fresh = await whole.newParty(way);
    const begun = await whole.begin(way, fresh);
    const { number } = await whole.approve(way, begun, victim);
    const { body: seen } = await begun.page.state();
    expect(seen).toMatchObject({ state: 'APPROVED', numberNeeded: true });
    expect(seen).not.toHaveProperty('redirectTo');
    expect(JSON.stringify(seen)).not.toContain(`"${number}"`);
    const guesses = ['000', '111', '222', '333'].filter((guess) => guess !== number);
    for (const guess of guesses.slice(0, 3))
      expect((await begun.page.post('number', { number: guess })).status).toBe(403);
    const late = await begun.page.post('number', { number });
    expect([late.status, late.body.state.state]).toEqual([409, 'CANCELLED']);
    expect(await stateOf(begun)).toEqual({ state: 'CANCELLED', consents: 0 });
    await expect
      .poll(async () => deniedOf(await whole.entriesOf(way, { actor: fresh.id })))
      .toEqual(['NOT_PERMITTED', 'NOT_PERMITTED', 'NOT_PERMITTED']);
  });

  it('who goes straight on to where the request would end comes away with nothing', async () => {
    const begun = await whole.begin(way, party);
    await whole.approve(way, begun, victim);
    const [row] = await way.sql<{ interaction: string }>(
      'SELECT interaction FROM share_requests WHERE handle = $1',
      [begun.handle],
    );
    const resumed = await begun.browser.get(`${way.url}/oauth/auth/${row?.interaction}`);
    expect(resumed.location ?? '').not.toContain('code=');
    expect(resumed.location ?? '').not.toContain(party.redirectUri);
    expect(await stateOf(begun)).toEqual({ state: 'APPROVED', consents: 0 });
  });

  it('the number typed anywhere but in the browser that began grants nothing', async () => {
    const begun = await whole.begin(way, party);
    const { number } = await whole.approve(way, begun, victim);
    const before = await refusedCount(ownDoor, 'SHARE_OF_ANOTHER_BROWSER');
    const foreign = new PageVisitor(way.url, begun.handle, new PageBrowser(), ownDoor.url);
    expect((await foreign.post('number', { number })).status).toBe(404);
    // A browser that has begun a request of its own holds a cookie, but not this one’s.
    const own = await whole.begin(way, party);
    const forging = new PageVisitor(way.url, begun.handle, new ForgingBrowser(own), ownDoor.url);
    expect((await forging.post('number', { number })).status).toBe(404);
    const forced = await begun.page.post('number', { number }, { 'sec-fetch-site': 'cross-site' });
    expect(forced.status).toBe(403);
    expect(await stateOf(begun)).toEqual({ state: 'APPROVED', consents: 0 });
    expect(await refusedCount(ownDoor, 'SHARE_OF_ANOTHER_BROWSER')).toBe(before + 2);
    expect((await begun.page.post('number', { number })).status).toBe(200);
  });

  it('the link back works once, in the browser that began, and in no other', async () => {
    const begun = await whole.begin(way, party);
    const { returnUrl } = await whole.approve(way, begun, victim, { door: 'link' });
    const back = returnUrl ?? expect.unreachable('a way back');
    const before = await refusedCount(ownDoor, 'SHARE_OF_ANOTHER_BROWSER');
    const foreign = await new PageBrowser().get(back.replace(way.url, ownDoor.url));
    expect([foreign.status, foreign.location]).toEqual([404, null]);
    expect(await refusedCount(ownDoor, 'SHARE_OF_ANOTHER_BROWSER')).toBe(before + 1);
    expect(await stateOf(begun)).toEqual({ state: 'APPROVED', consents: 0 });
    const wrong = await begun.browser.get(back.replace(/code=.*/, `code=${'A'.repeat(22)}`));
    expect([wrong.status, wrong.location]).toEqual([404, null]);
    await expect
      .poll(async () => deniedOf(await whole.entriesOf(way, { actor: party.id })))
      .toContain('NOT_PERMITTED');
    const { status, location } = await begun.browser.get(back);
    expect([status, location]).toEqual([303, expect.stringContaining('/oauth/auth/')]);
    expect(await stateOf(begun)).toEqual({ state: 'GRANTED', consents: 1 });
  });

  it('one confirmation approves one request: a second in its shadow is refused', async () => {
    const [one, two] = [await whole.begin(way, party), await whole.begin(way, party)];
    for (const begun of [one, two])
      expect((await whole.take(way, await whole.codeShown(begun), victim)).errors).toEqual([]);
    await whole.confirm(way, victim);
    expect(at((await whole.decide(way, one.handle, victim)).data, 'decideShare', 'state')).toBe('APPROVED');
    expect(codes(await whole.decide(way, two.handle, victim))).toEqual(['PASSCODE_REQUIRED']);
    expect(await stateOf(two)).toEqual({ state: 'CLAIMED', consents: 0 });
  });
});

describe('handles that are tried out', () => {
  it('a request of another browser and one that never was are answered alike on every path of the page', async () => {
    const begun = await whole.begin(way, party);
    const own = await whole.begin(way, party);
    const before = await refusedCount(ownDoor, 'SHARE_OF_ANOTHER_BROWSER');
    const tried = async (handle: string, browser: PageBrowser): Promise<unknown[]> => {
      const page = new PageVisitor(way.url, handle, browser, ownDoor.url);
      const answers = [
        await page.state(),
        await page.get('events'),
        await page.get('return?code=AAAAAAAAAAAAAAAAAAAAAA'),
        await page.post('number', { number: '123' }),
        await page.post('renew'),
        await page.post('cancel'),
      ];
      return answers.map(({ status, headers, body }) => [
        status,
        body,
        [...headers].filter(([name]) => name !== 'date').sort(),
      ]);
    };
    const foreign = await tried(begun.handle, new ForgingBrowser(own));
    expect(foreign.map((answer) => (answer as unknown[])[0])).toEqual([404, 404, 404, 404, 404, 404]);
    expect(foreign).toEqual(await tried('D'.repeat(begun.handle.length), new ForgingBrowser(own)));
    expect(foreign).toEqual(await tried(begun.handle, new PageBrowser()));
    expect(await refusedCount(ownDoor, 'SHARE_OF_ANOTHER_BROWSER')).toBe(before + 18);
    expect(await stateOf(begun)).toEqual({ state: 'WAITING', consents: 0 });
  });

  it('a handle has at least 128 bits of chance, and tells nothing to a person who has not taken it', async () => {
    const begun = await whole.begin(way, party);
    expect(Buffer.from(begun.handle, 'base64url').length).toBeGreaterThanOrEqual(16);
    const query = 'query($handle: String!) { shareRequest(handle: $handle) { handle state } }';
    const looked = async (handle: string): Promise<unknown> =>
      (await ask(way.url, query, { token: other.token, variables: { handle } })).data;
    expect(await looked(begun.handle)).toEqual({ shareRequest: null });
    expect(await looked('E'.repeat(begun.handle.length))).toEqual({ shareRequest: null });
  });
});
