import { HeaderMap } from '@apollo/server';
import type { ApolloServer } from '@apollo/server';
import Fastify from 'fastify';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { CallerGate } from './caller-gate.ts';
import type { CallerToken } from './caller-token.ts';
import { AppError } from './errors.ts';
import { describeFailure } from './log.ts';
import { extensionsOf } from './mask-error.ts';
import { servePassThrough } from './pass-through.ts';
import { ServedRecorder, servedRecord } from './served.ts';
import { traceCall } from './trace-call.ts';
import type {
  CallContext,
  ServiceDefinition,
  ServiceOptions,
  ServiceStore,
  SourceNotice,
} from './service.ts';

/** The largest request a service reads, in bytes: well above the longest honest one. */
const BODY_LIMIT_BYTES = 256 * 1024;

/** The most entries a list among the variables may have: well above the longest honest one (100 vehicles). */
const LIST_LIMIT = 500;

/**
 * The largest head of a request, in bytes. The caller token travels in it and names every subject with its claims and
 * identifiers: Node's own 16 KiB would end at a guardian of some dozen wards.
 */
const HEADER_LIMIT_BYTES = 64 * 1024;

/** The parts of a started service that its routes work with. */
export interface ServiceParts<Store extends ServiceStore, Context extends CallContext> {
  readonly definition: ServiceDefinition<Store, Context>;
  readonly options: ServiceOptions;
  readonly store: Store;
  readonly apollo: ApolloServer<Context>;
  readonly gate: CallerGate;
}

/** Makes the HTTP server of a service: GraphQL and doors behind the caller token, health without. */
export function makeServer<Store extends ServiceStore, Context extends CallContext>(
  parts: ServiceParts<Store, Context>,
): FastifyInstance {
  const server = Fastify({
    bodyLimit: BODY_LIMIT_BYTES,
    http: { maxHeaderSize: HEADER_LIMIT_BYTES },
    forceCloseConnections: 'idle',
    exposeHeadRoutes: false,
  });
  acceptRawJson(server);
  serveHealth(server, parts.store);
  serveMetrics(server, parts);
  serveGraphql(server, parts);
  serveDoors(server, parts);
  const { passThrough } = parts.definition;
  if (passThrough !== undefined) {
    const { store, gate, options } = parts;
    servePassThrough(server, { passThrough, store, gate, log: options.log });
  }
  server.setErrorHandler((error, _request, reply) => refuse(error, reply, parts.options));
  return server;
}

function serveHealth(server: FastifyInstance, store: ServiceStore): void {
  server.get('/healthz', () => ({ status: 'ok' }));
  server.get('/readyz', async (_request, reply) => {
    const status = await store.ping().then(
      () => 'ok',
      (failure: unknown) => reasonOf(failure) ?? 'database unavailable',
    );
    return reply.code(status === 'ok' ? 200 : 503).send({ status });
  });
}

function serveMetrics<Store extends ServiceStore, Context extends CallContext>(
  server: FastifyInstance,
  { definition, store }: ServiceParts<Store, Context>,
): void {
  const { metrics } = definition;
  if (metrics === undefined) return;
  server.get('/metrics', async (_request, reply) =>
    reply.type('text/plain; version=0.0.4; charset=utf-8').send(await metrics(store)),
  );
}

/** A service that knows better than that its database is away says so in a code. */
function reasonOf(failure: unknown): string | undefined {
  return failure instanceof AppError ? failure.detail.reason : undefined;
}

