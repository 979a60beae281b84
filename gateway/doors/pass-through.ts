import { AppError, PASSED_CALLER_HEADER } from '@dinhdanh/kit';
import type { CallerClient, Clock } from '@dinhdanh/kit';
import { CONSENT_EVENT_HEADER, readConsentEvents } from '../record/consent-event.ts';
import type { ConsentEvent } from '../record/consent-event.ts';
import { openRawUpstream } from '../upstream/raw-upstream.ts';
import type { RawAnswer, RawStream, RawUpstream, RawUpstreamOptions } from '../upstream/raw-upstream.ts';
import type { BreakerState } from '../upstream/upstream.ts';
import { signAsGateway } from './sign-gateway.ts';

/** A request to be handed on to sharing. */
export interface PassRequest {
  readonly method: string;
  readonly target: string;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly body: Buffer;
  readonly client: CallerClient;
  readonly isStream: boolean;
  readonly requestId: string;
  readonly deadlineAt: number;
  readonly signal: AbortSignal;
}

/** What sharing answered, ready to be released once its events are written down. */
export interface PassedAnswer {
  readonly status: number;
  readonly headers: readonly (readonly [name: string, value: string])[];
  readonly content: Buffer | RawStream;
  readonly events: readonly ConsentEvent[];
}

/** The way to the plain HTTP of sharing. */
export interface PassThroughDoor {
  /** @throws AppError `SOURCE_UNAVAILABLE`, `SOURCE_INVALID` (source sharing) */
  readonly pass: (request: PassRequest) => Promise<PassedAnswer>;
  readonly states: () => Readonly<Record<string, BreakerState>>;
  /** Ends the streams of events, so that a server can close. */
  readonly endStreams: () => void;
  readonly close: () => Promise<void>;
}

/** What the door needs. */
export interface PassThroughOptions extends Pick<RawUpstreamOptions, 'onEvent' | 'onCall'> {
  /** Where sharing is; undefined where this gateway has none. */
  readonly url: string | undefined;
  readonly key: () => Buffer;
  readonly clock: Clock;
  /** The gateway's own origin, as browsers and relying parties know it. */
  readonly publicUrl: () => string;
  /** Streams under way at once. */
  readonly streams: number;
}

const PASS = 'sharing-pass';
const STREAM = 'sharing-events';
/** A page that waits for a person is done with after this; a browser asks for the stream again by itself. */
const LONGEST_STREAM_MS = 20 * 60_000;

/** What is handed on of a client's request; the rest stays here, a citizen's session above all. */
const REQUEST_HEADERS = [
  'authorization',
  'dpop',
  'content-type',
  'accept',
  'accept-language',
  'user-agent',
  'origin',
  'access-control-request-method',
  'access-control-request-headers',
  'sec-fetch-site',
  'sec-fetch-mode',
  'sec-fetch-dest',
  'last-event-id',
];

/** Fields of one connection (RFC 9110 §7.6.1), and those by which services speak to the gateway alone. */
const DROPPED: ReadonlySet<string> = new Set([
  'connection',
  'keep-alive',
  'proxy-authenticate',
  'proxy-authorization',
  'proxy-connection',
  'te',
  'trailer',
  'transfer-encoding',
  'upgrade',
  'content-length',
  'date',
  'server',
  'x-powered-by',
  'strict-transport-security',
  CONSENT_EVENT_HEADER,
  'dinhdanh-session',
  'access-subjects',
  'access-reason',
]);

/** Cookies of our own sessions: neither shown to sharing nor set by it. */
const OWN_COOKIE = /^\s*dinhdanh_/i;
/** `name=value` (RFC 6265 §4.1.1). */
const COOKIE = /^[\w!#$%&'*+.^`|~-]+=/;

/** Opens the door, with connections of its own for streams: however many people wait, the rest has its own. */
export function openPassThrough(options: PassThroughOptions): PassThroughDoor {
  const { url, clock, onEvent, onCall } = options;
  const told = { url: url ?? '', clock, onEvent, ...(onCall === undefined ? {} : { onCall }) };
  if (url === undefined) return absent;
  const ways = {
    [PASS]: openRawUpstream({ ...told, name: PASS, longestStreamMs: null }),
    [STREAM]: openRawUpstream({
      ...told,
      name: STREAM,
      limits: { connections: options.streams, inFlight: options.streams, longestCallMs: 60_000 },
      longestStreamMs: LONGEST_STREAM_MS,
    }),
  } as const;
  return {
    pass: (request) => pass(request, request.isStream ? ways[STREAM] : ways[PASS], options),
    states: () => ({ [PASS]: ways[PASS].state(), [STREAM]: ways[STREAM].state() }),
    endStreams: () => ways[STREAM].endStreams(),
    close: async () => {
      await Promise.all([ways[PASS].close(), ways[STREAM].close()]);
    },
  };
}

/** Where there is no sharing. */
const absent: PassThroughDoor = {
  pass: () => Promise.reject(unavailable('unconfigured')),
  states: () => ({}),
  endStreams: () => undefined,
  close: () => Promise.resolve(),
};

async function pass(
  request: PassRequest,
  way: RawUpstream,
  options: PassThroughOptions,
): Promise<PassedAnswer> {
  let attempt = 0;
  const answer = await way.ask({
    method: request.method,
    path: request.target,
    body: request.body,
    headers: () => ({
      ...handedOn(request.headers),
      ...forwarded(options.publicUrl()),
      [PASSED_CALLER_HEADER]: `Bearer ${signPass(request, attempt++, options)}`,
    }),
    deadlineAt: request.deadlineAt,
    signal: request.signal,
    requestId: request.requestId,
  });
  if (!answer.ok) throw unavailable(answer.reason);
  const events = answer.headers.filter(([name]) => name === CONSENT_EVENT_HEADER).map(([, value]) => value);
  return {
    status: answer.status,
    headers: answer.headers.filter(isReleased),
    content: contentOf(answer),
    events: readConsentEvents(events.length > 1 ? events : events[0]),
  };
}

function contentOf(answer: RawAnswer | RawStream): Buffer | RawStream {
  return 'stream' in answer ? answer : answer.body;
}

function unavailable(internal: string): AppError {
  return new AppError('SOURCE_UNAVAILABLE', { source: 'sharing', internal, retryAfterSeconds: 5 });
}

function handedOn(headers: PassRequest['headers']): Record<string, string> {
  const kept: Record<string, string> = {};
  for (const name of REQUEST_HEADERS) {
    const value = headers[name];
    if (typeof value === 'string') kept[name] = value;
  }
  const { cookie } = headers;
  const pairs = typeof cookie === 'string' ? cookie.split(';').filter((pair) => !OWN_COOKIE.test(pair)) : [];
  if (pairs.length > 0) kept['cookie'] = pairs.map((pair) => pair.trim()).join('; ');
  return kept;
}

function forwarded(publicUrl: string): Record<string, string> {
  const { host, protocol } = new URL(publicUrl);
  return { 'x-forwarded-host': host, 'x-forwarded-proto': protocol.slice(0, -1) };
}

function isReleased([name, value]: readonly [string, string]): boolean {
  if (name === 'set-cookie') return COOKIE.test(value) && !OWN_COOKIE.test(value);
  return !DROPPED.has(name);
}

function signPass(request: PassRequest, attempt: number, { key, clock }: PassThroughOptions): string {
  const call = {
    audience: 'sharing',
    jti: `${request.requestId}.pass.${attempt}`,
    body: request.body,
    purpose: 'sharing',
    legalBasis: 'Law 91/2025/QH15, art. 9',
    client: request.client,
  };
  return signAsGateway(call, key(), clock());
}
