import type { DemoPerson } from '@dinhdanh/start';
import { beforeAll, expect, inject, it } from 'vitest';
import { readDemo } from '../harness/client.ts';
import { persona } from '../harness/told-people.ts';
import { PageBrowser } from './page-browser.ts';
import { PageVisitor } from './page-visitor.ts';
import { authentication, hotelDetail, post, proof, proofKey, pushed, send } from './relying-party.ts';
import type { RelyingParty } from './relying-party.ts';
import * as whole from './whole-flow.ts';
import type { LoggedEntry, Shared, Visitor, Way } from './whole-flow.ts';

// Whatever is tried at the doors of sharing stands in the access log: by itself where it is known who tried, else in the entry
// of the period, which tells how many there were.
const system = inject('system');
const { citizens } = readDemo(system.dataFolder);
const QUERY = '{ person { fullName } }';

let way: Way;
let victim: Visitor;
let other: Visitor;
beforeAll(async () => {
  way = await whole.openWay(system);
  victim = await whole.visitorOf(way, citizens['level2'] as DemoPerson);
  other = await whole.visitorOf(way, citizens['foreigner'] as DemoPerson);
});

/** Where an attempt must be found. */
type Trace =
  /** Of the relying party that tried, or in whose name it was tried. */
  | { readonly party: RelyingParty; readonly refusal: string }
  /** Of a person who is signed in. */
  | { readonly person: true; readonly refusal: string }
  /** Of nobody knows whom: so many of the kind at least. */
  | { readonly strangers: number; readonly refusal: string };

const share = async (): Promise<Shared> => whole.share(way, await whole.newParty(way), victim);
const ages = (count: number): string =>
  Array.from({ length: count }, (_, at) => `a${at}: ageOver(years: ${at})`).join(' ');

/** Asks beyond the grant; whichever way it is written. */
async function askBeyond(query: string, refusal = 'CONSENT_REQUIRED'): Promise<Trace> {
  const shared = await share();
  expect((await whole.read(way, shared, query)).data ?? null).toBeNull();
  return { party: shared.party, refusal };
}

