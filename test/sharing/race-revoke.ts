import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { ask } from '../harness/client.ts';
import type { Answer } from '../harness/client.ts';
import type { RelyingParty } from './relying-party.ts';
import * as whole from './whole-flow.ts';
import type { Visitor, Way } from './whole-flow.ts';

/** What one race came to. */
export interface RaceResult {
  /** Answers with data, by when they were asked for. */
  readonly before: number;
  /** Answers with data that were asked for while the revoke was under way. */
  readonly meanwhile: number;
  /** Answers with data that were asked for after the revoke had been answered: there must be none. */
  readonly late: number;
  /** Answers that refused, asked for after the revoke had been answered. */
  readonly refusedAfter: number;
  /** Answers that neither held data nor refused by the consent, as a busy front door gives them. */
  readonly broken: number;
  /** The same, by what they said: a code with its reason or source, else the HTTP status. */
  readonly brokenBy: Readonly<Record<string, number>>;
  /** How often the person had to ask until told that it was done. */
  readonly revokeTries: number;
  readonly revokeMs: number;
}

/** A race: so many read at once and again and again, while the person withdraws. */
export interface Race {
  readonly party: RelyingParty;
  readonly visitor: Visitor;
  readonly readers: number;
  /** Answers with data to wait for before the revoke; of whatever kind, where a front door is to be so busy that few hold any. */
  readonly atLeast: number;
  readonly ofAnyKind?: boolean;
  /** Queries to begin after the revoke was answered. */
  readonly after: number;
  /** Another front door of the same issuer that the readers go to. */
  readonly address?: string;
  /** The one that the person goes to, where it is another than the system's own. */
  readonly revokeAddress?: string;
}

interface Read {
  readonly startedAt: number;
  readonly outcome: 'data' | 'withdrawn' | 'broken';
  /** What a broken one said. */
  readonly said: string;
}

/** A machine too busy to warm up in this time would only wait for the token to end: the race is off. */
const WARM_MS = 90_000;

const QUERY = '{ person { fullName } }';

/** Runs one race with a consent of its own. @throws where there are too few answers in time */
export async function raceRevoke(way: Way, race: Race): Promise<RaceResult> {
  const shared = await whole.share(way, race.party, race.visitor);
  const readersWay: Way = { ...way, nonce: null };
  const more = race.address === undefined ? {} : { address: race.address };
  await whole.read(readersWay, shared, QUERY, more);
  const reads: Read[] = [];
  let repliedAt = Number.POSITIVE_INFINITY;
  let begunAfter = 0;
  let isOff = false;
  const reader = async (): Promise<void> => {
    while (!isOff && begunAfter < race.after) {
      const startedAt = performance.now();
      if (startedAt > repliedAt) begunAfter += 1;
      const answer = await whole.read(readersWay, shared, QUERY, more);
      const isWithdrawn = answer.status === 403 && answer.errors[0]?.extensions.code === 'CONSENT_WITHDRAWN';
      const outcome = holdsData(answer) ? 'data' : isWithdrawn ? 'withdrawn' : 'broken';
      reads.push({ startedAt, outcome, said: outcome === 'broken' ? wordOf(answer) : '' });
    }
  };
  const readers = Promise.all(Array.from({ length: race.readers }, reader));
  const counts = ({ outcome }: Read): boolean => race.ofAnyKind === true || outcome === 'data';
  const offAt = performance.now() + WARM_MS;
  while (reads.filter(counts).length < race.atLeast) {
    isOff = performance.now() > offAt;
    if (isOff) {
      await readers;
      throw new TypeError('too few answers before the revoke');
    }
    await sleep(5);
  }
  const sentAt = performance.now();
  const revokeTries = await revoke(race.revokeAddress ?? way.url, shared.consentId, race.visitor);
  repliedAt = performance.now();
  await readers;
  const count = (outcome: Read['outcome'], from: number, to: number): number =>
    reads.filter((read) => read.outcome === outcome && read.startedAt > from && read.startedAt <= to).length;
  const end = Number.POSITIVE_INFINITY;
  return {
    before: count('data', 0, sentAt),
    meanwhile: count('data', sentAt, repliedAt),
    late: count('data', repliedAt, end),
    refusedAfter: count('withdrawn', repliedAt, end),
    broken: count('broken', 0, end),
    brokenBy: countWords(reads.flatMap(({ said }) => (said === '' ? [] : [said]))),
    revokeTries,
    revokeMs: repliedAt - sentAt,
  };
}

function holdsData({ data }: Answer): boolean {
  return (data ?? null) !== null;
}

function wordOf({ status, errors: [error] }: Answer): string {
  const said: Readonly<Record<string, unknown>> = error?.extensions ?? {};
  const words = [said['code'] ?? status, said['reason'] ?? said['source']];
  return words.flatMap((word) => (word === undefined ? [] : [String(word as string | number)])).join(' ');
}

function countWords(words: readonly string[]): Readonly<Record<string, number>> {
  const counted: Record<string, number> = {};
  for (const word of words) counted[word] = (counted[word] ?? 0) + 1;
  return counted;
}

/** Withdraws; where the front door is too busy to say that it was done, asks again. Returns how often it was asked. */
async function revoke(url: string, id: string, { token }: Visitor): Promise<number> {
  for (let tries = 1; ; tries += 1) {
    const revoked = await ask(url, 'mutation($id: ID!) { revokeConsent(id: $id) { state } }', {
      token,
      variables: { id },
    });
    const code = revoked.errors[0]?.extensions.code;
    if (code === undefined || code === 'CONSENT_WITHDRAWN') return tries;
    if (!['ACCESS_LOG_UNAVAILABLE', 'SOURCE_UNAVAILABLE', 'RATE_LIMITED'].includes(code))
      throw new TypeError(`not revoked: ${revoked.text}`);
  }
}

/** A go-between that remembers for a while how a consent stood: what no gateway may do, as the control of a race. */
export async function rememberConsents(
  sharing: string,
  milliseconds: number,
): Promise<{ readonly url: string; readonly stop: () => Promise<void> }> {
  const remembered = new Map<string, { readonly until: number; readonly body: Buffer }>();
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const body = Buffer.concat(chunks);
      void answerTo(request.url ?? '/', request.method ?? 'GET', request.headers, body).then(
        (answer) =>
          response.writeHead(answer.status, { 'content-type': 'application/json' }).end(answer.body),
        () => response.destroy(),
      );
    });
  });
  const answerTo = async (
    path: string,
    method: string,
    given: Readonly<Record<string, string | string[] | undefined>>,
    body: Buffer,
  ): Promise<{ status: number; body: Buffer }> => {
    const key = path === '/check-consent' ? body.toString('utf8') : null;
    const kept = key === null ? undefined : remembered.get(key);
    if (kept !== undefined && kept.until > performance.now()) return { status: 200, body: kept.body };
    const dropped = new Set(['host', 'connection', 'content-length', 'transfer-encoding']);
    const headers = Object.entries(given).flatMap(([name, value]): [string, string][] =>
      typeof value === 'string' && !dropped.has(name) ? [[name, value]] : [],
    );
    const answer = await fetch(`${sharing}${path}`, {
      method,
      headers,
      ...(body.length === 0 ? {} : { body: new Uint8Array(body) }),
    });
    const content = Buffer.from(await answer.arrayBuffer());
    if (key !== null && answer.status === 200)
      remembered.set(key, { until: performance.now() + milliseconds, body: content });
    return { status: answer.status, body: content };
  };
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    stop: () => new Promise<void>((done) => server.close(() => done()).closeAllConnections()),
  };
}
