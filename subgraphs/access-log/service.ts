import { fileURLToPath } from 'node:url';
import { defineService } from '@dinhdanh/kit';
import { readSubgraph } from '@dinhdanh/schema';
import { appendDoor } from './append/append-door.ts';
import { forgetBatches } from './append/forget-batches.ts';
import { readLog } from './publish/read-log.ts';
import { followLog } from './read/follow-log.ts';
import { startReconciliation } from './reconcile/start-reconciliation.ts';
import { watchEntries } from './reconcile/watch-entries.ts';
import { resolvers } from './resolvers.ts';
import type { Context } from './resolvers.ts';
import { openRoom } from './room.ts';
import type { AccessLogRoom } from './room.ts';

/** The access log (nhật ký truy cập): who read whose data, before the answer left (Decree 47/2020, art. 45). */
export const service = defineService<AccessLogRoom, Context>({
  name: 'access-log',
  typeDefs: readSubgraph('access-log'),
  resolvers,
  migrations: fileURLToPath(new URL('migrations', import.meta.url)),
  open: openRoom,
  context: (call, room) => ({ ...call, room }),
  doors: {
    '/append': async (body, call, { accessLog, publishing }) => {
      await publishing.publisher.begun();
      return appendDoor(body, call, accessLog);
    },
    '/read-log': (body, context, { publishing }) => readLog(body, context, publishing.store),
  },
  background: ({ clock, log }, room) => {
    const { publisher } = room.publishing;
    publisher.start();
    const following = followLog(room.reading, { clock, log });
    const reconciling = startReconciliation({ clock, log }, room);
    const watching = watchEntries({ pool: room.store.pool, clock, log, settings: room.settings });
    const forgetting = forgetBatches({
      pool: room.store.pool,
      log,
      takesEntries: () => room.accessLog.refusal() === null,
    });
    return {
      stop: async () => {
        await Promise.all([
          watching.stop(),
          publisher.stop(),
          following.stop(),
          reconciling.stop(),
          forgetting.stop(),
        ]);
      },
    };
  },
});

export { type AccessLog, type AccessLogOptions, openAccessLog } from './append/access-log.ts';
export type * from './append/append-entry.ts';
export { openStore } from './store.ts';
export { compareLog, type LogFinding } from './reconcile/compare-log.ts';
export { DEFAULT_LOG_NAME, originOf } from './log-origin.ts';
export { logKeyOf } from './publish/log-status.ts';
export type { PublishSettings } from './publish/publish-settings.ts';
export type { AccessLogSettings, WitnessAddress } from './settings.ts';
