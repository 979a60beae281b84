import type { Clock, Log, OpenOptions, ServiceStore } from '@dinhdanh/kit';
import { readSettings } from './config.ts';
import { PartyStore } from './parties/store.ts';
import type { RegistrationRoom } from './parties/register.ts';
import type { SharingSettings } from './settings.ts';
import { SharingStore } from './store.ts';

/** All that sharing depends on. */
export interface SharingRoom extends ServiceStore {
  readonly store: SharingStore;
  readonly settings: SharingSettings;
  readonly registration: RegistrationRoom;
  readonly clock: Clock;
  readonly log: Log;
}

/** Opens the room: its database and its settings. */
export function openRoom({ databaseUrl, settings, clock, log }: OpenOptions): SharingRoom {
  const store = new SharingStore(databaseUrl);
  const read = readSettings(settings);
  return {
    store,
    settings: read,
    registration: { parties: new PartyStore(store.prisma), allowLoopback: read.allowLoopback },
    clock,
    log,
    served: store.served,
    ping: store.ping,
    close: store.close,
  };
}
