import { createServer } from 'node:http';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { bodyHash, signCallerToken, systemClock } from '@dinhdanh/kit';
import type { Clock, RunningService } from '@dinhdanh/kit';
import { RecordingLog, runSql, ServiceClient } from '@dinhdanh/kit/testing';
import { service } from '@dinhdanh/sharing';
import type { SharingSettings } from '@dinhdanh/sharing';
import { openServiceDatabases } from '../harness/service-database.ts';

/** The caller key of every sharing in these tests. */
export const callerKey = Buffer.alloc(32, 7);
const key = callerKey;

/** A consent event as the gateway takes it off an answer. */
export interface ToldEvent {
  readonly event: string;
  readonly change?: string;
  readonly consentId: string | null;
  readonly party: { readonly id: string; readonly name: string } | null;
  readonly subject: string | null;
  readonly purpose: string;
  readonly claims: readonly string[];
  readonly refusal: string | null;
}

/** Sharing on a database of its own, behind a front door that hands requests on as the gateway does. */
export interface SharingUnderTest {
  /** The issuer: where relying parties and browsers go. */
  readonly url: string;
  readonly databaseUrl: string;
  readonly client: ServiceClient;
  readonly log: RecordingLog;
  /** What the front door was told of consents, in order. */
  readonly told: ToldEvent[];
  readonly sql: <Row extends Record<string, unknown>>(text: string, values?: unknown[]) => Promise<Row[]>;
  /** Another process of the same service on the same database, behind a front door of its own that has the same name. */
  readonly startAnother: (settings: Partial<SharingSettings>, clock?: Clock) => Promise<string>;
  readonly stop: () => Promise<void>;
}

/** Starts sharing with no relying party in it. */
export async function startSharing(given: Partial<SharingSettings> = {}): Promise<SharingUnderTest> {
  const databases = await openServiceDatabases();
  const databaseUrl = await databases.create('sharing');
  await service.migrate(databaseUrl);
  const log = new RecordingLog();
  const told: ToldEvent[] = [];
  const ends: (() => Promise<void>)[] = [];
  let issuer: string | null = null;
  const start = async (settings: Partial<SharingSettings>, clock: Clock) => {
    const running: RunningService = await service.start({
      host: '127.0.0.1',
      port: 0,
      databaseUrl,
      callerKey: key,
      clock,
      log,
      settings: {
        gatewayUrl: () => issuer,
        signingKey: Buffer.alloc(32, 1),
        pairwiseKey: Buffer.alloc(32, 2),
        cookieKey: Buffer.alloc(32, 3),
        nonceKey: Buffer.alloc(32, 4),
        ...settings,
      },
    });
    const door = await openDoor(running.origin, clock, told);
    ends.push(door.stop, running.stop);
    return { running, url: door.url };
  };
  const { running, url } = await start(given, systemClock);
  issuer = url;
  return {
    url,
    databaseUrl,
    client: new ServiceClient(running, key, systemClock),
    log,
    told,
    sql: (text, values) => runSql(databaseUrl, text, values),
    startAnother: async (settings, clock = systemClock) => (await start(settings, clock)).url,
    stop: async () => {
      for (const end of ends) await end();
      await databases.stop();
    },
  };
}

/**
 * What is told to the door alone. How long the service keeps an idle connection is no promise of the door's: a client that
 * was told so writes to connections that the door has closed long ago.
 */
const KEPT_BACK: ReadonlySet<string> = new Set([
  'consent-event',
  'set-cookie',
  'transfer-encoding',
  'connection',
  'keep-alive',
]);

/** Hands every request on with a caller token, and keeps what answers tell of consents. */
export async function openDoor(
  origin: string,
  clock: Clock,
  told: ToldEvent[],
): Promise<{ readonly url: string; readonly stop: () => Promise<void> }> {
  const server = createServer((request, response) => {
    void handOn(request, response).catch(() => response.destroy());
  });
  const handOn = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const body = Buffer.concat(chunks);
    const headers = new Headers();
    for (const name of [
      'accept',
      'accept-language',
      'authorization',
      'content-type',
      'cookie',
      'dpop',
      'origin',
      'sec-fetch-site',
      'user-agent',
    ]) {
      const value = request.headers[name];
      if (typeof value === 'string') headers.set(name, value);
    }
    headers.set('dinhdanh-caller', `Bearer ${callerToken(body, clock())}`);
    const leaving = new AbortController();
    response.once('close', () => leaving.abort());
    const answer = await fetch(`${origin}${request.url}`, {
      method: request.method ?? 'GET',
      headers,
      redirect: 'manual',
      signal: leaving.signal,
      ...(body.length === 0 ? {} : { body }),
    });
    const events = answer.headers.get('consent-event');
    if (events !== null)
      told.push(...(JSON.parse(Buffer.from(events, 'base64url').toString()) as ToldEvent[]));
    response.statusCode = answer.status;
    for (const [name, value] of answer.headers) if (!KEPT_BACK.has(name)) response.setHeader(name, value);
    response.setHeader('set-cookie', answer.headers.getSetCookie());
    if (answer.headers.get('content-type')?.startsWith('text/event-stream') !== true) {
      response.end(Buffer.from(await answer.arrayBuffer()));
      return;
    }
    response.flushHeaders();
    for await (const chunk of answer.body ?? []) response.write(chunk);
    response.end();
  };
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    stop: () => new Promise<void>((done) => server.close(() => done()).closeAllConnections()),
  };
}

let calls = 0;

function callerToken(body: Buffer, now: Date): string {
  const iat = Math.floor(now.getTime() / 1000);
  calls += 1;
  return signCallerToken(
    {
      iss: 'gateway',
      aud: 'sharing',
      iat,
      exp: iat + 30,
      jti: `passed-${calls}.0`,
      act: { kind: 'system', id: 'gateway' },
      level: 0,
      subjects: [],
      ids: {},
      claims: [],
      purpose: 'sharing',
      legalBasis: 'test',
      client: {
        address: 'somewhere',
        device: null,
        cookie: false,
        network: '203.0.113.x',
        agent: 'a browser',
      },
      bh: bodyHash(body),
    },
    key,
  );
}
