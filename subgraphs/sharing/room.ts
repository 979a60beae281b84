import type { Clock, Log, OpenOptions, ServiceStore } from '@dinhdanh/kit';
import { signReceipts } from './citizen/sign-receipts.ts';
import { readSettings } from './config.ts';
import type { RegistrationRoom } from './parties/register.ts';
import type { SignJws } from './consent/receipt.ts';
import { openProvider } from './provider/open-provider.ts';
import type { OpenProvider } from './provider/open-provider.ts';
import type { SharingSettings } from './settings.ts';
import { SharingStore } from './store.ts';

/** All that sharing depends on. */
export interface SharingRoom extends ServiceStore {
  readonly store: SharingStore;
  readonly settings: SharingSettings;
  /** What registering relying parties depends on. */
  readonly registration: RegistrationRoom;
  readonly clock: Clock;
  readonly log: Log;
  /** Signs receipts. */
  readonly sign: SignJws;
  /** The authorization server; null until the gateway's address is known. */
  readonly provider: () => OpenProvider | null;
}

/** Opens the room: its database and its settings. */
export function openRoom({ databaseUrl, settings, clock, log }: OpenOptions): SharingRoom {
  const store = new SharingStore(databaseUrl);
  const parts = { store, settings: readSettings(settings), clock, log };
  return {
    ...parts,
    registration: { parties: store.parties, allowLoopback: parts.settings.allowLoopback },
    sign: signReceipts(parts.settings.signingKey),
    provider: openProvider(parts),
    served: store.served,
    ping: store.ping,
    close: store.close,
  };
}
