import { errorCatalogue, isErrorCode } from '@dinhdanh/kit';
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
  const body = `${payload.bytes}${JSON.stringify(beside).slice(1)}}`;
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

/** A request that yields no data at all fails with the status of its code (GraphQL over HTTP, §6.4.2). */
function statusOf(exchange: Exchange): number {
  const { bytes, errors } = filled(exchange, 'payload');
  const [first] = errors;
  if (first === undefined || !bytes.startsWith('{"data":null') || mediaType(exchange) === 'application/json')
    return 200;
  return isErrorCode(first.code) ? errorCatalogue[first.code].status : 503;
}

/** The type to answer in; a client that takes neither was refused, and told so in the one that says most. */
function mediaType(exchange: Exchange): ResponseMediaType {
  return negotiateMediaType(exchange.request.headers.accept) ?? 'application/graphql-response+json';
}

async function send(exchange: Exchange, status: number, body: string): Promise<void> {
  await exchange.reply
    .code(status)
    .header('content-type', `${mediaType(exchange)}; charset=utf-8`)
    .header('cache-control', 'no-store')
    .header('x-content-type-options', 'nosniff')
    .send(body);
}
