import type { Demo } from '@dinhdanh/start';
import { VirtualAuthenticator } from '../accounts/virtual-authenticator.ts';
import { authentication, hotelDetail, proof, pushed, VERIFIER } from '../sharing/relying-party.ts';
import type { ProofKey, RelyingParty } from '../sharing/relying-party.ts';
import { hashOf } from './hash-of.ts';
import { send } from './keep-alive.ts';
import type { Received } from './keep-alive.ts';

/** A relying party's server: its keys, and the nonces it was told last. */
export interface Desk {
  readonly party: RelyingParty;
  readonly key: ProofKey;
  readonly nonces: Map<string, string>;
}

/** A person at their phone, signed in. */
export interface Phone {
  readonly token: string;
  readonly passcode: string;
  /** Null confirms by passcode. */
  readonly authenticator: VirtualAuthenticator | null;
}

/** Where the flow takes place. */
export interface Place {
  /** Where the gateway is reached. */
  readonly url: string;
  /** The origin it goes by. */
  readonly origin: string;
}

/** Told of each step of a flow when it is done. */
export type Steps = (name: string) => void;

const DETAIL = { ...hotelDetail, query: '{ person { fullName dateOfBirth ageOver(years:18) } }' };
const READ = '{ person { fullName dateOfBirth ageOver(years: 18) } }';
const DECIDE = `mutation($handle: String!, $voluntary: [ID!], $ticked: [ID!]) {
  decideShare(input: {handle: $handle, decision: APPROVE, startedByMe: true, voluntary: $voluntary, ticked: $ticked}) { state number } }`;
const CLAIM = `mutation($code: String!) { claimShare(input: {code: $code}) {
  handle state party { legalName domain } items { id claim voluntary sensitive separateTick } } }`;

/** The whole way of a request to share, as a relying party's server, a browser at its desk and a person's phone go it. */
export async function shareOnce(place: Place, desk: Desk, phone: Phone, done: Steps): Promise<void> {
  const token = await shareToToken(place, desk, phone, { detail: DETAIL, done });
  const answer = await readAsParty(place, desk, token, READ);
  if (typeof at(json(answer), 'data', 'person', 'fullName') !== 'string') fail(answer);
  done('query');
}

/** The same up to the token, all that is asked being given. */
export async function shareToToken(
  place: Place,
  desk: Desk,
  phone: Phone,
  { detail, done }: { readonly detail: object; readonly done: Steps },
): Promise<string> {
  const requestUri = await push(place, desk, detail);
  done('par');
  const browser = await openPage(place, desk, requestUri);
  done('auth');
  const shown = json(await browser.ask('GET', 'state'));
  done('state');
  const code = String(at(shown, 'code', 'text')).slice(`${place.origin}/#/share/`.length);
  const claimed = at(await askAsPerson(place, phone, CLAIM, { code }), 'claimShare');
  done('claim');
  await confirm(place, phone, done);
  const handle = at(claimed, 'handle');
  const items = at(claimed, 'items') as readonly Readonly<Record<string, unknown>>[];
  const named = (mark: string): unknown[] => items.filter((item) => item[mark] === true).map(({ id }) => id);
  const given = { handle, voluntary: named('voluntary'), ticked: named('separateTick') };
  const decided = await askAsPerson(place, phone, DECIDE, given);
  done('decide');
  const number = at(decided, 'decideShare', 'number');
  const granted = json(await browser.ask('POST', 'number', { number }));
  if (at(granted, 'state') !== 'GRANTED') throw new TypeError(JSON.stringify(granted));
  done('number');
  const back = await browser.follow(String(at(granted, 'redirectTo')));
  done('resume');
  const token = await redeem(place, desk, new URL(back).searchParams.get('code') ?? '');
  done('token');
  return token;
}

