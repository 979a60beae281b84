import { AppError, closeServer, describeFailure } from '@dinhdanh/kit';
import type { ErrorCode } from '@dinhdanh/kit';
import Fastify from 'fastify';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { EngineStats } from './engine/index.ts';
import type { Exchange } from './exchange.ts';
import { serveGraphiql } from './graphiql.ts';
import { serveLog } from './serve-log.ts';
import { serveSharing } from './serve-sharing.ts';
import { serveStatic } from './serve-static.ts';
import { readStaticFiles } from './static-files.ts';
import type { StaticFiles } from './static-files.ts';
import type { GatewayOptions } from './gateway-options.ts';
import { openExchange } from './open-exchange.ts';
import { openRooms } from './open-rooms.ts';
import type { Rooms } from './rooms.ts';
import { authorise } from './stages/authorise.ts';
import { challengeParty, recordAttempt } from './stages/challenge-party.ts';
import { execute, planOperation } from './stages/execute.ts';
import { identifyCaller } from './stages/identify-caller.ts';
import { admitEnding, confirmEnding } from './stages/limit-ending.ts';
import { limitRate, limitSession } from './stages/limit-rate.ts';
import { describeFault, describeRefusal } from './stages/mask-errors.ts';
import { prepareOperation } from './stages/prepare-operation.ts';
import { readRequest } from './stages/read-request.ts';
import { recordAccess, recordFailure, requireLog } from './stages/record-access.ts';
import { release, releaseRefusal } from './stages/release.ts';
import type { ReloadOutcome } from './serving.ts';
import type { Stage } from './stage.ts';
import { trustDocument } from './stages/trust-document.ts';
import { beginTrace, endTrace, runTraced } from './trace-request.ts';

export { readGatewaySettings } from './config.ts';
export type { Caller } from './caller.ts';
export { filled } from './exchange.ts';
export type { Exchange } from './exchange.ts';
export type { GatewayOptions } from './gateway-options.ts';
export type { Stage } from './stage.ts';
export type { GatewaySettings } from './settings.ts';
export type { AppendEntries } from './doors/append-entry.ts';
export type { AppendEntry, EntryReceipt } from './record/entry.ts';

/**
 * What happens to a request, in this order. A stage that throws ends the row; its refusal is put into words and
 * released. `record-access` is the access log's gate: what an answer holds is on disk before a byte of it leaves.
 */
export const stages: readonly Stage[] = [
  { name: 'limit-rate', run: (exchange, { limits }) => limitRate(exchange, limits) },
  { name: 'read-request', run: readRequest },
  { name: 'admit-ending', run: admitEnding },
  { name: 'trust-document', run: trustDocument },
  { name: 'prepare-operation', run: prepareOperation },
  { name: 'confirm-ending', run: confirmEnding },
  { name: 'identify-caller', run: identifyCaller },
  { name: 'limit-session', run: (exchange, { limits }) => limitSession(exchange, limits) },
  { name: 'authorise', run: authorise },
  { name: 'plan-operation', run: planOperation },
  { name: 'require-log', run: requireLog },
  { name: 'execute', run: execute },
  { name: 'record-access', run: recordAccess },
  { name: 'release', run: release },
];

/** A gateway that listens. */
export interface RunningGateway {
  /** `http://host:port`. */
  readonly url: string;
  /** The origin browsers and relying parties know it by. */
  readonly publicUrl: string;
  /** Counters of the engine: documents read, plans made. */
  readonly stats: EngineStats;
  /** Takes up a supergraph or manifest that has changed on the disk, as the watch on their folders does. */
  readonly reload: () => Promise<ReloadOutcome>;
  /** Takes no more requests, finishes those under way, then closes. */
  readonly stop: () => Promise<void>;
}

/** Starts the front door. */
export async function startGateway(options: GatewayOptions): Promise<RunningGateway> {
  const own = { url: '' };
  const rooms = await openRooms(options, () => own.url);
  const server = Fastify({
    bodyLimit: rooms.settings.bodyLimitBytes,
    trustProxy: [...rooms.settings.trustedProxies],
    forceCloseConnections: 'idle',
    exposeHeadRoutes: false,
  });
  takeBytes(server);
  await servePages(server, rooms, options);
  serveLog(server, rooms, (exchange, failure) => refuse(exchange, rooms, failure));
  serveSharing(server, rooms);
  serveProbes(server, rooms);
  if ((options.deskUrl ?? null) !== null) sendOnToDesk(server, options.deskUrl ?? '');
  if ((options.readerUrl ?? null) !== null) tellReader(server, options.readerUrl ?? '');
  await server.listen({ host: options.host, port: options.port });
  const [address] = server.addresses();
  const port = typeof address === 'object' ? address.port : options.port;
  own.url = `http://${options.host}:${port}`;
  options.log.info('SERVICE_STARTED', { service: 'gateway', port });
  return {
    url: own.url,
    publicUrl: rooms.publicUrl(),
    get stats() {
      return rooms.serving.stats();
    },
    reload: rooms.serving.reload,
    stop: async () => {
      rooms.health.drain();
      await closeServer(server);
      await rooms.close();
      options.log.info('SERVICE_STOPPED', { service: 'gateway' });
    },
  };
}

