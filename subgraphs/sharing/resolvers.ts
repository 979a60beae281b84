import { servedPage } from '@dinhdanh/kit';
import type { CallContext } from '@dinhdanh/kit';
import type { SharingRoom } from './room.ts';

/** What a resolver of this service is given. */
export interface Context extends CallContext {
  readonly room: SharingRoom;
}

/** The resolvers of sharing.graphql. */
export const resolvers = {
  Query: {
    sharingServed: (_: unknown, args: { after?: string | null; first?: number | null }, context: Context) =>
      servedPage(context, { after: args.after ?? null, first: args.first ?? null }),
  },
};
