import { createHash } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { runSql } from '@dinhdanh/kit/testing';
import type { DemoPerson } from '@dinhdanh/start';
import { ask, at, signIn } from '../harness/client.ts';
import type { Answer } from '../harness/client.ts';
import type { SharedSystem } from '../harness/global-setup.ts';
import { PageBrowser } from './page-browser.ts';
import { PageVisitor } from './page-visitor.ts';
import { addParty, hotelDetail, proof, proofKey, pushed, send, VERIFIER } from './relying-party.ts';
import type { OAuthAnswer, ProofKey, RelyingParty } from './relying-party.ts';

/** Where the whole way is gone: a system's front door, and the databases a test looks behind it with. */
export interface Way {
  /** The public origin, which is the issuer: the system may be reached under other names. */
  readonly url: string;
  readonly sql: <Row extends Record<string, unknown>>(text: string, values?: unknown[]) => Promise<Row[]>;
  readonly databaseUrls: SharedSystem['databaseUrls'];
  /** The nonce that the gateway gave last, so that the next proof is good at once. */
  nonce: string | null;
}

/** A request that a relying party has pushed and a browser has opened. */
export interface Begun {
  readonly party: RelyingParty;
  /** The key that the code, and then the token, are bound to. */
  readonly key: ProofKey;
  readonly requestUri: string;
  readonly handle: string;
  readonly browser: PageBrowser;
  readonly page: PageVisitor;
}

/** A person who is signed in. */
export interface Visitor {
  readonly token: string;
  readonly passcode: string;
}

/** What a relying party holds in the end. */
export interface Shared extends Begun {
  readonly code: string;
  readonly accessToken: string;
  readonly refreshToken: string | null;
  readonly consentId: string;
}

/** What a decision names besides the request: voluntary items, ticks, the dependant. */
export type DecideMore = Readonly<Record<string, unknown>>;

/** Finds the way into a system. */
export async function openWay({
  url,
  databaseUrls,
}: Pick<SharedSystem, 'url' | 'databaseUrls'>): Promise<Way> {
  const metadata = await fetch(`${url}/.well-known/oauth-authorization-server`);
  const { issuer } = (await metadata.json()) as { issuer: string };
  const sql: Way['sql'] = (text, values) => runSql(databaseUrls.sharing ?? '', text, values);
  return { url: issuer, sql, databaseUrls, nonce: null };
}

/** Registers a relying party that an operator has approved; one without limits on what a test may push at once. */
export function newParty(way: Way, state = 'APPROVED'): Promise<RelyingParty> {
  return addParty(way, { state });
}

/** Signs in with the passcode. */
export async function visitorOf(way: Pick<Way, 'url'>, person: DemoPerson): Promise<Visitor> {
  return { token: await signIn(way.url, person), passcode: person.passcode };
}

/** Pushes a request and opens it in a browser, which stands on the page then. */
export async function begin(
  way: Pick<Way, 'url'>,
  party: RelyingParty,
  detail: object = hotelDetail,
): Promise<Begun> {
  const key = await proofKey();
  const answer = await send(party, { issuer: way.url, path: '/oauth/par', key }, pushed(party, detail));
  const requestUri: unknown = answer.body.request_uri;
  if (typeof requestUri !== 'string') throw new TypeError(`not pushed: ${JSON.stringify(answer.body)}`);
  const browser = new PageBrowser();
  const { location } = await openRequest(way, party, requestUri, browser);
  const handle = location?.slice('/share/'.length) ?? '';
  return { party, key, requestUri, handle, browser, page: new PageVisitor(way.url, handle, browser) };
}

/** Opens a pushed request in a browser. */
export function openRequest(
  way: Pick<Way, 'url'>,
  party: RelyingParty,
  requestUri: string,
  browser: PageBrowser,
): ReturnType<PageBrowser['get']> {
  const query = new URLSearchParams({ client_id: party.id, request_uri: requestUri });
  return browser.get(`${way.url}/oauth/auth?${query.toString()}`);
}

