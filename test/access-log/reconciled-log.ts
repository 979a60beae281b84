import { randomUUID } from 'node:crypto';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { service } from '@dinhdanh/access-log';
import type { AccessLogSettings } from '@dinhdanh/access-log';
import { systemClock, verifySystemToken } from '@dinhdanh/kit';
import { RecordingLog, runSql, ServiceClient } from '@dinhdanh/kit/testing';
import { openServiceDatabases } from '../harness/service-database.ts';

/** A served call as a service would tell it. */
export interface GivenCall {
  readonly callId: string;
  readonly at: string;
  readonly actorKind: string;
  readonly subjects: number;
  readonly claims: number;
}

/** A gateway of which only the served records are asked, each list as long as a test makes it; null cannot be heard. */
export type Served = Map<string, GivenCall[] | null>;

/** The access log on a database of its own, and what stands around it. */
export interface LogUnderTest {
  readonly databaseUrl: string;
  readonly client: ServiceClient;
  readonly log: RecordingLog;
  readonly served: Served;
  /** Requests that reconciliation has made. */
  readonly rounds: () => number;
  readonly sql: <Row extends Record<string, unknown>>(text: string, values?: unknown[]) => Promise<Row[]>;
  readonly restart: () => Promise<void>;
  readonly stop: () => Promise<void>;
}

const callerKey = Buffer.alloc(32, 7);
const systemKey = Buffer.alloc(32, 8);
/** As small as pages are, so that every list of a test takes some. */
const PAGE = 3;

/** Starts the access log before a gateway that answers for its services out of `served`. */
export async function startLog(settings: Partial<AccessLogSettings>): Promise<LogUnderTest> {
  const databases = await openServiceDatabases();
  const databaseUrl = await databases.create('access-log');
  await service.migrate(databaseUrl);
  const served: Served = new Map();
  const gateway = await startGateway(served);
  const log = new RecordingLog();
  const start = () =>
    service.start({
      host: '127.0.0.1',
      port: 0,
      databaseUrl,
      callerKey,
      clock: systemClock,
      log,
      settings: {
        pseudonymKey: Buffer.alloc(32, 1),
        detailKey: Buffer.alloc(32, 2),
        signingKey: Buffer.alloc(32, 3),
        systemKey,
        gatewayUrl: () => gateway.url,
        ...settings,
      },
    });
  let running = await start();
  return {
    databaseUrl,
    get client() {
      return new ServiceClient(running, callerKey, systemClock);
    },
    log,
    served,
    rounds: gateway.rounds,
    sql: (text, values) => runSql(databaseUrl, text, values),
    restart: async () => {
      await running.stop();
      running = await start();
    },
    stop: async () => {
      await running.stop();
      gateway.stop();
      await databases.stop();
    },
  };
}

interface Gateway {
  readonly url: string;
  readonly rounds: () => number;
  readonly stop: () => void;
}

async function startGateway(served: Served): Promise<Gateway> {
  let rounds = 0;
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      rounds += 1;
      const [, token = ''] = (request.headers.authorization ?? '').split(' ');
      const { iss } = verifySystemToken(token, {
        keys: { 'access-log': systemKey },
        audience: 'gateway',
        now: new Date(),
      });
      const body = JSON.parse(Buffer.concat(chunks).toString()) as {
        variables: Record<string, string | boolean | null>;
      };
      response.setHeader('content-type', 'application/json');
      response.end(JSON.stringify({ data: iss === 'access-log' ? answer(served, body) : null }));
    });
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    rounds: () => rounds,
    stop: () => {
      server.closeAllConnections();
      server.close();
    },
  };
}

function answer(
  served: Served,
  { variables }: { variables: Record<string, string | boolean | null> },
): Record<string, unknown> {
  const roots = Object.keys(variables).filter((name) => name.endsWith('Asked') && variables[name] === true);
  return Object.fromEntries(
    roots.map((asked) => {
      const root = asked.slice(0, -'Asked'.length);
      const camel = root.slice(0, -'Served'.length);
      const calls = served.get(camel.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`));
      if (calls === null) return [root, null];
      const from = Number(variables[`${root}After`] ?? '0');
      const nodes = (calls ?? []).slice(from, from + PAGE);
      const end = from + nodes.length;
      const pageInfo = {
        hasNextPage: end < (calls?.length ?? 0),
        endCursor: nodes.length === 0 ? null : String(end),
      };
      return [root, { nodes, pageInfo }];
    }),
  );
}

/** A call about one person, as a registry would have served it just now. */
export function call(requestId: string = randomUUID(), given: Partial<GivenCall> = {}): GivenCall {
  return {
    callId: `${requestId}.0.0`,
    at: new Date().toISOString(),
    actorKind: 'person',
    subjects: 1,
    claims: 2,
    ...given,
  };
}
