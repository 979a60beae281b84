import type { Connection, PageArguments } from './connection.ts';
import { AppError } from './errors.ts';
import type { ServedPosition, StoredServed } from './served-store.ts';
import type { CallContext } from './service.ts';

/** The most served records a page may hold. */
export const SERVED_PAGE_LIMIT = 500;

/** A served record as the schema tells it. */
export interface ToldServedCall extends StoredServed {
  readonly cursor: string;
}

/**
 * A page of what a service has served, oldest first, resumed after a cursor. For `system` callers alone (`NOT_PERMITTED`
 * otherwise): the service checks it itself, whatever the gateway has decided.
 */
export async function servedPage(
  { caller, served }: Pick<CallContext, 'caller' | 'served'>,
  args: PageArguments,
): Promise<Connection<ToldServedCall>> {
  if (caller.act.kind !== 'system')
    throw new AppError('NOT_PERMITTED', { internal: 'served records are for systems' });
  const first = args.first ?? SERVED_PAGE_LIMIT;
  if (first < 1 || first > SERVED_PAGE_LIMIT) throw new AppError('BAD_USER_INPUT', { field: 'first' });
  const found = await served(readCursor(args.after), first + 1);
  const nodes = found
    .slice(0, first)
    .map((record) => ({ ...record, cursor: `${record.at}/${record.callId}` }));
  return { nodes, pageInfo: { hasNextPage: found.length > first, endCursor: nodes.at(-1)?.cursor ?? null } };
}

function readCursor(after: string | null | undefined): ServedPosition | null {
  if (after === null || after === undefined) return null;
  const [, at, callId] = /^(\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}\.\d{3}Z)\/([^\0]{0,300})$/.exec(after) ?? [];
  if (at === undefined || callId === undefined || Number.isNaN(Date.parse(at)))
    throw new AppError('BAD_USER_INPUT', { field: 'after' });
  return { at, callId };
}
