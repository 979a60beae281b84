import { AppError, openLog } from '@dinhdanh/kit';
import type { Clock, Log } from '@dinhdanh/kit';
import type { LockReason } from './account.ts';
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
  readonly close: () => Promise<void>;
}

/** What the desk writes with. */
export interface RegistrarOptions {
  readonly databaseUrl: string;
  readonly clock: Clock;
  readonly log?: Log;
}

/** Opens the desk over an accounts database. */
export function openRegistrar({
  databaseUrl,
  clock,
  log = openLog('accounts', 'warn'),
}: RegistrarOptions): Registrar {
  const store = new AccountsStore(databaseUrl);
  const { changes } = store;
  return {
    lockAccount: async (subject, reason) => {
      mustHaveChanged(await changes.lock(subject, reason, clock()));
      log.info('ACCOUNTS_LOCKED', { reason });
    },
    unlockAccount: async (subject) => {
      mustHaveChanged(await changes.unlock(subject));
      log.info('ACCOUNTS_UNLOCKED');
    },
    changeLevel: async (subject, level) => {
      mustHaveChanged(await changes.setLevel(subject, level));
      log.info('ACCOUNTS_LEVEL_CHANGED');
    },
    close: store.close,
  };
}

function mustHaveChanged(changed: boolean): void {
  if (!changed) throw new AppError('NOT_FOUND', { internal: 'no account in that state' });
}
