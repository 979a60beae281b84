import { loadChildren, loadMatched, loadOwned } from '@dinhdanh/kit';
import type { CallContext } from '@dinhdanh/kit';
import type { ImmigrationStore } from './store.ts';

/** The loaders of one call: however many people and documents it asks for, each makes one statement. */
export type Loaders = ReturnType<typeof openLoaders>;

/** Makes the loaders of a call. */
export function openLoaders(call: CallContext, store: ImmigrationStore) {
  return {
    travellers: loadMatched(call, store.travellers),
    passports: loadMatched(call, store.passports),
    visas: loadMatched(call, store.visas),
    residenceCards: loadMatched(call, store.residenceCards),
    passportsByRef: loadOwned(call, store.passportsByRefs),
    residenceCardsByRef: loadOwned(call, store.residenceCardsByRefs),
    crossings: loadChildren(store.crossingsOf, ({ travellerId }) => travellerId),
  };
}
