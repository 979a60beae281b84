import { createServer } from 'node:http';
import type { IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { ReplayGuard, verifySystemToken } from '@dinhdanh/kit';

/** A change as population tells it. */
export interface Change {
  readonly at: string;
  readonly kind: string;
  readonly keys: Readonly<Record<string, string>>;
}

/** A gateway that answers population's changes to accounts as a system caller, and nothing else. */
export interface RegistryOfChanges {
  readonly url: string;
  readonly changes: Change[];
  /** While set, every question is answered by 503. */
  broken: boolean;
  /** Questions answered. */
  answered: number;
  readonly stop: () => Promise<void>;
}

const PAGE = 2;

/** Starts it. Pages are short, so that few changes make several. */
export async function startRegistryOfChanges(systemKey: Buffer, now: () => Date): Promise<RegistryOfChanges> {
  const replays = new ReplayGuard();
  const isAccounts = (authorization = ''): boolean => {
    const [, token = ''] = authorization.split(' ');
    try {
      const { jti } = verifySystemToken(token, {
        keys: { accounts: systemKey },
        audience: 'gateway',
        now: now(),
      });
      replays.admit(jti, now());
      return true;
    } catch {
      return false;
    }
  };
  const server = createServer((request, response) => {
    const reply = (status: number, content: unknown): void => {
      response.writeHead(status, { 'content-type': 'application/graphql-response+json' });
      response.end(JSON.stringify(content));
    };
    void readJson(request).then((body) => {
      if (!isAccounts(request.headers.authorization)) return reply(401, { errors: [] });
      if (registry.broken) return reply(503, { errors: [] });
      registry.answered += 1;
      return reply(200, answer(registry.changes, body));
    });
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  const registry: RegistryOfChanges = {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    changes: [],
    broken: false,
    answered: 0,
    stop: async () => {
      server.closeAllConnections();
      await new Promise((done) => server.close(done));
    },
  };
  return registry;
}

function answer(changes: readonly Change[], { variables }: { variables: { after: string | null } }): unknown {
  const start = Number(variables.after ?? 0);
  const nodes = changes.slice(start, start + PAGE).map(({ at, kind, keys }, index) => ({
    cursor: String(start + index + 1),
    at,
    kind,
    keys: Object.entries(keys).map(([role, value]) => ({ role, value })),
  }));
  const hasNextPage = start + nodes.length < changes.length;
  return {
    data: {
      populationChanges: { nodes, pageInfo: { hasNextPage, endCursor: nodes.at(-1)?.cursor ?? null } },
    },
  };
}

async function readJson(request: IncomingMessage): Promise<{ variables: { after: string | null } }> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return JSON.parse(Buffer.concat(chunks).toString('utf8')) as { variables: { after: string | null } };
}
