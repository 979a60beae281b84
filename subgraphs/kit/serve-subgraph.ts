import { ApolloServer, HeaderMap } from '@apollo/server';
import { ApolloServerPluginCacheControlDisabled } from '@apollo/server/plugin/disabled';
import { ApolloServerPluginInlineTraceDisabled } from '@apollo/server/plugin/disabled';
import { ApolloServerPluginUsageReportingDisabled } from '@apollo/server/plugin/disabled';
import { ApolloServerPluginLandingPageDisabled } from '@apollo/server/plugin/disabled';
import { buildSubgraphSchema } from '@apollo/subgraph';
import Fastify from 'fastify';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { DocumentNode } from 'graphql';
import { ReplayGuard, verifyCallerToken } from './caller-token.ts';
import type { CallerToken } from './caller-token.ts';
import { migrate } from './database.ts';
import { AppError } from './errors.ts';
import { attestHolder } from './holder.ts';
import { describeFailure } from './log.ts';
import { maskError } from './mask-error.ts';
import { guardReferences } from './references.ts';
import { ServedRecorder, servedRecord } from './served.ts';
import type {
  CallContext,
  RunningService,
  Service,
  ServiceDefinition,
  ServiceOptions,
  ServiceStore,
  SourceNotice,
} from './service.ts';

type SubgraphModule = Exclude<
  Extract<Parameters<typeof buildSubgraphSchema>[0], readonly unknown[]>[number],
  DocumentNode
>;
type SubgraphResolvers = NonNullable<SubgraphModule['resolvers']>;

/** The largest request a service reads, in bytes: well above the longest honest one (100 references). */
const BODY_LIMIT_BYTES = 256 * 1024;

/** Turns a definition into a service that others can start: the kit's one way in. */
export function defineService<Store extends ServiceStore, Context extends CallContext>(
  definition: ServiceDefinition<Store, Context>,
): Service {
  return {
    name: definition.name,
    migrate: (databaseUrl) => migrate(databaseUrl, definition.migrations),
    start: (options) => startService(definition, options),
  };
}

async function startService<Store extends ServiceStore, Context extends CallContext>(
  definition: ServiceDefinition<Store, Context>,
  options: ServiceOptions,
): Promise<RunningService> {
  const store = definition.open(options);
  const apollo = openApollo(definition, options);
  await apollo.start();
  const server = Fastify({
    bodyLimit: BODY_LIMIT_BYTES,
    forceCloseConnections: 'idle',
    exposeHeadRoutes: false,
  });
  acceptRawJson(server);
  const gate = new CallerGate(definition.name, options);
  const served = new ServedRecorder(store.writeServed);

  server.get('/healthz', () => ({ status: 'ok' }));
  server.get('/readyz', async (_request, reply) => {
    const ready = await store.ping().then(
      () => true,
      () => false,
    );
    return reply.code(ready ? 200 : 503).send({ status: ready ? 'ok' : 'database unavailable' });
  });
  server.post('/graphql', async (request, reply) => {
    const caller = gate.admit(request);
    const notices = new Map<string, SourceNotice>();
    const call = gate.context(caller, {
      respond: (header, value) => void reply.header(header, value),
      notice: (notice) => void notices.set(`${notice.code} ${notice.field}`, notice),
    });
    const answer = await apollo.executeHTTPGraphQLRequest({
      httpGraphQLRequest: {
        method: 'POST',
        headers: apolloHeaders(),
        search: '',
        body: JSON.parse((request.body as Buffer).toString('utf8')) as unknown,
      },
      context: async () => definition.context(call, store),
    });
    await served.record(servedRecord(caller, call.now));
    if (answer.body.kind !== 'complete')
      throw new AppError('BAD_USER_INPUT', { internal: 'incremental answer' });
    return reply
      .code(answer.status ?? 200)
      .type('application/json')
      .send(withNotices(answer.body.string, [...notices.values()]));
  });
  for (const [path, door] of Object.entries(definition.doors ?? {})) {
    server.post(path, async (request) => {
      const call = gate.context(gate.admit(request), { respond: () => undefined, notice: () => undefined });
      return door(JSON.parse((request.body as Buffer).toString('utf8')), call, store);
    });
  }
  server.setErrorHandler((error, _request, reply) => refuse(error, reply, options));

  await server.listen({ host: options.host, port: options.port });
  const [address] = server.addresses();
  const port = typeof address === 'object' ? address.port : options.port;
  const background = definition.background?.(options, store);
  options.log.info('SERVICE_STARTED', { service: definition.name, port });
  return {
    name: definition.name,
    origin: `http://${options.host}:${port}`,
    port,
    stop: async () => {
      await background?.stop();
      await server.close();
      await apollo.stop();
      await store.close();
      options.log.info('SERVICE_STOPPED', { service: definition.name });
    },
  };
}