const ATTEMPTS: readonly (readonly [what: string, attempt: () => Promise<Trace>])[] = [
  [
    'a picture older than three steps',
    async () => {
      const begun = await whole.begin(way, await whole.newParty(way));
      const screenshot = await whole.codeShown(begun);
      await way.sql(
        `UPDATE share_requests SET code_from = code_from - interval '7 seconds' WHERE handle = $1`,
        [begun.handle],
      );
      expect((await whole.take(way, screenshot, other)).errors).toHaveLength(1);
      return { person: true, refusal: 'BAD_USER_INPUT' };
    },
  ],
  [
    'a second claimant',
    async () => {
      const begun = await whole.begin(way, await whole.newParty(way));
      const code = await whole.codeShown(begun);
      expect((await whole.take(way, code, victim)).errors).toEqual([]);
      expect((await whole.take(way, code, other)).errors).toHaveLength(1);
      return { person: true, refusal: 'NOT_FOUND' };
    },
  ],
  [
    'a relay without the number',
    async () => {
      const begun = await whole.begin(way, await whole.newParty(way));
      const { number } = await whole.approve(way, begun, victim);
      const guess = number === '000' ? '111' : '000';
      expect((await begun.page.post('number', { number: guess })).status).toBe(403);
      return { party: begun.party, refusal: 'NOT_PERMITTED' };
    },
  ],
  [
    'a request that another browser had begun',
    async () => {
      const begun = await whole.begin(way, await whole.newParty(way));
      const stranger = new PageVisitor(way.url, begun.handle, new PageBrowser());
      expect((await stranger.state()).status).toBe(404);
      return { party: begun.party, refusal: 'SHARE_OF_ANOTHER_BROWSER' };
    },
  ],
  [
    'a pushed request that was used',
    async () => {
      const shared = await share();
      const again = await whole.openRequest(way, shared.party, shared.requestUri, new PageBrowser());
      expect(again.status).toBe(400);
      return { party: shared.party, refusal: 'OAUTH_INVALID_REQUEST_URI' };
    },
  ],
  [
    'a code that was used',
    async () => {
      const shared = await share();
      expect((await whole.redeemCode(way, shared, shared.code)).status).toBe(400);
      return { party: shared.party, refusal: 'OAUTH_INVALID_GRANT' };
    },
  ],
  [
    'a proof that was used at the authorization server',
    async () => {
      const party = await whole.newParty(way);
      const [key, par] = [await proofKey(), `${way.url}/oauth/par`];
      const push = async (dpop: string) =>
        post(par, { ...(await authentication(party, way.url)), ...pushed(party) }, { dpop });
      const challenge = await push(await proof(key, { url: par }));
      const made = await proof(key, { url: par, nonce: challenge.headers.get('dpop-nonce') });
      expect([(await push(made)).status, (await push(made)).status]).toEqual([201, 400]);
      return { party, refusal: 'OAUTH_INVALID_DPOP_PROOF' };
    },
  ],
  [
    'a proof that was used at the gateway',
    async () => {
      const shared = await share();
      expect((await whole.read(way, shared, QUERY)).errors).toEqual([]);
      const copied = await whole.proofFor(way, shared, `${way.url}/graphql`);
      expect((await whole.read(way, shared, QUERY, { proof: copied })).errors).toEqual([]);
      expect((await whole.read(way, shared, QUERY, { proof: copied })).status).toBe(401);
      return { party: shared.party, refusal: 'PROOF_REPLAYED' };
    },
  ],
  [
    'an assertion that was used',
    async () => {
      const party = await whole.newParty(way);
      const [key, par] = [await proofKey(), `${way.url}/oauth/par`];
      const signed = await authentication(party, way.url);
      const push = async (nonce: string | null) =>
        post(par, { ...signed, ...pushed(party) }, { dpop: await proof(key, { url: par, nonce }) });
      const first = await push(null);
      expect((await push(first.headers.get('dpop-nonce'))).status).toBe(401);
      return { party, refusal: 'OAUTH_INVALID_CLIENT' };
    },
  ],
  [
    'an assertion of a client that is none',
    async () => {
      const party = { ...(await whole.newParty(way)), id: 'nobody-of-that-name' };
      const answer = await send(
        party,
        { issuer: way.url, path: '/oauth/par', key: await proofKey() },
        pushed(party),
      );
      expect(answer.status).toBe(401);
      return { strangers: 1, refusal: 'OAUTH_INVALID_CLIENT' };
    },
  ],
  [
    'a stolen token with another key',
    async () => {
      const shared = await share();
      expect((await whole.read(way, shared, QUERY, { key: await proofKey() })).status).toBe(401);
      return { party: shared.party, refusal: 'PROOF_KEY' };
    },
  ],
  [
    'a stolen token without a proof',
    async () => {
      const shared = await share();
      expect((await whole.read(way, shared, QUERY, { scheme: 'Bearer' })).status).toBe(401);
      return { party: shared.party, refusal: 'DPOP_REQUIRED' };
    },
  ],
  [
    'a token that was made up',
    async () => {
      const shared = await share();
      const [header = '', payload = ''] = shared.accessToken.split('.');
      const accessToken = `${header}.${payload}.${'A'.repeat(86)}`;
      for (let i = 0; i < 3; i += 1)
        expect((await whole.read(way, { ...shared, accessToken }, QUERY)).status).toBe(401);
      return { strangers: 3, refusal: 'TOKEN_INVALID' };
    },
  ],
  [
    'more than the registration has',
    async () => {
      const party = await whole.newParty(way);
      const detail = { ...hotelDetail, voluntary: [], query: '{ person { contact { phone } } }' };
      const key = await proofKey();
      const asked = await send(party, { issuer: way.url, path: '/oauth/par', key }, pushed(party, detail));
      expect(asked.status).toBe(400);
      return { party, refusal: 'OAUTH_INVALID_AUTHORIZATION_DETAILS' };
    },
  ],
  ['a field beyond the grant', () => askBeyond('{ person { fullName dateOfBirth } }')],
  ['one under the alias of a granted one', () => askBeyond('{ person { fullName: personalNumber } }')],
  ['one in a fragment', () => askBeyond('fragment F on Person { dateOfBirth } { person { fullName ...F } }')],
  [
    'one that @skip leaves',
    () => askBeyond('query($no: Boolean = false) { person { fullName dateOfBirth @skip(if: $no) } }'),
  ],
  ['a handful of ages', () => askBeyond(`{ person { ${ages(5)} } }`)],
  ['a hundred ages', () => askBeyond(`{ person { ${ages(100)} } }`, 'QUERY_TOO_COSTLY')],
  ['the schema', () => askBeyond('{ person { fullName } __schema { types { name } } }')],
  [
    'handles that are tried out by a stranger',
    async () => {
      const handles = Array.from({ length: 25 }, (_, at) => String(at).padStart(32, 'x'));
      for (const handle of handles)
        expect((await new PageVisitor(way.url, handle, new PageBrowser()).state()).status).toBe(404);
      return { strangers: handles.length, refusal: 'SHARE_OF_ANOTHER_BROWSER' };
    },
  ],
  [
    'a code that is tried out by a person',
    async () => {
      expect((await whole.take(way, `${'z'.repeat(32)}.0.q.${'A'.repeat(16)}`, other)).errors).toHaveLength(
        1,
      );
      return { person: true, refusal: 'NOT_FOUND' };
    },
  ],
];

/** How many attempts an entry stands for. */
function countOf(entry: LoggedEntry): number {
  const { requestId } = JSON.parse(entry.text) as { requestId: string };
  return Number(/^attempts:(\d+):[^ ]+Z:[0-9a-f]{8}$/.exec(requestId)?.[1] ?? 1);
}

async function countLogged(trace: Trace, since: Date): Promise<number> {
  const entries = await whole.entriesOf(way, 'party' in trace ? { actor: trace.party.id } : { since });
  const isOf = ({ actor }: LoggedEntry): boolean => {
    if ('party' in trace) return true;
    return 'person' in trace ? actor.kind === 'person' : actor.id === 'unknown-client';
  };
  return entries
    .filter((entry) => entry.event === 'denied' && entry.refusal === trace.refusal && isOf(entry))
    .reduce((sum, entry) => sum + countOf(entry), 0);
}

/** What no entry may hold: names and numbers of the two people. */
const WORDS = (['level2', 'foreigner'] as const).flatMap((key) => {
  const { account } = persona(key);
  const ids = account.identifiers;
  if (ids === null || ids === undefined) return [];
  const { matchName, personalNumber, oldIdNumber, passports, cancelledNumbers } = ids;
  return [matchName, personalNumber, oldIdNumber, ...passports, ...cancelledNumbers].filter(
    (word): word is string => word !== null && word !== '',
  );
});

it.each(ATTEMPTS)('%s is refused and stands in the log', async (_what, attempt) => {
  // Entries carry the moment of the attempt, which is that of this machine.
  const since = new Date();
  const trace = await attempt();
  const least = 'strangers' in trace ? trace.strangers : 1;
  await expect.poll(() => countLogged(trace, since), { timeout: 20_000 }).toBeGreaterThanOrEqual(least);
  const own = await whole.entriesOf(way, 'party' in trace ? { actor: trace.party.id } : { since });
  expect(WORDS.length).toBeGreaterThan(3);
  for (const { text } of own) for (const word of WORDS) expect(text).not.toContain(word);
});