/** The desk is a relying party's own site, of an origin of its own: here is only the way to it. */
function sendOnToDesk(server: FastifyInstance, deskUrl: string): void {
  server.get('/desk', (_request, reply) => reply.redirect(deskUrl, 302));
}

/** The reader of chips is a program on the same machine as the browser: the screens learn its address, people are sent on. */
function tellReader(server: FastifyInstance, readerUrl: string): void {
  server.get('/reader', (request, reply) => {
    const asksForPage = (request.headers.accept ?? '').includes('text/html');
    void reply.header('vary', 'accept');
    return asksForPage ? reply.redirect(readerUrl, 302) : { url: readerUrl };
  });
}

/** Every body is taken as bytes: what it claims to be is judged by read-request, with an answer of our own form. */
function takeBytes(server: FastifyInstance): void {
  server.removeAllContentTypeParsers();
  server.addContentTypeParser('*', { parseAs: 'buffer' }, (_request, body, done) => done(null, body));
}

/** GraphQL for programs; GraphiQL and the screens for browsers, where they have been built. */
async function servePages(
  server: FastifyInstance,
  rooms: Rooms,
  { webRoot, readerUrl, row = stages }: GatewayOptions,
): Promise<void> {
  const files: StaticFiles = webRoot === null ? new Map() : await readStaticFiles(webRoot);
  const answer = (request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> =>
    serve(request, reply, rooms, row);
  server.route({
    method: ['POST', 'PUT', 'PATCH', 'DELETE'],
    url: '/graphql',
    handler: answer,
    errorHandler: (failure, request, reply) => {
      // Only a body that is too large, or cut off, fails before the row begins.
      const httpStatus = failure.statusCode === 413 ? 413 : 400;
      const reason = httpStatus === 413 ? 'REQUEST_TOO_LARGE' : 'REQUEST_BROKEN';
      const refusal = new AppError('BAD_USER_INPUT', { reason, httpStatus });
      void refuse(openExchange(request, reply, rooms), rooms, refusal);
    },
  });
  serveGraphiql(server, files, rooms.settings.documents, answer);
  if (webRoot !== null) serveStatic(server, files, readerUrl ?? null);
}

function serveProbes(server: FastifyInstance, { health, metrics }: Rooms): void {
  server.get('/healthz', (_request, reply) => reply.code(health.alive().status).send(health.alive().body));
  server.get('/readyz', (_request, reply) => reply.code(health.ready().status).send(health.ready().body));
  server.get('/metrics', async (_request, reply) =>
    reply.type(metrics.contentType).send(await metrics.print()),
  );
}

async function serve(
  request: FastifyRequest,
  reply: FastifyReply,
  rooms: Rooms,
  row: readonly Stage[],
): Promise<FastifyReply> {
  const exchange = openExchange(request, reply, rooms);
  const trace = beginTrace(rooms.tracer, exchange);
  let outcome: ErrorCode | 'OK' = 'OK';
  try {
    for (const { name, run } of row) {
      const running = trace.isRecording
        ? runTraced(trace, name, () => run(exchange, rooms))
        : run(exchange, rooms);
      // Most stages are done at once, and nothing need wait a turn for them.
      if (running !== undefined) await running;
    }
  } catch (failure) {
    outcome = await refuse(exchange, rooms, failure);
  }
  endTrace(trace, exchange, outcome);
  const durationMs = rooms.clock().getTime() - exchange.startedAt.getTime();
  rooms.metrics.requestEnded(outcome, durationMs);
  if (outcome === 'OK') {
    const actor = exchange.caller?.kind ?? 'anonymous';
    rooms.log.info('GATEWAY_REQUEST', { requestId: exchange.id, actor, durationMs });
  }
  return reply;
}

/** Answers a request that a stage has refused, or that failed by a fault of ours, which tells a code and nothing more. */
async function refuse(exchange: Exchange, rooms: Rooms, failure: unknown): Promise<ErrorCode> {
  const refused = describeRefusal(failure, exchange.language);
  if (refused === null) {
    rooms.log.error('GATEWAY_REQUEST_FAILED', { requestId: exchange.id, ...describeFailure(failure) });
    recordFailure(exchange, rooms, 'SOURCE_UNAVAILABLE');
    await releaseRefusal(exchange, describeFault(exchange.language));
    return 'SOURCE_UNAVAILABLE';
  }
  const { code } = refused;
  if (exchange.compiled === undefined) rooms.metrics.refusedBeforePlanning(code);
  rooms.log.info('GATEWAY_REQUEST_REFUSED', { requestId: exchange.id, code });
  await recordAttempt(exchange, failure, code, rooms);
  recordFailure(exchange, rooms, code);
  challengeParty(exchange, failure, rooms);
  await releaseRefusal(exchange, refused);
  return code;
}
