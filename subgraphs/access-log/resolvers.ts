import { servedPage } from '@dinhdanh/kit';
import type { CallContext } from '@dinhdanh/kit';
import { alertPage } from './alerts.ts';
import type { Resolvers } from './generated/resolvers.ts';
import { logStatus } from './publish/log-status.ts';
import { accessExport } from './read/access-export.ts';
import { accessHistory } from './read/access-history.ts';
import { accessLog } from './read/access-log.ts';
import { accessNotices, acknowledgeAccess } from './read/access-notices.ts';
import { accessProof } from './read/access-proof.ts';
import { accessActors, accessStatistics } from './read/access-statistics.ts';
import { reportAccess } from './read/report-access.ts';
import type { AccessLogRoom } from './room.ts';

/** What a resolver of this service is given. */
export interface Context extends CallContext {
  readonly room: AccessLogRoom;
}

/** The resolvers of access-log.graphql. */
export const resolvers: Resolvers = {
  Query: {
    accessLogServed: (_parent, args, context) => servedPage(context, args),
    accessAlerts: (_parent, args, { room, caller }) => alertPage(room.store.pool, caller, args),
    accessExport,
    accessHistory,
    accessLog,
    accessLogStatus: (_parent, _args, { room, now }) => logStatus(room, now),
    accessNotices,
    accessProof,
    accessStatistics,
  },
  Mutation: {
    acknowledgeAccess,
    reportAccess,
  },
  AccessStatistics: {
    actors: accessActors,
  },
};
