import { AppError } from './errors.ts';

/** One page of a list with an opaque cursor, in the shape of the schema's connections. */
export interface Connection<Node> {
  readonly nodes: readonly Node[];
  readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string | null };
}

/** The arguments of every connection. */
export interface PageArguments {
  readonly first?: number | null | undefined;
  readonly after?: string | null | undefined;
}

/** The most nodes a page may hold. */
export const PAGE_LIMIT = 100;

/** Checks `first` and reads `after`; throws `BAD_USER_INPUT` with the argument's name. */
export function readPage(args: PageArguments): {
  first: number;
  offset: number;
} {
  const first = args.first ?? 20;
  if (!Number.isInteger(first) || first < 1 || first > PAGE_LIMIT)
    throw new AppError('BAD_USER_INPUT', { field: 'first' });
  if (args.after === null || args.after === undefined) return { first, offset: 0 };
  const offset = Number(
    Buffer.from(args.after, 'base64url')
      .toString('latin1')
      .match(/^o:(\d{1,9})$/)?.[1] ?? Number.NaN,
  );
  if (!Number.isInteger(offset)) throw new AppError('BAD_USER_INPUT', { field: 'after' });
  return { first, offset };
}

/** Cuts a page out of a person's whole list, which is short (a life's contributions, not a country's). */
export function pageOf<Node>(all: readonly Node[], args: PageArguments): Connection<Node> {
  const { first, offset } = readPage(args);
  const nodes = all.slice(offset, offset + first);
  const end = offset + nodes.length;
  return {
    nodes,
    pageInfo: {
      hasNextPage: end < all.length,
      endCursor: nodes.length === 0 ? null : Buffer.from(`o:${end}`, 'latin1').toString('base64url'),
    },
  };
}
