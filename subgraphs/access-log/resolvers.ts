import { servedPage } from '@dinhdanh/kit';
import type { CallContext } from '@dinhdanh/kit';
import { alertPage } from './alerts.ts';
import type { Resolvers } from './generated/resolvers.ts';
import type { AccessLogRoom } from './room.ts';

/** What a resolver of this service is given. */
export interface Context extends CallContext {
  readonly room: AccessLogRoom;
}

/** The resolvers of access-log.graphql. */
export const resolvers: Resolvers = {
  Query: {
    accessLogServed: (_, args, context) => servedPage(context, args),
    accessHistory: () => null,
    accessAlerts: (_, args, { room, caller }) => alertPage(room.store.pool, caller, args),
  },
};
