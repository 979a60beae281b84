import { PassThrough } from 'node:stream';
import type { Readable } from 'node:stream';
import { systemClock } from '@dinhdanh/kit';
import type { Dispatcher } from 'undici';
import { refusal } from './answer.ts';
import type { UpstreamAnswer, UpstreamRefusal } from './answer.ts';
import { Breaker } from './breaker.ts';
import type { BreakerState } from './breaker.ts';
import { classifyFailure } from './classify-failure.ts';
import { Connections, openPool } from './connections.ts';
import type { HttpPool } from './connections.ts';
import { defaultUpstreamLimits } from './limits.ts';
import type { UpstreamLimits } from './limits.ts';
import type { UpstreamOptions, UpstreamOutcome } from './upstream.ts';

/** One request that is handed on as it is. */
export interface RawCall {
  readonly method: string;
  /** With its query, as it stood in the client's request. */
  readonly path: string;
  /** Empty for none. */
  readonly body: Buffer;
  /** Called once for each attempt, at most twice: a caller token is good for one (`jti`). */
  readonly headers: () => Readonly<Record<string, string>>;
  /** Until when the head of the answer, and all of one that is no stream, must be there: epoch milliseconds. */
  readonly deadlineAt: number;
  readonly signal: AbortSignal;
  readonly requestId: string;
}

/** The head of an answer; a field that stands several times, such as `set-cookie`, is there several times. */
export interface RawHead {
  readonly ok: true;
  readonly status: number;
  /** Names in lower case. */
  readonly headers: readonly (readonly [name: string, value: string])[];
}

/** A whole answer. */
export interface RawAnswer extends RawHead {
  readonly body: Buffer;
}

/** An answer that goes on: bytes as they come. */
export interface RawStream extends RawHead {
  readonly stream: Readable;
  /** Ends it in good order, whatever the service does. */
  readonly end: () => void;
}

/** A way to a service that answers in plain HTTP. Never rejects. */
export interface RawUpstream {
  readonly ask: (call: RawCall) => Promise<RawAnswer | RawStream | UpstreamRefusal>;
  readonly state: () => BreakerState;
  /** Ends all streams. */
  readonly endStreams: () => void;
  readonly close: () => Promise<void>;
}

/** What such a way is opened with. */
export interface RawUpstreamOptions extends Pick<UpstreamOptions, 'clock' | 'onEvent' | 'onCall'> {
  /** Its name in metrics and log lines. */
  readonly name: string;
  readonly url: string;
  readonly limits?: Partial<UpstreamLimits>;
  /** The longest that a stream of events is kept, in milliseconds; null where none is expected. */
  readonly longestStreamMs: number | null;
}

const EVENT_STREAM = /^text\/event-stream\b/i;
const SAFE_METHODS: ReadonlySet<string> = new Set(['GET', 'HEAD', 'OPTIONS']);

/** Opens it: with connections, sizes and a breaker of its own, so that it takes nothing from the other ways. */
export function openRawUpstream(options: RawUpstreamOptions): RawUpstream {
  const limits = { ...defaultUpstreamLimits, ...options.limits };
  const { origin } = new URL(options.url);
  const connections = new Connections(origin, limits, openPool);
  const breaker = new Breaker(limits, (state) => {
    if (state === 'half_open') return;
    if (state === 'open') connections.renew(connections.pool);
    options.onEvent(state === 'open' ? 'GATEWAY_BREAKER_OPENED' : 'GATEWAY_BREAKER_CLOSED', {
      service: options.name,
    });
  });
  const streams = new Set<RawStream>();
  const clock = options.clock ?? systemClock;
  let underWay = 0;
  return {
    ask: async (call) => {
      const startedAt = performance.now();
      const remainingMs = Math.min(call.deadlineAt - clock().getTime(), limits.longestCallMs);
      if (!(remainingMs > 0)) return refusal('timeout');
      if (underWay >= limits.inFlight) return refusal('busy');
      underWay += 1;
      const answer = await throughBreaker(breaker, () => receive(call, connections, remainingMs, options));
      underWay -= 1;
      report(call, answer, performance.now() - startedAt, options);
      if (answer.ok && 'stream' in answer) {
        streams.add(answer);
        answer.stream.once('close', () => streams.delete(answer));
      }
      return answer;
    },
    state: () => breaker.state,
    endStreams: () => {
      for (const stream of streams) stream.end();
    },
    close: () => connections.destroy(),
  };
}

