import { servedPage } from '@dinhdanh/kit';
import type { CallContext } from '@dinhdanh/kit';
import { partyResolvers } from './parties/resolvers.ts';
import type { SharingRoom } from './room.ts';

/** What a resolver of this service is given. */
export interface Context extends CallContext {
  readonly room: SharingRoom;
}

/** The resolvers of sharing.graphql. */
export const resolvers = {
  Query: {
    ...partyResolvers.Query,
    sharingServed: (_: unknown, args: { after?: string | null; first?: number | null }, context: Context) =>
      servedPage(context, { after: args.after ?? null, first: args.first ?? null }),
  },
  Mutation: { ...partyResolvers.Mutation },
  RelyingParty: partyResolvers.RelyingParty,
};
