import DataLoader from 'dataloader';
import type { Account, Organisation, Ward } from './account.ts';
import type { Passkey } from './passkeys/passkey.ts';
import type { AccountsStore, LinkedDocumentRow } from './store.ts';

/** What a call reads at most once, however often its operation names it. */
export interface Loaders {
  readonly accounts: DataLoader<string, Account | null>;
  readonly wards: DataLoader<string, readonly Ward[]>;
  readonly documents: DataLoader<string, readonly LinkedDocumentRow[]>;
  readonly passkeyLists: DataLoader<string, readonly Passkey[]>;
  readonly organisations: DataLoader<string, readonly Organisation[]>;
}

/** The loaders of one call. Only the caller's own subject ever comes as a key, so there is no list to batch. */
export function openLoaders(store: AccountsStore): Loaders {
  return {
    accounts: once((subject) => store.findAccount(subject)),
    wards: once((subject) => store.wardsOf(subject)),
    documents: once((subject) => store.documentsOf(subject)),
    passkeyLists: once((subject) => store.passkeys.passkeysOf(subject)),
    organisations: once((subject) => store.organisationsOf(subject)),
  };
}

function once<Value>(load: (subject: string) => Promise<Value>): DataLoader<string, Value> {
  return new DataLoader((subjects) => Promise.all(subjects.map(load)), { batch: false });
}
