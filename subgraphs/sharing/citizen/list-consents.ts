import { AppError, PAGE_LIMIT } from '@dinhdanh/kit';
import type { CallContext, Connection, PageArguments } from '@dinhdanh/kit';
import type { ConsentState } from '../consent/consent-states.ts';
import type { ConsentPosition, ConsentRow } from './consent-row.ts';
import { personOf } from './decider.ts';
import type { ConsentStore } from './store.ts';

/** The arguments of the list. */
export type ConsentArguments = PageArguments & { readonly state?: ConsentState | null | undefined };

/** What the caller agreed to, newest first; pages do not shift when one is added. @throws AppError `BAD_USER_INPUT` */
export async function listConsents(
  args: ConsentArguments,
  call: Pick<CallContext, 'caller' | 'now'>,
  store: Pick<ConsentStore, 'page'>,
): Promise<Connection<ConsentRow>> {
  const grantor = personOf(call);
  const first = args.first ?? 20;
  if (!Number.isInteger(first) || first < 1 || first > PAGE_LIMIT)
    throw new AppError('BAD_USER_INPUT', { field: 'first' });
  const page = { first: first + 1, after: readPosition(args.after), state: args.state ?? null };
  const found = await store.page(grantor, page, call.now);
  const nodes = found.slice(0, first);
  const last = nodes.at(-1);
  return {
    nodes,
    pageInfo: { hasNextPage: found.length > first, endCursor: last === undefined ? null : positionOf(last) },
  };
}

function positionOf({ grantedAt, id }: ConsentPosition): string {
  return Buffer.from(`${grantedAt.getTime()}:${id}`, 'latin1').toString('base64url');
}

function readPosition(after: string | null | undefined): ConsentPosition | null {
  if (after === null || after === undefined) return null;
  const [, at, id] =
    /^(\d{1,15}):([\w-]{1,64})$/.exec(Buffer.from(after, 'base64url').toString('latin1')) ?? [];
  if (at === undefined || id === undefined) throw new AppError('BAD_USER_INPUT', { field: 'after' });
  return { grantedAt: new Date(Number(at)), id };
}
