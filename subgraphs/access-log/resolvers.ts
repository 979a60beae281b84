import type { CallContext } from '@dinhdanh/kit';
import type { Resolvers } from './generated/resolvers.ts';
import { logStatus } from './publish/log-status.ts';
import type { AccessLogRoom } from './room.ts';

/** What a resolver of this service is given. */
export interface Context extends CallContext {
  readonly room: AccessLogRoom;
}

/** The resolvers of access-log.graphql. */
export const resolvers: Resolvers = {
  Query: {
    accessHistory: () => null,
    accessLogStatus: (_parent, _args, { room, now }) => logStatus(room, now),
  },
};
