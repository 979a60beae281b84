import type { OpenOptions, ServiceStore } from '@dinhdanh/kit';
import { readSettings } from './config.ts';
import type { AccessLogSettings } from './settings.ts';
import { openStore } from './store.ts';
import type { AccessLogStore } from './store.ts';

/** The service's database and its settings. */
export interface AccessLogRoom extends ServiceStore {
  readonly store: AccessLogStore;
  readonly settings: AccessLogSettings;
}

/** Opens the room: its settings first, so that wrong ones open nothing. */
export function openRoom({ databaseUrl, settings: given }: OpenOptions): AccessLogRoom {
  const settings = readSettings(given);
  const store = openStore({ databaseUrl });
  return { store, settings, served: store.served, ping: store.ping, close: store.close };
}