async function push(place: Place, desk: Desk, detail: object): Promise<string> {
  const answer = await form(place, desk, '/oauth/par', pushed(desk.party, detail));
  return String(at(expectStatus(answer, 201), 'request_uri'));
}

async function redeem(place: Place, desk: Desk, code: string): Promise<string> {
  const answer = await form(place, desk, '/oauth/token', {
    grant_type: 'authorization_code',
    code,
    redirect_uri: desk.party.redirectUri,
    code_verifier: VERIFIER,
  });
  return String(at(expectStatus(answer, 200), 'access_token'));
}

/** Posts a form with assertion and proof; anew with a fresh nonce where the server asks for one. */
async function form(
  { url, origin }: Place,
  { party, key, nonces }: Desk,
  path: string,
  fields: Record<string, string>,
): Promise<Received> {
  const once = async (): Promise<Received> => {
    const target = { url: `${origin}${path}`, nonce: nonces.get('server') ?? null };
    const body = new URLSearchParams({ ...(await authentication(party, origin)), ...fields }).toString();
    const dpop = await proof(key, target);
    const headers = { 'content-type': 'application/x-www-form-urlencoded', dpop };
    const answer = await send(`${url}${path}`, { headers, body });
    keepNonce(nonces, 'server', answer);
    return answer;
  };
  const first = await once();
  return first.text.includes('"use_dpop_nonce"') ? once() : first;
}

/** What was granted, by the same door as everybody's; with the nonce that the gateway asks for. */
export async function readAsParty(place: Place, desk: Desk, token: string, query: string): Promise<Received> {
  const once = async (): Promise<Received> => {
    const answer = await sendAsParty(place, { token, query, dpop: await proofOf(place, desk, token) });
    keepNonce(desk.nonces, 'gateway', answer);
    return answer;
  };
  const first = await once();
  const answer = first.status === 401 ? await once() : first;
  return at(expectStatus(answer, 200), 'errors') === undefined ? answer : fail(answer);
}

/** A proof for one query (RFC 9449 §4.2), with the nonce that was told last. */
export function proofOf({ origin }: Place, { key, nonces }: Desk, token: string): Promise<string> {
  const target = { url: `${origin}/graphql`, nonce: nonces.get('gateway') ?? null };
  return proof(key, target, { ath: hashOf(token) });
}

/** One query with its proof. */
export function sendAsParty(
  { url }: Place,
  { token, query, dpop }: { readonly token: string; readonly query: string; readonly dpop: string },
): Promise<Received> {
  const headers = { ...GRAPHQL, authorization: `DPoP ${token}`, dpop };
  return send(`${url}/graphql`, { headers, body: JSON.stringify({ query }) });
}

function keepNonce(nonces: Map<string, string>, of: string, { headers }: Received): void {
  const told = headers['dpop-nonce'];
  if (typeof told === 'string') nonces.set(of, told);
}

interface Browser {
  readonly ask: (method: 'GET' | 'POST', action: string, content?: unknown) => Promise<Received>;
  readonly follow: (address: string) => Promise<string>;
}

/** The browser that began: its cookies are those of this one page. */
async function openPage({ url, origin }: Place, { party }: Desk, requestUri: string): Promise<Browser> {
  const query = new URLSearchParams({ client_id: party.id, request_uri: requestUri }).toString();
  const opened = await send(`${url}/oauth/auth?${query}`, {
    method: 'GET',
    headers: { accept: 'text/html' },
  });
  const page = opened.headers.location ?? '';
  if (!page.startsWith('/share/')) throw new TypeError(`no page: ${opened.status} ${opened.text}`);
  const cookies = (opened.headers['set-cookie'] ?? []).map((line) => line.split('; '));
  const cookieFor = (path: string): string =>
    cookies
      .filter((parts) => path.startsWith(parts.find((part) => part.startsWith('path='))?.slice(5) ?? '/'))
      .map(([pair]) => pair)
      .join('; ');
  const own = { accept: 'application/json', 'sec-fetch-site': 'same-origin', origin };
  return {
    ask: (method, action, content) => {
      const path = `${page}/${action}`;
      const headers = { ...own, cookie: cookieFor(path), 'content-type': 'application/json' };
      return send(`${url}${path}`, {
        method,
        headers,
        ...(content === undefined ? {} : { body: JSON.stringify(content) }),
      });
    },
    follow: async (address) => {
      const { pathname, search } = new URL(address, origin);
      const headers = { accept: 'text/html', cookie: cookieFor(pathname) };
      const answer = await send(`${url}${pathname}${search}`, { method: 'GET', headers });
      return answer.headers.location ?? fail(answer);
    },
  };
}

