import { AppError, askAsSystem, SERVED_PAGE_LIMIT } from '@dinhdanh/kit';
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
    const data = await askAsSystem({
      ...{ name: 'access-log', gatewayUrl: room.gatewayUrl, systemKey: room.systemKey },
      ...{ query: queryOf(services), variables: variablesOf(cursors) },
      ...{ now: room.clock(), timeoutMs: ASK_TIMEOUT_MS, ending },
    });
    if (data === null)
      throw new AppError('SOURCE_UNAVAILABLE', { internal: 'no served records from the gateway' });
    const heard = new Map<string, ServedCalls>();
    for (const [number, service] of services.entries()) {
      const page = readPage(service, data[`s${number}`]);
      if (page !== null) heard.set(service, page);
    }
    return heard;
  };
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
