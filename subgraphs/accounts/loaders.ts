import DataLoader from 'dataloader';
import type { Account, Ward } from './account.ts';
import type { AccountsStore, LinkedDocumentRow } from './store.ts';

/** What a call reads at most once, however often its operation names it. */
export interface Loaders {
  readonly accounts: DataLoader<string, Account | null>;
  readonly wards: DataLoader<string, readonly Ward[]>;
  readonly documents: DataLoader<string, readonly LinkedDocumentRow[]>;
}

/** The loaders of one call. Only the caller's own subject ever comes as a key, so there is no list to batch. */
export function openLoaders(store: AccountsStore): Loaders {
  return {
    accounts: once((subject) => store.findAccount(subject)),
    wards: once((subject) => store.wardsOf(subject)),
    documents: once((subject) => store.documentsOf(subject)),
  };
}

function once<Value>(load: (subject: string) => Promise<Value>): DataLoader<string, Value> {
  return new DataLoader((subjects) => Promise.all(subjects.map(load)), { batch: false });
}
