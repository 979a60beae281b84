import type { OpenOptions, ServiceStore } from '@dinhdanh/kit';
import { readSettings } from './config.ts';
import { openPublishing, type Publishing } from './publish/publishing.ts';
import type { AccessLogSettings } from './settings.ts';
import { openStore } from './store.ts';
import type { AccessLogStore } from './store.ts';

/** The service's database and its settings. */
export interface AccessLogRoom extends ServiceStore {
  readonly store: AccessLogStore;
  readonly settings: AccessLogSettings;
  readonly publishing: Publishing;
}

/** Opens the room: its settings first, so that wrong ones open nothing. */
export function openRoom({ databaseUrl, settings: given, clock, log }: OpenOptions): AccessLogRoom {
  const settings = readSettings(given);
  const store = openStore({ databaseUrl });
  const publishing = openPublishing(store.pool, settings, { clock, log });
  return {
    store,
    settings,
    publishing,
    writeServed: store.writeServed,
    ping: store.ping,
    close: store.close,
  };
}
