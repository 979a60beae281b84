import { setTimeout as sleep } from 'node:timers/promises';
import type { OpenOptions, ServiceStore } from '@dinhdanh/kit';
import { publicOrigins, readSettings } from './config.ts';
import type { AccountsSettings } from './config.ts';
import type { ApplicantStore } from './matching/applicant.ts';
import { verifySecret } from './passwords.ts';
import type { VerifySecret } from './passwords.ts';
import { relyingPartyOf } from './passkeys/rules.ts';
import type { RelyingParty } from './passkeys/rules.ts';
import type { PasskeyStore } from './passkeys/store.ts';
import { AccountsStore } from './store.ts';

/** All that answering for accounts depends on. */
export interface AccountsRoom extends ServiceStore {
  readonly store: AccountsStore;
  /** Who registers, and has declared who they are. */
  readonly applicants: ApplicantStore;
  readonly settings: AccountsSettings;
  readonly verify: VerifySecret;
  readonly passkeys: PasskeyStore;
  readonly relyingParty: () => RelyingParty | null;
  readonly pause: (milliseconds: number) => Promise<unknown>;
}

/** Opens the room: its database and its settings. */
export function openRoom({ databaseUrl, settings }: OpenOptions): AccountsRoom {
  const store = new AccountsStore(databaseUrl);
  const read = readSettings(settings);
  return {
    store,
    applicants: store,
    settings: read,
    passkeys: store.passkeys,
    relyingParty: () => relyingPartyOf(publicOrigins(read)),
    verify: verifySecret,
    pause: (milliseconds) => sleep(milliseconds),
    served: store.served,
    ping: store.ping,
    close: store.close,
  };
}
