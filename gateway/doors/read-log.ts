import { AppError, bodyHash, CALLER_TOKEN_SECONDS, signCallerToken } from '@dinhdanh/kit';
import type { ActorKind, Clock, CompactToken } from '@dinhdanh/kit';
import { createUpstream } from '../upstream/upstream.ts';
import type { Upstream, UpstreamOptions } from '../upstream/upstream.ts';

/** A file of the access log as it is published (C2SP tlog-tiles). */
export interface LogPage {
  readonly status: 200 | 404;
  readonly contentType: string;
  readonly cacheControl: string;
  readonly bytes: Buffer;
}

/** What one reading is made with. */
export interface LogPageRequest {
  /** `checkpoint`, `tile/0/x001/067`, with or without a half-year before it. */
  readonly path: string;
  readonly requestId: string;
  readonly deadlineAt: number;
  /** On whose behalf; null for everybody. */
  readonly auditor: string | null;
}

/** Reads files of the access log. @throws AppError `ACCESS_LOG_UNAVAILABLE`, `SOURCE_INVALID` */
export type ReadLog = (request: LogPageRequest) => Promise<LogPage>;

/** The service's name among those of the upstream client: with a breaker and sizes of its own. */
const READ_SERVICE = 'access-log-read';

/** A bundle of 256 entries of 64 KiB each, in base64. */
const LONGEST_PAGE_BYTES = 24 * 1024 * 1024;

const CONTENT_TYPE = /^[a-z]+\/[a-z0-9.+-]+(?:; ?charset=utf-8)?$/;
const CACHE_CONTROL = /^[a-z0-9=, -]{1,100}$/;

/** What the door needs. */
export interface ReadLogOptions extends Pick<UpstreamOptions, 'onEvent' | 'onCall'> {
  /** Where the access log is; undefined where this gateway has none. */
  readonly url: string | undefined;
  readonly key: () => Buffer;
  readonly clock: Clock;
}

/** Opens the door to `POST /read-log` of the access log, with connections of its own: tiles are large and never urgent. */
export function openReadLog(options: ReadLogOptions): {
  readonly read: ReadLog;
  readonly upstream: Upstream;
} {
  const { url, clock, onEvent, onCall } = options;
  const upstream = createUpstream({
    services: url === undefined ? {} : { [READ_SERVICE]: url },
    limits: { maxAnswerBytes: LONGEST_PAGE_BYTES, connections: 8, inFlight: 64 },
    clock,
    onEvent,
    ...(onCall === undefined ? {} : { onCall }),
  });
  return { upstream, read: (request) => readPage(request, upstream, options) };
}

async function readPage(
  request: LogPageRequest,
  upstream: Upstream,
  options: ReadLogOptions,
): Promise<LogPage> {
  const body = JSON.stringify({ path: request.path });
  let attempt = 0;
  const answer = await upstream.post(READ_SERVICE, {
    path: '/read-log',
    body,
    sign: () => signRead(request, body, attempt++, options),
    deadlineAt: request.deadlineAt,
    idempotent: true,
    requestId: request.requestId,
  });
  if (answer.ok) return readAnswer(answer.json);
  throw new AppError('ACCESS_LOG_UNAVAILABLE', {
    internal: answer.reason,
    retryAfterSeconds: answer.retryAfterSeconds ?? 5,
  });
}

function readAnswer(json: Readonly<Record<string, unknown>>): LogPage {
  const { status, contentType, cacheControl, body } = json;
  const isPage =
    (status === 200 || status === 404) &&
    typeof contentType === 'string' &&
    CONTENT_TYPE.test(contentType) &&
    typeof cacheControl === 'string' &&
    CACHE_CONTROL.test(cacheControl) &&
    typeof body === 'string';
  if (!isPage) throw new AppError('SOURCE_INVALID', { source: 'access-log', internal: 'no page of the log' });
  return { status, contentType, cacheControl, bytes: Buffer.from(body, 'base64') };
}

function signRead(
  { requestId, auditor }: LogPageRequest,
  body: string,
  attempt: number,
  { key, clock }: ReadLogOptions,
): CompactToken {
  const issuedAt = Math.floor(clock().getTime() / 1000);
  const act: { kind: ActorKind; id: string } =
    auditor === null ? { kind: 'system', id: 'gateway' } : { kind: 'auditor', id: auditor };
  return signCallerToken(
    {
      iss: 'gateway',
      aud: 'access-log',
      iat: issuedAt,
      exp: issuedAt + CALLER_TOKEN_SECONDS,
      jti: `${requestId}.log.${attempt}`,
      act,
      level: 0,
      subjects: [],
      ids: {},
      claims: [],
      purpose: 'read_log',
      legalBasis: 'Decree 47/2020/NĐ-CP, art. 45',
      bh: bodyHash(body),
    },
    key(),
  );
}
