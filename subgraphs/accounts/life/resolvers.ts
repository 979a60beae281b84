import { AppError, PAGE_LIMIT } from '@dinhdanh/kit';
import type { PageArguments } from '@dinhdanh/kit';
import type { Resolvers } from '../generated/resolvers.ts';
import type { Context } from '../context.ts';
import { endOtherSessions, endSession } from './sessions/end-sessions.ts';
import { decideLock, endLock, forwardLock, requestLock } from './locks/request-lock.ts';
import { unlockAccount } from './locks/unlock-account.ts';
import { listSessions, listSignIn } from './sessions/session-list.ts';
import type { AskingSession, ListedSession } from './sessions/session-list.ts';

/** What owners do to the life of their account. */
export const lifeMutations = {
  endSession: (_, { id }, context) => endSession(id, context, context.room.sessions),
  endOtherSessions: (_, _args, context) => endOtherSessions(context, context.room.sessions),
  unlockAccount: async (_, _args, context) => ({ person: await unlockAccount(context, context.room) }),
  requestLock: (_, { input }, context) => requestLock(input, context, context.room),
  forwardLock: (_, { id }, context) => forwardLock(id, context, context.room),
  decideLock: (_, { input }, context) =>
    decideLock({ ...input, refusal: input.refusal ?? null }, context, context.room),
  endLock: (_, { id }, context) => endLock(id, context, context.room),
} satisfies NonNullable<Resolvers['Mutation']>;

/** What is told of the life of an account. */
export const lifeTypes = {
  AccountSession: {
    createdAt: ({ createdAt }) => createdAt.toISOString(),
    lastUsedAt: ({ lastUsedAt }) => lastUsedAt?.toISOString() ?? null,
    expiresAt: ({ expiresAt }) => expiresAt.toISOString(),
  },
  SignInRecord: {
    at: ({ at }) => at.toISOString(),
  },
  LockRequest: {
    receivedAt: ({ receivedAt }) => receivedAt.toISOString(),
    forwardBy: (request) => request.forwardBy.toISOString(),
    forwardedAt: ({ forwardedAt }) => instant(forwardedAt),
    decideBy: (request) => instant(request.decideBy),
    decidedAt: ({ decidedAt }) => instant(decidedAt),
    carriedOutAt: ({ carriedOutAt }) => instant(carriedOutAt),
    endedAt: ({ endedAt }) => instant(endedAt),
  },
} satisfies Pick<Resolvers, 'AccountSession' | 'SignInRecord' | 'LockRequest'>;

function instant(date: Date | null): string | null {
  return date?.toISOString() ?? null;
}

/** Where the caller is signed in. */
export async function ownSessions(context: Context): Promise<ListedSession[]> {
  const { room, now } = context;
  const asking = askingOf(context);
  if (asking.sessionId === undefined) return [];
  await room.lastUses.write();
  return listSessions(await room.sessions.siblings(asking.sessionId, now), asking);
}

/** A page of the caller's attempts to sign in. @throws AppError `BAD_USER_INPUT` field first or after */
export async function ownSignIns(owner: string, args: PageArguments, context: Context) {
  const first = args.first ?? 20;
  if (!Number.isInteger(first) || first < 1 || first > PAGE_LIMIT)
    throw new AppError('BAD_USER_INPUT', { field: 'first' });
  const rows = await context.room.sessions.signInsOf(owner, readCursor(args.after), first + 1);
  const page = rows.slice(0, first);
  const asking = askingOf(context);
  return {
    nodes: page.map((row) => listSignIn(row, asking)),
    pageInfo: { hasNextPage: rows.length > first, endCursor: writeCursor(page.at(-1)?.id) },
  };
}

function askingOf({ caller }: Context): AskingSession {
  return { sessionId: caller.sid, source: caller.client?.address ?? null };
}

function writeCursor(id: bigint | undefined): string | null {
  return id === undefined ? null : Buffer.from(`s:${id}`, 'latin1').toString('base64url');
}

function readCursor(after: string | null | undefined): bigint | null {
  if (after === null || after === undefined) return null;
  const [, id] = /^s:(\d{1,18})$/.exec(Buffer.from(after, 'base64url').toString('latin1')) ?? [];
  if (id === undefined) throw new AppError('BAD_USER_INPUT', { field: 'after' });
  return BigInt(id);
}
