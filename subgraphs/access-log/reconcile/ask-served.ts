import { randomUUID } from 'node:crypto';
import { AppError, SERVED_PAGE_LIMIT, signSystemToken, SYSTEM_TOKEN_SECONDS } from '@dinhdanh/kit';
import type { Clock } from '@dinhdanh/kit';
import type { ServedCall } from '../tlog/index.ts';

/** A page of what one service has served. */
export interface ServedCalls {
  readonly calls: readonly ServedCall[];
  /** Null where there was nothing. */
  readonly endCursor: string | null;
  readonly hasNextPage: boolean;
}

/**
 * Asks services for what they have served behind their cursors, in one request; a service that could not be heard is
 * left out of the answer.
 *
 * @throws AppError `SOURCE_UNAVAILABLE` where the gateway gave no answer at all
 */
export type AskServed = (
  cursors: ReadonlyMap<string, string | null>,
  ending: AbortSignal,
) => Promise<ReadonlyMap<string, ServedCalls>>;

const ASK_TIMEOUT_MS = 30_000;

/** Asks through the gateway's GraphQL, as the system caller `access-log`. */
export function askGateway(room: {
  readonly gatewayUrl: string;
  readonly systemKey: Buffer;
  readonly clock: Clock;
}): AskServed {
  return async (cursors, ending) => {
    const services = [...cursors.keys()];
    const answer = await fetch(`${room.gatewayUrl}/graphql`, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        accept: 'application/graphql-response+json, application/json',
        authorization: `Bearer ${systemToken(room.systemKey, room.clock())}`,
      },
      body: JSON.stringify({ query: queryOf(services), variables: variablesOf(cursors) }),
      redirect: 'error',
      signal: AbortSignal.any([ending, AbortSignal.timeout(ASK_TIMEOUT_MS)]),
    });
    const { data } = (await answer.json()) as { data?: Readonly<Record<string, unknown>> | null };
    if (data === undefined || data === null)
      throw new AppError('SOURCE_UNAVAILABLE', { internal: 'no served records from the gateway' });
    const heard = new Map<string, ServedCalls>();
    for (const [number, service] of services.entries()) {
      const page = readPage(service, data[`s${number}`]);
      if (page !== null) heard.set(service, page);
    }
    return heard;
  };
}

function systemToken(key: Buffer, now: Date): string {
  const iat = Math.floor(now.getTime() / 1000);
  const token = { iss: 'access-log', sub: 'access-log', aud: 'gateway', jti: randomUUID() };
  return signSystemToken({ ...token, iat, exp: iat + SYSTEM_TOKEN_SECONDS }, key);
}

function queryOf(services: readonly string[]): string {
  const roots = services.map(
    (service, number) => `s${number}: ${rootOf(service)}(after: $c${number}, first: ${SERVED_PAGE_LIMIT}) {
      nodes { callId at actorKind subjects claims } pageInfo { hasNextPage endCursor } }`,
  );
  const variables = services.map((_, number) => `$c${number}: String`);
  return `query Served(${variables.join(', ')}) { ${roots.join('\n')} }`;
}

/** `driving-licences` → `drivingLicencesServed`. */
function rootOf(service: string): string {
  return `${service.replace(/-(\w)/g, (_, letter: string) => letter.toUpperCase())}Served`;
}

function variablesOf(cursors: ReadonlyMap<string, string | null>): Record<string, string | null> {
  return Object.fromEntries([...cursors.values()].map((cursor, number) => [`c${number}`, cursor]));
}

function readPage(service: string, value: unknown): ServedCalls | null {
  const page = value as {
    nodes?: readonly Omit<ServedCall, 'service'>[] | null;
    pageInfo?: { hasNextPage?: unknown; endCursor?: unknown } | null;
  } | null;
  if (!Array.isArray(page?.nodes) || typeof page.pageInfo?.hasNextPage !== 'boolean') return null;
  const { hasNextPage, endCursor } = page.pageInfo;
  const nodes: readonly Omit<ServedCall, 'service'>[] = page.nodes;
  return {
    calls: nodes.map((node) => ({ ...node, service })),
    endCursor: typeof endCursor === 'string' ? endCursor : null,
    hasNextPage,
  };
}
