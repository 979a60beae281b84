import { AppError, openLog } from '@dinhdanh/kit';
import type { Clock, Log } from '@dinhdanh/kit';
import type { LockReason } from './account.ts';
import { openTellOwner } from './life/tell-owner.ts';
import { Outbox } from './messages/outbox.ts';
import { AccountsStore } from './store.ts';

/**
 * The desk of the office that keeps the accounts (Decree 69/2024, arts. 9 and 15). Accounts are named by subject; each
 * method is one transaction with its row of `changes` and throws `NOT_FOUND` where the account is not in the state it
 * changes from.
 */
export interface Registrar {
  readonly lockAccount: (subject: string, reason: LockReason) => Promise<void>;
  readonly unlockAccount: (subject: string) => Promise<void>;
  readonly changeLevel: (subject: string, level: 1 | 2) => Promise<void>;
  /** For good: nothing opens a closed account. */
  readonly closeAccount: (subject: string) => Promise<void>;
  readonly close: () => Promise<void>;
}

/** What the desk writes with. */
export interface RegistrarOptions {
  readonly databaseUrl: string;
  readonly clock: Clock;
  /** What messages that wait are encrypted with, as the service has it; without it owners learn of it in the account. */
  readonly messageKey?: Buffer;
  readonly log?: Log;
}

/** Opens the desk over an accounts database. */
export function openRegistrar({
  databaseUrl,
  clock,
  messageKey,
  log = openLog('accounts', 'warn'),
}: RegistrarOptions): Registrar {
  const store = new AccountsStore(databaseUrl);
  const { changes } = store;
  const tellOwner = messageKey === undefined ? nobodyTold : openTellOwner(new Outbox(messageKey));
  return {
    lockAccount: async (subject, reason) => {
      mustHaveChanged(await changes.lock(subject, reason, clock(), tellOwner));
      log.info('ACCOUNTS_LOCKED', { reason });
    },
    unlockAccount: async (subject) => {
      mustHaveChanged(await changes.unlock(subject, clock(), tellOwner));
      log.info('ACCOUNTS_UNLOCKED');
    },
    changeLevel: async (subject, level) => {
      mustHaveChanged(await changes.setLevel(subject, level, clock(), tellOwner));
      log.info('ACCOUNTS_LEVEL_CHANGED');
    },
    closeAccount: async (subject) => {
      mustHaveChanged(await changes.closeAccount(subject, clock(), tellOwner));
      log.info('ACCOUNTS_CLOSED');
    },
    close: store.close,
  };
}

async function nobodyTold(): Promise<void> {
  // There is no key by which whoever sends could read it.
}

function mustHaveChanged(changed: boolean): void {
  if (!changed) throw new AppError('NOT_FOUND', { internal: 'no account in that state' });
}
