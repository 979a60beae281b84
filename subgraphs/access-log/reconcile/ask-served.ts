import { AppError, askAsSystem, servedDocument, servedRoot } from '@dinhdanh/kit';
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
    const data = await askAsSystem({
      ...{ name: 'access-log', gatewayUrl: room.gatewayUrl, systemKey: room.systemKey },
      ...{ document: servedDocument, variables: variablesOf(cursors) },
      ...{ now: room.clock(), timeoutMs: ASK_TIMEOUT_MS, ending },
    });
    if (data === null)
      throw new AppError('SOURCE_UNAVAILABLE', { internal: 'no served records from the gateway' });
    const heard = new Map<string, ServedCalls>();
    for (const service of cursors.keys()) {
      const page = readPage(service, data[servedRoot(service)]);
      if (page !== null) heard.set(service, page);
    }
    return heard;
  };
}

function variablesOf(cursors: ReadonlyMap<string, string | null>): Record<string, string | boolean | null> {
  const variables: Record<string, string | boolean | null> = {};
  for (const [service, cursor] of cursors) {
    variables[`${servedRoot(service)}After`] = cursor;
    variables[`${servedRoot(service)}Asked`] = true;
  }
  return variables;
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
