import type { Clock, Log, OpenOptions, ServiceStore } from '@dinhdanh/kit';
import { readSettings } from './config.ts';
import type { SharingSettings } from './settings.ts';
import { SharingStore } from './store.ts';

/** All that sharing depends on. */
export interface SharingRoom extends ServiceStore {
  readonly store: SharingStore;
  readonly settings: SharingSettings;
  readonly clock: Clock;
  readonly log: Log;
}

/** Opens the room: its database and its settings. */
export function openRoom({ databaseUrl, settings, clock, log }: OpenOptions): SharingRoom {
  const store = new SharingStore(databaseUrl);
  return {
    store,
    settings: readSettings(settings),
    clock,
    log,
    served: store.served,
    ping: store.ping,
    close: store.close,
  };
}
