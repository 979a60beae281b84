import { errorCatalogue, isErrorCode } from '@dinhdanh/kit';
import type { ErrorCode } from '@dinhdanh/kit';
import { closePayload } from '../engine/index.ts';
import type { PassedAnswer } from '../doors/pass-through.ts';
import type { LogPage } from '../doors/read-log.ts';
import { filled } from '../exchange.ts';
import type { Exchange } from '../exchange.ts';
import { agencyOf } from '../texts.ts';
import type { RefusedRequest } from './mask-errors.ts';
import { negotiateMediaType } from './negotiate-media-type.ts';
import type { ResponseMediaType } from './negotiate-media-type.ts';
import { deliverSession } from './session-cookie.ts';

/**
 * Writes the answer of an exchange to the socket: the one place that does. The engine's bytes arrive with their
 * `extensions` still open; what the stages have to say beside the data is put there and the object closed.
 */
export async function release(exchange: Exchange): Promise<void> {
  const payload = filled(exchange, 'payload');
  deliverSession(exchange);
  const notices = exchange.notices.map((notice) => ({
    ...notice,
    agency: agencyOf(notice.source, exchange.language),
  }));
  const { receipt } = exchange;
  const beside = {
    requestId: exchange.id,
    ...(receipt === undefined ? {} : { accessReceipt: receipt }),
    ...(notices.length === 0 ? {} : { notices }),
  };
  const body = closePayload(payload.bytes, JSON.stringify(beside).slice(1));
  await send(exchange, statusOf(exchange), body);
}

/** Answers a request that was refused as a whole. */
export async function releaseRefusal(exchange: Exchange, refused: RefusedRequest): Promise<void> {
  if (refused.retryAfterSeconds !== null)
    exchange.reply.header('retry-after', String(refused.retryAfterSeconds));
  const body = JSON.stringify({ errors: [refused.error], extensions: { requestId: exchange.id } });
  await send(exchange, refused.status, body);
}

/** A file of the access log with the tag by which a cache asks again (RFC 9110 §8.8.3). */
export interface PublishedPage extends LogPage {
  readonly etag: string;
}

/** Answers with a file of the access log, or with 304 where the client has it; `HEAD` gets the head of the same answer. */
export async function releaseLogPage({ request, reply }: Exchange, page: PublishedPage): Promise<void> {
  const { status, contentType, cacheControl, bytes, etag } = page;
  reply.headers({ 'cache-control': cacheControl, 'x-content-type-options': 'nosniff' });
  if (status === 200) reply.header('etag', etag);
  if (status === 200 && request.headers['if-none-match'] === etag) {
    await reply.code(304).send();
    return;
  }
  reply.code(status).headers({ 'content-type': contentType, 'content-length': bytes.length });
  await reply.send(request.method === 'HEAD' ? null : bytes);
}

/** Header lines of what sharing answers: nothing of it runs scripts, is framed, or is kept by a cache unless it says so. */
const PASSED_HEADERS: Readonly<Record<string, string>> = {
  'cache-control': 'no-store',
  'content-security-policy':
    "default-src 'none'; style-src 'unsafe-inline'; form-action 'none'; base-uri 'none'; frame-ancestors 'none'",
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
};

/** Answers with what sharing answered, once its consent events are written down: whole, or a stream of events as it comes. */
export async function releasePassed({ request, reply }: Exchange, answer: PassedAnswer): Promise<void> {
  reply.code(answer.status).headers({ ...PASSED_HEADERS });
  const cookies: string[] = [];
  for (const [name, value] of answer.headers) {
    if (name === 'set-cookie') cookies.push(value);
    else if (name !== 'content-security-policy') reply.header(name, value);
  }
  if (cookies.length > 0) reply.header('set-cookie', cookies);
  const { content } = answer;
  if (Buffer.isBuffer(content)) {
    const isEmpty = content.length === 0 || request.method === 'HEAD';
    await reply.send(isEmpty ? null : content);
    return;
  }
  reply.header('x-accel-buffering', 'no');
  await reply.send(content.stream);
}

/** An error as OAuth 2.0 writes one (RFC 6749 §5.2), with our own code beside. */
export interface OAuthRefusal {
  readonly status: number;
  readonly error: string;
  readonly description: string;
  readonly code: ErrorCode;
  readonly retryAfterSeconds: number | null;
}

/** Answers a request for sharing that the gateway itself refuses. */
export async function releaseOAuthRefusal({ reply, id }: Exchange, refused: OAuthRefusal): Promise<void> {
  const { status, error, description, code, retryAfterSeconds } = refused;
  if (retryAfterSeconds !== null) reply.header('retry-after', String(retryAfterSeconds));
  await reply
    .code(status)
    .headers({ ...PASSED_HEADERS, 'content-type': 'application/json; charset=utf-8' })
    .send(JSON.stringify({ error, error_description: description, code, request_id: id }));
}

/** A request that yields no data at all fails with the status of its code (GraphQL over HTTP, §6.4.2). */
function statusOf(exchange: Exchange): number {
  const { bytes, errors } = filled(exchange, 'payload');
  const [first] = errors;
  const isNull = typeof bytes === 'string' && bytes.startsWith('{"data":null');
  if (first === undefined || !isNull || mediaType(exchange) === 'application/json') return 200;
  return isErrorCode(first.code) ? errorCatalogue[first.code].status : 503;
}

/** The type to answer in; a client that takes neither was refused, and told so in the one that says most. */
function mediaType(exchange: Exchange): ResponseMediaType {
  return negotiateMediaType(exchange.request.headers.accept) ?? 'application/graphql-response+json';
}

async function send(exchange: Exchange, status: number, body: string | Buffer): Promise<void> {
  await exchange.reply
    .code(status)
    .header('content-type', `${mediaType(exchange)}; charset=utf-8`)
    .header('cache-control', 'no-store')
    .header('x-content-type-options', 'nosniff')
    .send(body);
}
