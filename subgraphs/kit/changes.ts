import type { CallerToken } from './caller-token.ts';
import type { Connection, PageArguments } from './connection.ts';
import { PAGE_LIMIT } from './connection.ts';
import { AppError } from './errors.ts';

/** An identifier of a changed record and the part it plays. */
export interface ChangeKey {
  readonly role: string;
  readonly value: string;
}

/** A stored change: its keys and kind, never a value. */
export interface StoredChange {
  readonly id: bigint;
  readonly at: Date;
  readonly kind: string;
  readonly keys: unknown;
}

/** A change as the schema tells it. */
export interface ToldChange {
  readonly cursor: string;
  readonly at: string;
  readonly kind: string;
  readonly keys: readonly ChangeKey[];
}

/**
 * A page of a registry's changes, oldest first, resumed after a cursor. For `system` callers alone (`NOT_PERMITTED`
 * otherwise): the registry checks it itself, whatever the gateway has decided.
 */
export async function changePage(
  caller: CallerToken,
  args: PageArguments,
  changesAfter: (id: bigint, take: number) => Promise<readonly StoredChange[]>,
): Promise<Connection<ToldChange>> {
  if (caller.act.kind !== 'system')
    throw new AppError('NOT_PERMITTED', { internal: 'changes are for systems' });
  const first = args.first ?? PAGE_LIMIT;
  if (first < 1 || first > PAGE_LIMIT) throw new AppError('BAD_USER_INPUT', { field: 'first' });
  const found = await changesAfter(readCursor(args.after), first + 1);
  const nodes = found.slice(0, first).map(tell);
  return { nodes, pageInfo: { hasNextPage: found.length > first, endCursor: nodes.at(-1)?.cursor ?? null } };
}

function readCursor(after: string | null | undefined): bigint {
  if (after === null || after === undefined) return 0n;
  if (!/^\d{1,18}$/.test(after)) throw new AppError('BAD_USER_INPUT', { field: 'after' });
  return BigInt(after);
}

function tell({ id, at, kind, keys }: StoredChange): ToldChange {
  return { cursor: id.toString(), at: at.toISOString(), kind, keys: keys as ChangeKey[] };
}