/** The code that the picture holds now, or the one of the link on the same phone. */
export async function codeShown({ page }: Begun, door: 'text' | 'link' = 'text'): Promise<string> {
  const { status, body } = await page.state();
  const shown: unknown = body.code?.[door];
  if (typeof shown !== 'string') throw new TypeError(`no code: ${status} ${JSON.stringify(body)}`);
  return shown.split('#/share/')[1] ?? '';
}

/** Takes a request by the code that was scanned. */
export function take(
  way: Pick<Way, 'url'>,
  code: string,
  { token }: Pick<Visitor, 'token'>,
): Promise<Answer> {
  return ask(way.url, 'mutation($code: String!) { claimShare(input: {code: $code}) { handle state } }', {
    token,
    variables: { code },
  });
}

/** Shows the passcode once more: an approval takes a confirmation of its own. */
export async function confirm(way: Pick<Way, 'url'>, { token, passcode }: Visitor): Promise<void> {
  // A confirmation counts only if it is younger than the taking.
  await sleep(2);
  const answer = await ask(
    way.url,
    'mutation($passcode: String!) { confirmPasscode(passcode: $passcode) { expiresAt } }',
    { token, variables: { passcode } },
  );
  if (answer.errors.length > 0) throw new TypeError(`not confirmed: ${answer.text}`);
}

/** Decides a request. */
export function decide(
  way: Pick<Way, 'url'>,
  handle: string,
  { token }: Pick<Visitor, 'token'>,
  more: DecideMore = {},
): Promise<Answer> {
  const input = { handle, decision: 'APPROVE', startedByMe: true, ...more };
  return ask(
    way.url,
    'mutation($input: DecideShareInput!) { decideShare(input: $input) { handle state number returnUrl } }',
    { token, variables: { input } },
  );
}

/** Takes, confirms and approves what a page shows; gives the number to type there, and the way back of a link. */
export async function approve(
  way: Pick<Way, 'url'>,
  begun: Begun,
  visitor: Visitor,
  { door = 'text', more = {} }: { door?: 'text' | 'link'; more?: DecideMore } = {},
): Promise<{ readonly number: string; readonly returnUrl: string | null }> {
  const taken = await take(way, await codeShown(begun, door), visitor);
  if (taken.errors.length > 0) throw new TypeError(`not taken: ${taken.text}`);
  await confirm(way, visitor);
  const decided = await decide(way, begun.handle, visitor, more);
  const number = at(decided.data, 'decideShare', 'number');
  if (typeof number !== 'string') throw new TypeError(`not approved: ${decided.text}`);
  const returnUrl = at(decided.data, 'decideShare', 'returnUrl');
  return { number, returnUrl: typeof returnUrl === 'string' ? returnUrl : null };
}

/** Types the number on the page and follows the browser back to the relying party: the code. */
export async function codeBack({ page, browser }: Begun, number: string): Promise<string> {
  const { status, body } = await page.post('number', { number });
  if (status !== 200) throw new TypeError(`not granted: ${status} ${JSON.stringify(body)}`);
  const { location } = await browser.get(String(body.redirectTo));
  return new URL(location ?? '').searchParams.get('code') ?? '';
}

/** Redeems a code; what is given replaces what is right. */
export function redeemCode(
  way: Pick<Way, 'url'>,
  { party, key }: Pick<Begun, 'party' | 'key'>,
  code: string,
  form: Record<string, string> = {},
): Promise<OAuthAnswer> {
  return send(
    party,
    { issuer: way.url, path: '/oauth/token', key },
    {
      grant_type: 'authorization_code',
      code,
      redirect_uri: party.redirectUri,
      code_verifier: VERIFIER,
      ...form,
    },
  );
}