type AnyAnswer = RawAnswer | RawStream | UpstreamRefusal;

/** The breaker judges what it knows; an answer that says the service is broken counts against it and is passed on all the same. */
async function throughBreaker(breaker: Breaker, call: () => Promise<AnyAnswer>): Promise<AnyAnswer> {
  let answer: AnyAnswer | undefined;
  const judged = await breaker.guard(async (): Promise<UpstreamAnswer> => {
    answer = await call();
    if (!answer.ok) return answer;
    return answer.status >= 500
      ? refusal('status', { status: answer.status })
      : { ok: true, json: {}, isPlain: true, isTaken: false, headers: {} };
  }, false);
  return answer ?? (judged.ok ? refusal('failed') : judged);
}

async function receive(
  call: RawCall,
  connections: Connections<HttpPool>,
  remainingMs: number,
  { longestStreamMs }: RawUpstreamOptions,
): Promise<AnyAnswer> {
  const abort = new AbortController();
  let why: 'timeout' | 'aborted' = 'timeout';
  const leave = (): void => {
    why = 'aborted';
    abort.abort();
  };
  const timer = setTimeout(() => abort.abort(), remainingMs);
  call.signal.addEventListener('abort', leave, { once: true });
  if (call.signal.aborted) leave();
  try {
    const head = await request(call, connections, abort.signal);
    const answer = { ok: true, status: head.statusCode, headers: flatten(head.headers) } as const;
    const type = head.headers['content-type'];
    if (longestStreamMs !== null && typeof type === 'string' && EVENT_STREAM.test(type)) {
      return { ...answer, ...follow(head.body, longestStreamMs) };
    }
    return { ...answer, body: Buffer.from(await head.body.bytes()) };
  } catch (failure) {
    return abort.signal.aborted ? refusal(why) : classifyFailure(failure);
  } finally {
    clearTimeout(timer);
    call.signal.removeEventListener('abort', leave);
  }
}

/** Sends the request; once more where the pooled connection proves to have been dead and asking twice does no harm. */
async function request(
  call: RawCall,
  connections: Connections<HttpPool>,
  signal: AbortSignal,
): Promise<Dispatcher.ResponseData> {
  const { pool } = connections;
  const attempt = (over: HttpPool): Promise<Dispatcher.ResponseData> =>
    over.request({
      method: call.method,
      path: call.path,
      body: call.body.length === 0 ? null : call.body,
      signal,
      headers: { ...call.headers(), 'accept-encoding': 'identity' },
    });
  try {
    return await attempt(pool);
  } catch (failure) {
    if (!connections.isStale(failure)) throw failure;
    connections.renew(pool);
    if (!SAFE_METHODS.has(call.method) || signal.aborted) throw failure;
    return attempt(connections.pool);
  }
}

/** A stream of ours in between: it can be ended in good order while the service's is dropped. */
function follow(source: Readable, longestMs: number): Pick<RawStream, 'stream' | 'end'> {
  const stream = new PassThrough();
  const end = (): void => {
    stream.end();
    source.destroy();
  };
  const timer = setTimeout(end, longestMs);
  source.on('error', () => stream.end());
  stream.once('close', () => {
    clearTimeout(timer);
    source.destroy();
  });
  source.pipe(stream);
  return { stream, end };
}

function flatten(
  headers: Readonly<Record<string, string | string[] | undefined>>,
): readonly (readonly [string, string])[] {
  return Object.entries(headers).flatMap(([name, value]) =>
    (Array.isArray(value) ? value : [value ?? '']).map((one) => [name.toLowerCase(), one] as const),
  );
}

/** Refusals of our own making say nothing new about a service and would flood the log while it is down. */
const SILENT: ReadonlySet<string> = new Set(['breaker_open', 'busy', 'aborted', 'closed']);

function report(call: RawCall, answer: AnyAnswer, durationMs: number, options: RawUpstreamOptions): void {
  const service = options.name;
  const outcome: UpstreamOutcome['outcome'] = answer.ok ? 'ok' : answer.reason;
  options.onCall?.({ service, outcome, durationMs });
  if (answer.ok || SILENT.has(answer.reason)) return;
  options.onEvent('GATEWAY_SOURCE_FAILED', {
    service,
    reason: answer.reason,
    durationMs: Math.round(durationMs),
    requestId: call.requestId,
  });
}
