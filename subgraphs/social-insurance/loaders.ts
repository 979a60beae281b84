import { loadChildren, loadMatched, loadOwned } from '@dinhdanh/kit';
import type { CallContext } from '@dinhdanh/kit';
import type { InsuranceStore } from './store.ts';

/** The loaders of one call: however many people it asks for, each makes one statement. */
export type Loaders = ReturnType<typeof openLoaders>;

/** Makes the loaders of a call. */
export function openLoaders(call: CallContext, store: InsuranceStore) {
  const membershipOf = ({ membershipRef }: { membershipRef: string }): string => membershipRef;
  return {
    memberships: loadMatched(call, store.membershipCandidates),
    membershipsByRef: loadOwned(call, store.membershipsByRefs),
    cards: loadMatched(call, store.cardCandidates),
    cardsByRef: loadOwned(call, store.cardsByRefs),
    periods: loadChildren(store.periodsOf, membershipOf),
    benefits: loadChildren(store.benefitsOf, membershipOf),
    visits: loadChildren(store.visitsOf, ({ healthCardRef }) => healthCardRef),
    facilities: loadChildren(store.facilitiesByCodes, ({ code }) => code),
  };
}
