import { AppError, describeFailure } from '@dinhdanh/kit';
import type { ErrorCode } from '@dinhdanh/kit';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { clientNetwork } from './client-network.ts';
import type { PassedAnswer } from './doors/pass-through.ts';
import type { Exchange } from './exchange.ts';
import { openExchange } from './open-exchange.ts';
import type { Rooms } from './rooms.ts';
import { pushedClientId, readSharingPath } from './sharing-path.ts';
import type { SharingPath } from './sharing-path.ts';
import { enterUntilAnswered } from './stages/limit-rate.ts';
import { describeFault, describeRefusal } from './stages/mask-errors.ts';
import { recordPassedEvents } from './stages/record-consent.ts';
import { releaseOAuthRefusal, releasePassed } from './stages/release.ts';

/** Larger than any honest request to an authorization server. */
const BODY_LIMIT_BYTES = 56 * 1024;

/** Keys of a relying party may have to be fetched on the way. */
const PASS_MS = 10_000;

const NO_BYTES = Buffer.alloc(0);

const ACTIONS = ['state', 'events', 'number', 'return', 'renew', 'cancel'];

/**
 * Hands the plain HTTP of sharing on: the authorization server below `/oauth/`, its metadata, and what the page that shows
 * the picture asks. What an answer tells of consents is written down before a byte of it leaves.
 */
export function serveSharing(server: FastifyInstance, rooms: Rooms): void {
  const urls = [
    '/oauth/*',
    '/.well-known/openid-configuration',
    '/.well-known/oauth-authorization-server',
    ...ACTIONS.map((action) => `/share/:handle/${action}`),
  ];
  for (const url of urls) {
    server.route({
      method: ['GET', 'POST', 'OPTIONS'],
      url,
      bodyLimit: BODY_LIMIT_BYTES,
      handler: (request, reply) => serve(request, reply, rooms),
      errorHandler: (failure, request, reply) => {
        const isLarge = failure.statusCode === 413;
        const reason = isLarge ? 'REQUEST_TOO_LARGE' : 'REQUEST_BROKEN';
        const refusal = new AppError('BAD_USER_INPUT', { reason, httpStatus: isLarge ? 413 : 400 });
        void refuse(openExchange(request, reply, rooms), refusal, rooms);
      },
    });
  }
  // Both ends of a stream wait for the other: it ends here when the server does.
  server.addHook('preClose', (done) => {
    rooms.passThrough.endStreams();
    done();
  });
}

async function serve(request: FastifyRequest, reply: FastifyReply, rooms: Rooms): Promise<FastifyReply> {
  const exchange = { ...openExchange(request, reply, rooms), deadlineAt: rooms.clock().getTime() + PASS_MS };
  let outcome: ErrorCode | 'OK' = 'OK';
  try {
    const path = readSharingPath(request.method, request.raw.url ?? '');
    if (path === null) throw new AppError('NOT_FOUND', { internal: 'no path of sharing' });
    await limit(exchange, path, rooms);
    const answer = await handOn(exchange, path, rooms);
    await recordPassedEvents(exchange, answer.events, rooms);
    await releasePassed(exchange, answer);
  } catch (failure) {
    outcome = await refuse(exchange, failure, rooms);
  }
  rooms.metrics.passedOn(outcome, rooms.clock().getTime() - exchange.startedAt.getTime());
  return reply;
}

/** A stream has a place among the streams, all else one among the requests under way. */
async function limit(exchange: Exchange, { isStream }: SharingPath, { limits }: Rooms): Promise<void> {
  enterUntilAnswered(exchange, isStream ? () => limits.enterStream(exchange.address) : limits.enter);
  await limits.countSharing(exchange.address);
}

async function handOn(exchange: Exchange, path: SharingPath, rooms: Rooms): Promise<PassedAnswer> {
  const { request, address, device, signal, id, deadlineAt } = exchange;
  const body = Buffer.isBuffer(request.body) ? request.body : NO_BYTES;
  const party = path.isPushed ? pushedClientId(body) : null;
  if (party !== null) await rooms.limits.mayPush(party);
  const answer = await rooms.passThrough.pass({
    method: request.method,
    target: path.target,
    headers: request.headers,
    body,
    client: { address, device, cookie: false, ...clientNetwork(request) },
    isStream: path.isStream,
    requestId: id,
    deadlineAt,
    signal,
  });
  if (party !== null && answer.status === 201) await rooms.limits.countPushed(party);
  return answer;
}

/** What the gateway itself refuses is told as OAuth tells errors, in the words of RFC 6749 §4.1.2.1. */
async function refuse(exchange: Exchange, failure: unknown, rooms: Rooms): Promise<ErrorCode> {
  const known = describeRefusal(failure, 'en');
  const { code, status, retryAfterSeconds, error } = known ?? describeFault('en');
  if (known === null) {
    rooms.log.error('GATEWAY_REQUEST_FAILED', { requestId: exchange.id, ...describeFailure(failure) });
  } else rooms.log.info('GATEWAY_REQUEST_REFUSED', { requestId: exchange.id, code });
  if (code === 'ACCESS_LOG_UNAVAILABLE') rooms.metrics.refusedForLog();
  await releaseOAuthRefusal(exchange, {
    status,
    code,
    retryAfterSeconds,
    error: status === 429 || status >= 500 ? 'temporarily_unavailable' : 'invalid_request',
    description: error.message,
  });
  return code;
}
