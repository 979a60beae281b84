import { IncomingMessage } from 'node:http';
import type { ServerResponse } from 'node:http';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { CallerGate } from './caller-gate.ts';
import { AppError } from './errors.ts';
import { describeFailure } from './log.ts';
import type { Log } from './log.ts';
import type { PassedCall, PassedRequest, PassThrough } from './passed-request.ts';

/** The header in which the gateway vouches for itself where `authorization` is the client's. */
export const PASSED_CALLER_HEADER = 'dinhdanh-caller';

const METHODS = ['DELETE', 'GET', 'HEAD', 'OPTIONS', 'POST', 'PUT'];
const NO_BYTES = Buffer.alloc(0);

/** What serving them takes. */
export interface PassThroughParts<Store> {
  readonly passThrough: PassThrough<Store>;
  readonly store: Store;
  readonly gate: CallerGate;
  readonly log: Log;
}

/**
 * Serves the paths of a service that are no GraphQL: the caller token is checked against the whole body first, then the
 * request is handed over. When the server closes, streams are ended; all else is finished.
 */
export function servePassThrough<Store>(server: FastifyInstance, parts: PassThroughParts<Store>): void {
  const open = new Set<ServerResponse>();
  // Fastify waits for the clients of a stream, and they for more of it: one of both must end.
  server.addHook('preClose', (done) => {
    for (const response of open) if (response.headersSent && !response.writableEnded) response.end();
    done();
  });
  void server.register((scope, _options, done) => {
    scope.removeAllContentTypeParsers();
    scope.addContentTypeParser('*', { parseAs: 'buffer' }, (_request, body, taken) => taken(null, body));
    for (const prefix of parts.passThrough.prefixes) {
      scope.route({
        method: METHODS,
        url: prefix.endsWith('/') ? `${prefix}*` : prefix,
        handler: (request, reply) => {
          const call = admit(request, parts);
          void reply.hijack();
          open.add(reply.raw);
          reply.raw.once('close', () => open.delete(reply.raw));
          void answer(request, reply.raw, call, parts);
        },
      });
    }
    done();
  });
}

function admit<Store>(request: FastifyRequest, { gate, log }: PassThroughParts<Store>): PassedCall {
  const body = Buffer.isBuffer(request.body) ? request.body : NO_BYTES;
  const { caller, now } = gate.admitPassed(request.headers[PASSED_CALLER_HEADER], body);
  if (caller.act.kind !== 'system' || caller.act.id !== 'gateway') {
    throw new AppError('UNAUTHENTICATED', { internal: 'passed on by another than the gateway' });
  }
  return { caller, body, now, log };
}

async function answer<Store>(
  request: FastifyRequest,
  response: ServerResponse,
  call: PassedCall,
  { passThrough, store, log }: PassThroughParts<Store>,
): Promise<void> {
  // A handler that writes once more to a stream that has been ended breaks nothing.
  response.on('error', () => undefined);
  try {
    await passThrough.handle(replay(request.raw, call.body), response, call, store);
  } catch (failure) {
    log.error('SERVICE_RESOLVER_FAILED', describeFailure(failure));
    if (response.headersSent) response.destroy();
    else response.writeHead(503, { 'content-type': 'application/json', 'content-length': 2 }).end('{}');
  }
}

/** A request of the same head whose body is read anew: frameworks read it as a stream or take `body`, and both are there. */
function replay(request: IncomingMessage, body: Buffer): PassedRequest {
  const fresh = new IncomingMessage(request.socket);
  const rawHeaders: string[] = [];
  for (let at = 0; at < request.rawHeaders.length; at += 2) {
    const [name = '', value = ''] = request.rawHeaders.slice(at, at + 2);
    if (name.toLowerCase() !== PASSED_CALLER_HEADER) rawHeaders.push(name, value);
  }
  const { [PASSED_CALLER_HEADER]: _, ...headers } = request.headers;
  const { httpVersion, httpVersionMajor, httpVersionMinor, method = '', url = '' } = request;
  fresh.push(body.length === 0 ? null : body);
  if (body.length > 0) fresh.push(null);
  return Object.assign(fresh, {
    httpVersion,
    httpVersionMajor,
    httpVersionMinor,
    method,
    url,
    headers,
    rawHeaders,
    body,
    complete: true,
  });
}