/** Apollo's own checks are off where the caller token has already made them (CSRF, landing page, introspection). */
function openApollo<Store extends ServiceStore, Context extends CallContext>(
  definition: ServiceDefinition<Store, Context>,
  options: ServiceOptions,
): ApolloServer<Context> {
  return new ApolloServer<Context>({
    schema: buildSubgraphSchema([
      {
        typeDefs: definition.typeDefs,
        resolvers: guardReferences(definition.resolvers) as SubgraphResolvers,
      },
    ]),
    introspection: false,
    csrfPrevention: false,
    includeStacktraceInErrorResponses: false,
    stopOnTerminationSignals: false,
    nodeEnv: 'production',
    logger: { debug() {}, info() {}, warn() {}, error() {} },
    formatError: (_formatted, error) => maskError(error, options.log),
    plugins: [
      ApolloServerPluginCacheControlDisabled(),
      ApolloServerPluginInlineTraceDisabled(),
      ApolloServerPluginUsageReportingDisabled(),
      ApolloServerPluginLandingPageDisabled(),
    ],
  });
}

/** Remarks travel in `extensions.notices` of the service's own answer; most answers have none and stay as they are. */
function withNotices(answer: string, notices: readonly SourceNotice[]): string {
  if (notices.length === 0) return answer;
  const parsed = JSON.parse(answer) as { extensions?: Record<string, unknown> };
  return JSON.stringify({ ...parsed, extensions: { ...parsed.extensions, notices } });
}

/** The body is kept as bytes, since the caller token is bound to them. */
function acceptRawJson(server: FastifyInstance): void {
  server.removeAllContentTypeParsers();
  server.addContentTypeParser('application/json', { parseAs: 'buffer' }, (_request, body, done) =>
    done(null, body),
  );
}

function apolloHeaders(): HeaderMap {
  return new HeaderMap([
    ['content-type', 'application/json'],
    ['accept', 'application/json'],
  ]);
}

/** Admits nobody without a caller token made for this service, this body and this moment, and no token twice. */
class CallerGate {
  readonly #audience: string;
  readonly #options: ServiceOptions;
  readonly #replays = new ReplayGuard();

  constructor(audience: string, options: ServiceOptions) {
    this.#audience = audience;
    this.#options = options;
  }

  admit(request: FastifyRequest): CallerToken {
    const [scheme, compact] = (request.headers.authorization ?? '').split(' ');
    if (scheme !== 'Bearer' || compact === undefined || !Buffer.isBuffer(request.body)) {
      throw new AppError('UNAUTHENTICATED', { internal: 'no caller token' });
    }
    const now = this.#options.clock();
    const caller = verifyCallerToken(compact, {
      audience: this.#audience,
      key: this.#options.callerKey,
      body: request.body,
      now,
    });
    this.#replays.admit(caller.jti, now);
    return caller;
  }

  context(caller: CallerToken, channels: Pick<CallContext, 'respond' | 'notice'>): CallContext {
    const subjects = new Set(caller.subjects.map(({ id }) => id));
    return {
      caller,
      subjects,
      identifiersOf: (subject) => {
        const identifiers = subjects.has(subject) ? caller.ids[subject] : undefined;
        if (identifiers === undefined)
          throw new AppError('NOT_PERMITTED', { internal: 'subject outside the token' });
        return identifiers;
      },
      attest: (identifier) => attestHolder(this.#options.callerKey, caller.jti, identifier),
      now: this.#options.clock(),
      log: this.#options.log,
      ...channels,
    };
  }
}

function refuse(error: unknown, reply: FastifyReply, options: ServiceOptions): FastifyReply {
  if (error instanceof AppError) {
    if (error.code === 'UNAUTHENTICATED') {
      options.log.warn('SERVICE_CALL_REFUSED', { reason: error.detail.internal ?? error.code });
    }
    return reply
      .code(error.status)
      .send({ errors: [{ message: error.code, extensions: { code: error.code } }] });
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
