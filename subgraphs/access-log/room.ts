import type { OpenOptions, ServiceStore } from '@dinhdanh/kit';
import { type AccessLog, openAccessLog } from './append/access-log.ts';
import { unavailable } from './append/database-failure.ts';
import { readSettings } from './config.ts';
import { openPublishing, type Publishing } from './publish/publishing.ts';
import { openReading, openReadingPool } from './read/reading-room.ts';
import type { ReadingRoom } from './read/reading-room.ts';
import type { AccessLogSettings } from './settings.ts';
import { openStore } from './store.ts';
import type { AccessLogStore } from './store.ts';

/** The service's database, its settings, and the log that is written to. */
export interface AccessLogRoom extends ServiceStore {
  readonly store: AccessLogStore;
  readonly settings: AccessLogSettings;
  readonly accessLog: AccessLog;
  readonly publishing: Publishing;
  readonly reading: ReadingRoom;
}

/** Opens the room: its settings first, so that wrong ones open nothing. */
export function openRoom({ databaseUrl, settings: given, clock, log }: OpenOptions): AccessLogRoom {
  const settings = readSettings(given);
  const store = openStore({ databaseUrl });
  const publishing = openPublishing(store.pool, settings, { clock, log });
  const mayAppend = () => (publishing.policy.mayAppend() ? null : 'WITNESS_AWAY');
  const accessLog = openAccessLog({ databaseUrl, pool: store.pool, settings, clock, log, mayAppend });
  const reading = openReading(openReadingPool(databaseUrl), settings.reading, accessLog.pseudonyms);
  return {
    store,
    settings,
    accessLog,
    publishing,
    reading,
    served: store.served,
    ping: async () => {
      await store.ping();
      const reason = accessLog.refusal();
      if (reason !== null) throw unavailable(reason);
    },
    close: async () => {
      await accessLog.close();
      await reading.pool.end();
      await store.close();
    },
  };
}
