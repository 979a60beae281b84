import { randomBytes } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import type { OpenOptions, ServiceStore } from '@dinhdanh/kit';
import { publicOrigins, readSettings } from './config.ts';
import type { AccountsSettings } from './config.ts';
import type { ApplicantStore } from './matching/applicant.ts';
import { openMessages } from './messages/open-messages.ts';
import type { Messages } from './messages/open-messages.ts';
import { Outbox } from './messages/outbox.ts';
import type { OtpRoom } from './otp/issue-otp.ts';
import { OtpKeys } from './otp/otp-keys.ts';
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
  /** Where people are told something, in the transaction of what they are told. */
  readonly outbox: Outbox;
  /** What one-time codes are issued and checked with. */
  readonly otp: OtpRoom;
  readonly messages: Messages;
}

/** Opens the room: its database and its settings. */
export function openRoom({ databaseUrl, settings, clock, log }: OpenOptions): AccountsRoom {
  const read = readSettings(settings);
  const store = new AccountsStore(databaseUrl);
  const outbox = new Outbox(read.messageKey ?? randomBytes(32));
  return {
    store,
    applicants: store,
    settings: read,
    passkeys: store.passkeys,
    relyingParty: () => relyingPartyOf(publicOrigins(read)),
    verify: verifySecret,
    pause: (milliseconds) => sleep(milliseconds),
    outbox,
    otp: { keys: new OtpKeys(read.otpKey ?? randomBytes(32)), outbox, log },
    messages: openMessages({ settings: read, messages: store.messages, outbox, clock, log }),
    served: store.served,
    ping: store.ping,
    close: store.close,
  };
}
