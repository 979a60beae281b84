import { describeFailure, ReplayGuard, unreachable } from '@dinhdanh/kit';
import type { Clock, Log } from '@dinhdanh/kit';
import Fastify from 'fastify';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { indexClaims } from './claim-index.ts';
import { createEngine } from './engine/index.ts';
import type { Exchange } from './exchange.ts';
import { openExchange } from './open-exchange.ts';
import type { Rooms } from './rooms.ts';
import { scalarChecks } from './scalar-checks.ts';
import { defaultSettings } from './settings.ts';
import type { GatewaySettings } from './settings.ts';
import { authorise } from './stages/authorise.ts';
import { execute, planOperation } from './stages/execute.ts';
import { identifyCaller } from './stages/identify-caller.ts';
import { describeFault, describeRefusal } from './stages/mask-errors.ts';
import { prepareOperation } from './stages/prepare-operation.ts';
import { readRequest } from './stages/read-request.ts';
import { release, releaseRefusal } from './stages/release.ts';
import { createUpstream } from './upstream/upstream.ts';

export type { GatewaySettings } from './settings.ts';

/** One step of the row. */
interface Stage {
  readonly name: string;
  readonly run: (exchange: Exchange, rooms: Rooms) => void | Promise<void>;
}

/**
 * What happens to a request, in this order. A stage that throws ends the row; its refusal is put into words and
 * released. The access log's gate has its place between `execute` and `release`.
 */
const stages: readonly Stage[] = [
  { name: 'read-request', run: readRequest },
  { name: 'prepare-operation', run: prepareOperation },
  { name: 'identify-caller', run: identifyCaller },
  { name: 'authorise', run: (exchange, rooms) => authorise(exchange, rooms.claims) },
  { name: 'plan-operation', run: planOperation },
  { name: 'execute', run: execute },
  { name: 'release', run: release },
];

/** What a gateway is started with. */
export interface GatewayOptions {
  readonly host: string;
  /** 0 takes a free port. */
  readonly port: number;
  /** `http://host:port` of each service. */
  readonly services: Readonly<Record<string, string>>;
  /** The caller-token key of each service. */
  readonly callerKeys: Readonly<Record<string, Buffer>>;
  /** The keys of our own services that ask through the front door. */
  readonly systemKeys: Readonly<Record<string, Buffer>>;
  /** Hides network addresses before they go anywhere. */
  readonly addressKey: Buffer;
  /** SDL of the supergraph. */
  readonly supergraph: string;
  /** The folder of the built screens; null serves none. */
  readonly webRoot: string | null;
  readonly log: Log;
  readonly clock: Clock;
  readonly settings: Partial<GatewaySettings>;
}

/** A gateway that listens. */
export interface RunningGateway {
  /** `http://host:port`. */
  readonly url: string;
  /** Counters of the engine: documents read, plans made. */
  readonly stats: Rooms['engine']['stats'];
  /** Takes no more requests, finishes those under way, then closes. */
  readonly stop: () => Promise<void>;
}

/** Starts the front door. */
export async function startGateway(options: GatewayOptions): Promise<RunningGateway> {
  const rooms = openRooms(options);
  const server = Fastify({
    bodyLimit: rooms.settings.bodyLimitBytes,
    trustProxy: [...rooms.settings.trustedProxies],
    forceCloseConnections: 'idle',
    exposeHeadRoutes: false,
  });
  serveGraphql(server, rooms, options.addressKey);
  await server.listen({ host: options.host, port: options.port });
  const [address] = server.addresses();
  const port = typeof address === 'object' ? address.port : options.port;
  options.log.info('SERVICE_STARTED', { service: 'gateway', port });
  return {
    url: `http://${options.host}:${port}`,
    stats: rooms.engine.stats,
    stop: async () => {
      await server.close();
      await rooms.upstream.close();
      options.log.info('SERVICE_STOPPED', { service: 'gateway' });
    },
  };
}

function openRooms(options: GatewayOptions): Rooms {
  const { callerKeys, systemKeys, log, clock } = options;
  const engine = createEngine({
    supergraph: options.supergraph,
    attestationField: 'holder',
    scalars: scalarChecks,
    knownCodes: [...passingCodes],
  });
  return {
    engine,
    claims: indexClaims(engine.schema),
    upstream: createUpstream({
      services: options.services,
      clock,
      onEvent: (event, fields) => log.warn(event, fields),
    }),
    callerKeys,
    callerKey: (service) => callerKeys[service] ?? unreachable(`no caller key for ${service}`),
    systemKeys,
    systemReplays: new ReplayGuard(),
    log,
    clock,
    settings: { ...defaultSettings, ...options.settings },
  };
}

/** The codes a service may answer with that the client is told as they are; any other is a failure of the source. */
const passingCodes = [
  'UNAUTHENTICATED',
  'NOT_PERMITTED',
  'NOT_FOUND',
  'RATE_LIMITED',
  'BAD_USER_INPUT',
  'ACCOUNT_LOCKED',
  'PASSCODE_REQUIRED',
  'GUARDIAN_REQUIRED',
] as const;

function serveGraphql(server: FastifyInstance, rooms: Rooms, addressKey: Buffer): void {
  server.removeAllContentTypeParsers();
  // Every body is taken as bytes: what it claims to be is judged by read-request, with an answer of our own form.
  server.addContentTypeParser('*', { parseAs: 'buffer' }, (_request, body, done) => done(null, body));
  server.post('/graphql', (request, reply) => serve(request, reply, rooms, addressKey));
}

async function serve(
  request: FastifyRequest,
  reply: FastifyReply,
  rooms: Rooms,
  addressKey: Buffer,
): Promise<FastifyReply> {
  const exchange = openExchange(request, reply, { ...rooms, addressKey });
  try {
    for (const stage of stages) await stage.run(exchange, rooms);
  } catch (failure) {
    await refuse(exchange, rooms, failure);
  }
  return reply;
}

async function refuse(exchange: Exchange, rooms: Rooms, failure: unknown): Promise<void> {
  const refused = describeRefusal(failure, exchange.language);
  if (refused !== null) {
    rooms.log.info('GATEWAY_REQUEST_REFUSED', {
      requestId: exchange.id,
      code: String(refused.error.extensions['code']),
    });
    await releaseRefusal(exchange, refused);
    return;
  }
  rooms.log.error('GATEWAY_REQUEST_FAILED', { requestId: exchange.id, ...describeFailure(failure) });
  await releaseRefusal(exchange, describeFault(exchange.language));
}
