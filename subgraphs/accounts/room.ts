import { setTimeout as sleep } from 'node:timers/promises';
import type { OpenOptions, ServiceStore } from '@dinhdanh/kit';
import { readSettings } from './config.ts';
import type { AccountsSettings } from './config.ts';
import { verifySecret } from './passwords.ts';
import type { VerifySecret } from './passwords.ts';
import { AccountsStore } from './store.ts';

/** All that answering for accounts depends on. */
export interface AccountsRoom extends ServiceStore {
  readonly store: AccountsStore;
  readonly settings: AccountsSettings;
  readonly verify: VerifySecret;
  readonly pause: (milliseconds: number) => Promise<unknown>;
}

/** Opens the room: its database and its settings. */
export function openRoom({ databaseUrl, settings }: OpenOptions): AccountsRoom {
  const store = new AccountsStore(databaseUrl);
  return {
    store,
    settings: readSettings(settings),
    verify: verifySecret,
    pause: (milliseconds) => sleep(milliseconds),
    served: store.served,
    ping: store.ping,
    close: store.close,
  };
}