function serveGraphql<Store extends ServiceStore, Context extends CallContext>(
  server: FastifyInstance,
  { definition, store, apollo, gate, options }: ServiceParts<Store, Context>,
): void {
  const served = new ServedRecorder(store.served.write);
  server.post('/graphql', (request, reply) => {
    const caller = gate.admit(request);
    return traceCall(request, reply, options, () => answer(request, reply, caller));
  });
  const answer = async (
    request: FastifyRequest,
    reply: FastifyReply,
    caller: CallerToken,
  ): Promise<FastifyReply> => {
    const notices = new Map<string, SourceNotice>();
    let claims: ReadonlySet<string> = new Set();
    const call = gate.context(caller, {
      respond: (header, value) => void reply.header(header, value),
      notice: (notice) => void notices.set(`${notice.code} ${notice.field}`, notice),
      asks: (asked) => (claims = asked),
      served: store.served.after,
    });
    const executed = await apollo.executeHTTPGraphQLRequest({
      httpGraphQLRequest: {
        method: 'POST',
        headers: apolloHeaders(),
        search: '',
        body: readOperation(request.body),
      },
      context: async () => definition.context(call, store),
    });
    if (executed.body.kind !== 'complete')
      throw new AppError('BAD_USER_INPUT', { internal: 'incremental answer' });
    // On record first: what cannot be recorded is not answered.
    const record = servedRecord(caller, claims);
    if (record !== null) {
      await served.record(record).catch((failure: unknown) => {
        call.log.error('SERVED_WRITE_FAILED', { requestId: caller.jti });
        throw failure;
      });
    }
    return reply
      .code(executed.status ?? 200)
      .type('application/json')
      .send(withNotices(executed.body.string, [...notices.values()]));
  };
}

function serveDoors<Store extends ServiceStore, Context extends CallContext>(
  server: FastifyInstance,
  { definition, store, gate, options }: ServiceParts<Store, Context>,
): void {
  for (const [path, door] of Object.entries(definition.doors ?? {})) {
    server.post(path, (request, reply) => {
      const silent = {
        respond: () => undefined,
        notice: () => undefined,
        asks: () => undefined,
        served: store.served.after,
      };
      const context = gate.context(gate.admit(request), silent);
      return traceCall(request, reply, options, () => door(readJson(request.body), context, store));
    });
  }
}

/** The body is kept as bytes, since the caller token is bound to them. */
function acceptRawJson(server: FastifyInstance): void {
  server.removeAllContentTypeParsers();
  server.addContentTypeParser('application/json', { parseAs: 'buffer' }, (_request, body, done) =>
    done(null, body),
  );
}

/** Reads a body that the caller token has vouched for. @throws AppError `BAD_USER_INPUT` */
function readJson(body: unknown): unknown {
  try {
    return JSON.parse((body as Buffer).toString('utf8')) as unknown;
  } catch {
    throw new AppError('BAD_USER_INPUT', { internal: 'body is no JSON' });
  }
}

function readOperation(body: unknown): unknown {
  const operation = readJson(body) as { variables?: Record<string, unknown> | null } | null;
  for (const value of Object.values(operation?.variables ?? {})) {
    if (Array.isArray(value) && value.length > LIST_LIMIT) {
      throw new AppError('BAD_USER_INPUT', { internal: 'list of variables too long' });
    }
  }
  return operation;
}

/** Remarks travel in `extensions.notices` of the service's own answer; most answers have none and stay as they are. */
function withNotices(answer: string, notices: readonly SourceNotice[]): string {
  if (notices.length === 0) return answer;
  const parsed = JSON.parse(answer) as { extensions?: Record<string, unknown> };
  return JSON.stringify({ ...parsed, extensions: { ...parsed.extensions, notices } });
}

function apolloHeaders(): HeaderMap {
  return new HeaderMap([
    ['content-type', 'application/json'],
    ['accept', 'application/json'],
  ]);
}

function refuse(error: unknown, reply: FastifyReply, options: ServiceOptions): FastifyReply {
  if (error instanceof AppError) {
    if (error.code === 'UNAUTHENTICATED') {
      options.log.warn('SERVICE_CALL_REFUSED', { reason: error.detail.internal ?? error.code });
    }
    const { retryAfterSeconds } = error.detail;
    if (retryAfterSeconds !== undefined) void reply.header('retry-after', retryAfterSeconds);
    return reply
      .code(error.status)
      .send({ errors: [{ message: error.code, extensions: extensionsOf(error, error.code) }] });
  }
  const status = (error as { statusCode?: number }).statusCode;
  if (status !== undefined && status >= 400 && status < 500) {
    return reply
      .code(status)
      .send({ errors: [{ message: 'BAD_USER_INPUT', extensions: { code: 'BAD_USER_INPUT' } }] });
  }
  options.log.error('SERVICE_RESOLVER_FAILED', describeFailure(error));
  return reply
    .code(503)
    .send({ errors: [{ message: 'SOURCE_UNAVAILABLE', extensions: { code: 'SOURCE_UNAVAILABLE' } }] });
}