async function confirm(place: Place, phone: Phone, done: Steps): Promise<void> {
  if (phone.authenticator === null) {
    const { passcode } = phone;
    await askAsPerson(
      place,
      phone,
      'mutation($passcode: String!) { confirmPasscode(passcode: $passcode) { passcodeUntil } }',
      { passcode },
    );
    return done('confirm');
  }
  const begun = await askAsPerson(place, phone, 'mutation { beginPasskeyConfirmation { options } }');
  done('challenge');
  const answer = phone.authenticator.get(String(at(begun, 'beginPasskeyConfirmation', 'options')));
  await askAsPerson(
    place,
    phone,
    'mutation($answer: String!) { confirmPasskey(input: {answer: $answer}) { passcodeUntil } }',
    { answer },
  );
  return done('confirm');
}

/** Enrols a passkey for a session whose passcode window is open. */
export async function enrolPasskey(place: Place, token: string): Promise<VirtualAuthenticator> {
  const authenticator = new VirtualAuthenticator(place.origin);
  const person = { token, passcode: '', authenticator: null };
  const begun = await askAsPerson(place, person, 'mutation { beginPasskeyEnrolment { options } }');
  const answer = authenticator.create(String(at(begun, 'beginPasskeyEnrolment', 'options')));
  await askAsPerson(
    place,
    person,
    'mutation($answer: String!) { finishPasskeyEnrolment(input: {answer: $answer, name: "Điện thoại"}) { id } }',
    { answer },
  );
  return authenticator;
}

/** Signs in with the passcode. */
export async function signInWithPasscode(
  place: Place,
  { username, password, passcode }: Pick<Demo['citizens'][string], 'username' | 'password' | 'passcode'>,
): Promise<string> {
  const data = await askAsPerson(
    place,
    { token: '', passcode, authenticator: null },
    'mutation($input: SignInInput!) { signIn(input: $input) { token } }',
    { input: { username, password, passcode } },
  );
  return String(at(data, 'signIn', 'token'));
}

const GRAPHQL = { 'content-type': 'application/json', accept: 'application/graphql-response+json' };

/** Asks as a person's phone does. */
export async function askAsPerson(
  { url }: Place,
  { token }: Phone,
  query: string,
  variables: Readonly<Record<string, unknown>> = {},
): Promise<unknown> {
  const headers = token === '' ? GRAPHQL : { ...GRAPHQL, authorization: `Bearer ${token}` };
  const answer = await send(`${url}/graphql`, { headers, body: JSON.stringify({ query, variables }) });
  const body = expectStatus(answer, 200);
  return at(body, 'errors') === undefined ? at(body, 'data') : fail(answer);
}

function expectStatus(answer: Received, status: number): unknown {
  return answer.status === status ? json(answer) : fail(answer);
}

function json({ text }: Received): unknown {
  return JSON.parse(text);
}

function fail({ status, text }: Received): never {
  throw new TypeError(`${status} ${text.slice(0, 500)}`);
}

function at(data: unknown, ...path: readonly string[]): unknown {
  return path.reduce<unknown>(
    (value, key) =>
      typeof value === 'object' && value !== null ? (value as Record<string, unknown>)[key] : undefined,
    data,
  );
}
