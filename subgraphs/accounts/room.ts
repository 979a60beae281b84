import { randomBytes } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import type { OpenOptions, ServiceStore } from '@dinhdanh/kit';
import { ChipTrust } from './chip/chip-trust.ts';
import { publicOrigins, readSettings } from './config.ts';
import type { AccountsSettings } from './config.ts';
import { createPlainFaceMatcher } from './face/index.ts';
import { LastUses } from './life/sessions/last-uses.ts';
import type { LockStore } from './life/locks/store.ts';
import type { SessionStore } from './life/sessions/store.ts';
import { openTellOwner } from './life/tell-owner.ts';
import { openMessages } from './messages/open-messages.ts';
import type { Messages } from './messages/open-messages.ts';
import { Outbox } from './messages/outbox.ts';
import type { OtpRoom } from './otp/issue-otp.ts';
import { OtpKeys } from './otp/otp-keys.ts';
import { relyingPartyOf } from './passkeys/rules.ts';
import type { RelyingParty } from './passkeys/rules.ts';
import type { PasskeyStore } from './passkeys/store.ts';
import { openPorts } from './registration/open-ports.ts';
import type { RegistrationRoom } from './registration/registration-room.ts';
import { AccountsStore } from './store.ts';

/** All that answering for accounts depends on. */
export interface AccountsRoom extends ServiceStore, RegistrationRoom {
  readonly store: AccountsStore;
  readonly settings: AccountsSettings;
  readonly passkeys: PasskeyStore;
  readonly sessions: SessionStore;
  readonly lastUses: LastUses;
  readonly locks: LockStore;
  readonly relyingParty: () => RelyingParty | null;
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
  const otp = { keys: new OtpKeys(read.otpKey ?? randomBytes(32)), outbox, log };
  const faces = createPlainFaceMatcher();
  const ending = new AbortController();
  const rooms = {
    outbox,
    otp,
    faces,
    trust: new ChipTrust(read, clock),
    matching: { settings: read, clock },
  };
  return {
    store,
    settings: read,
    passkeys: store.passkeys,
    sessions: store.sessions,
    locks: store.locks,
    lastUses: new LastUses(store.sessions),
    tellOwner: openTellOwner(outbox),
    relyingParty: () => relyingPartyOf(publicOrigins(read)),
    verify: read.secrets.verify,
    hash: read.secrets.hash,
    pause: (milliseconds) => sleep(milliseconds),
    outbox,
    otp,
    messages: openMessages({ settings: read, messages: store.messages, outbox, clock, log }),
    registrations: store.registrations,
    ports: { ...openPorts(rooms, ending.signal), ...read.registrationPorts },
    served: store.served,
    ping: store.ping,
    close: async () => {
      ending.abort();
      await faces.close();
      await store.close();
    },
  };
}