/** Goes the whole way: pushed, shown, taken, agreed, proved by the number, redeemed. */
export async function share(
  way: Way,
  party: RelyingParty,
  visitor: Visitor,
  { detail, more }: { detail?: object; more?: DecideMore } = {},
): Promise<Shared> {
  const begun = await begin(way, party, detail);
  const { number } = await approve(way, begun, visitor, more === undefined ? {} : { more });
  const code = await codeBack(begun, number);
  return { ...begun, code, ...tokenOf(await redeemCode(way, begun, code)) };
}

/** What a token answer gives. */
export function tokenOf({
  status,
  body,
}: OAuthAnswer): Pick<Shared, 'accessToken' | 'refreshToken' | 'consentId'> {
  if (status !== 200) throw new TypeError(`not redeemed: ${JSON.stringify(body)}`);
  return {
    accessToken: body.access_token,
    refreshToken: body.refresh_token ?? null,
    consentId: body.authorization_details[0].consent_id,
  };
}

/** What a relying party's query differs in from an honest one. */
export interface ReadMore {
  readonly variables?: unknown;
  /** The key that proves; the token's own where left out. */
  readonly key?: ProofKey;
  /** A proof made before. */
  readonly proof?: string;
  readonly scheme?: 'DPoP' | 'Bearer';
  /** A front door of another name for the same issuer. */
  readonly address?: string;
}

/** Reads with a token and a proof, and with the nonce that the gateway asks for. */
export async function read(
  way: Way,
  shared: Pick<Shared, 'accessToken' | 'key'>,
  query: string,
  more: ReadMore = {},
): Promise<Answer> {
  const target = `${way.url}/graphql`;
  const attempt = async (): Promise<Answer> =>
    ask(more.address ?? way.url, query, {
      variables: more.variables,
      headers: {
        authorization: `${more.scheme ?? 'DPoP'} ${shared.accessToken}`,
        dpop: more.proof ?? (await proofFor(way, shared, target, more.key)),
      },
    });
  const first = await attempt();
  const isChallenged = first.errors[0]?.extensions['reason'] === 'PROOF_NONCE';
  way.nonce = first.headers.get('dpop-nonce') ?? way.nonce;
  return isChallenged && more.proof === undefined ? attempt() : first;
}

/** A proof for one query. */
export function proofFor(
  { nonce }: Pick<Way, 'nonce'>,
  { accessToken, key }: Pick<Shared, 'accessToken' | 'key'>,
  url: string,
  signer: ProofKey = key,
): Promise<string> {
  const ath = createHash('sha256').update(accessToken).digest('base64url');
  return proof(signer, { url, nonce }, { ath });
}

/** An entry of the access log, as far as these tests look into it. */
export interface LoggedEntry {
  readonly event: string;
  readonly refusal: string | null;
  readonly purpose: string;
  readonly claims: readonly string[];
  readonly consentId: string | null;
  readonly actor: { readonly kind: string; readonly id: string };
  /** The entry as the bytes that stand in the tree. */
  readonly text: string;
}

/** The entries of an actor, of a consent, or since a moment; oldest first. */
export async function entriesOf(
  { databaseUrls }: Pick<Way, 'databaseUrls'>,
  by: {
    /** A relying party's client id, or a person's pseudonym as entries name it. */
    readonly actor?: string;
    readonly consentId?: string;
    readonly since?: Date;
  },
): Promise<LoggedEntry[]> {
  const rows = await runSql<{ bytes: Buffer }>(
    databaseUrls['access-log'] ?? '',
    `SELECT bytes FROM entries WHERE ($1::text IS NULL OR actor = $1) AND ($2::text IS NULL OR consent_id = $2)
       AND ($3::timestamptz IS NULL OR at >= $3) ORDER BY at, index`,
    [by.actor ?? null, by.consentId ?? null, by.since ?? null],
  );
  return rows.map(({ bytes }) => {
    const text = bytes.toString('utf8');
    return { ...(JSON.parse(text) as Omit<LoggedEntry, 'text'>), text };
  });
}
