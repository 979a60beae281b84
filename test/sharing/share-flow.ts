import { randomBytes } from 'node:crypto';
import { PageBrowser } from './page-browser.ts';
import { proofKey, pushed, send, VERIFIER } from './relying-party.ts';
import type { OAuthAnswer, ProofKey, RelyingParty } from './relying-party.ts';
import type { SharingUnderTest } from './sharing-under-test.ts';

/** A browser that stands on the page of a request. */
export interface Visit {
  readonly browser: PageBrowser;
  readonly handle: string;
}

/** Pushes a request and gives its request_uri. */
export async function push(
  sharing: Pick<SharingUnderTest, 'url'>,
  party: RelyingParty,
  detail?: object,
  key?: ProofKey,
): Promise<string> {
  const answer = await send(
    party,
    { issuer: sharing.url, path: '/oauth/par', ...(key === undefined ? {} : { key }) },
    pushed(party, detail),
  );
  if (answer.status !== 201) throw new TypeError(`refused: ${JSON.stringify(answer.body)}`);
  return answer.body.request_uri as string;
}

/** Opens a pushed request in a browser. */
export async function visit(
  sharing: Pick<SharingUnderTest, 'url'>,
  party: RelyingParty,
  requestUri: string,
  browser = new PageBrowser(),
): Promise<Visit> {
  const url = `${sharing.url}/oauth/auth?${new URLSearchParams({ client_id: party.id, request_uri: requestUri }).toString()}`;
  const { location, text } = await browser.get(url);
  const [, handle] = /^\/share\/([\w-]+)$/.exec(location ?? '') ?? [];
  if (handle === undefined) throw new TypeError(`no page: ${location} ${text}`);
  return { browser, handle };
}

/** Puts down that a person has agreed, as the consent room does: all that was asked. */
export async function agree(
  { sql }: Pick<SharingUnderTest, 'sql'>,
  handle: string,
  subject = 'subject-one',
): Promise<string> {
  const id = randomBytes(16).toString('base64url');
  await sql(
    `WITH shared AS (UPDATE share_requests SET state = 'GRANTED', claimed_by = $3, ended_at = now() WHERE handle = $1 RETURNING *),
     made AS (INSERT INTO consents (id, handle, party_id, grantor, subject, ward_agreed, state, granted, purpose, retention_days, "fetch",
         frequency, granted_at, ends_at, changed_at, method, text_hash, receipt)
       SELECT $2, handle, party_id, $3, $3, false, 'ACTIVE', ask, purpose, (ask ->> 'retentionDays')::int, (ask ->> 'fetch')::"fetch",
         nullif(ask -> 'frequency', 'null'), now(), coalesce((ask ->> 'validUntil')::timestamptz, now() + interval '6 minutes'), now(),
         'PASSCODE', 'hash', 'a.receipt.jws' FROM shared RETURNING id)
     INSERT INTO consent_changes (consent_id, at, state, by, reason) SELECT id, now(), 'ACTIVE', 'person', 'GRANTED' FROM made`,
    [handle, id, subject],
  );
  return id;
}

/** Ends a request another way. */
export async function end(
  { sql }: Pick<SharingUnderTest, 'sql'>,
  handle: string,
  state: 'DECLINED' | 'EXPIRED' | 'CANCELLED',
): Promise<void> {
  await sql(`UPDATE share_requests SET state = $2::share_state, ended_at = now() WHERE handle = $1`, [
    handle,
    state,
  ]);
}

/** Where the browser of a request that has ended is sent: the address of the relying party, with what it is told. */
export async function comeBack(
  sharing: Pick<SharingUnderTest, 'url'>,
  { browser, handle }: Visit,
): Promise<URL> {
  const told = await browser.get(`${sharing.url}/share/${handle}/state`, { accept: 'application/json' });
  const { redirectTo } = JSON.parse(told.text) as { redirectTo?: string };
  const { location, text } = await browser.get(redirectTo ?? sharing.url);
  if (location === null) throw new TypeError(`not sent back: ${text}`);
  return new URL(location);
}

/** A code, with the key its redemption is to be proved by. */
export interface Code {
  readonly code: string;
  readonly key: ProofKey;
  readonly consentId: string;
}

/** Goes the whole way to a code. */
export async function codeOf(sharing: SharingUnderTest, party: RelyingParty, detail?: object): Promise<Code> {
  const key = await proofKey();
  const visited = await visit(sharing, party, await push(sharing, party, detail, key));
  const consentId = await agree(sharing, visited.handle);
  const back = await comeBack(sharing, visited);
  return { code: back.searchParams.get('code') ?? '', key, consentId };
}

/** Redeems a code; what is given replaces what is right. */
export function redeem(
  sharing: Pick<SharingUnderTest, 'url'>,
  party: RelyingParty,
  { code, key }: Pick<Code, 'code' | 'key'>,
  form: Record<string, string> = {},
): Promise<OAuthAnswer> {
  return send(
    party,
    { issuer: sharing.url, path: '/oauth/token', key },
    {
      grant_type: 'authorization_code',
      code,
      redirect_uri: party.redirectUri,
      code_verifier: VERIFIER,
      ...form,
    },
  );
}

/** Asks for a token anew. */
export function refresh(
  sharing: Pick<SharingUnderTest, 'url'>,
  party: RelyingParty,
  refreshToken: string,
  key: ProofKey,
): Promise<OAuthAnswer> {
  return send(
    party,
    { issuer: sharing.url, path: '/oauth/token', key },
    { grant_type: 'refresh_token', refresh_token: refreshToken },
  );
}
