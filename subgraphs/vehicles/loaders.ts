import { loadChildren, loadMatched, loadOwned } from '@dinhdanh/kit';
import type { CallContext } from '@dinhdanh/kit';
import type { VehicleStore } from './store.ts';

/** The loaders of one call: however many people and vehicles it asks for, each makes one statement. */
export type Loaders = ReturnType<typeof openLoaders>;

/** Makes the loaders of a call. */
export function openLoaders(call: CallContext, store: VehicleStore) {
  const vehicleOf = ({ vehicleRef }: { vehicleRef: string }): string => vehicleRef;
  return {
    vehicles: loadMatched(call, store.candidates),
    vehiclesByRef: loadOwned(call, store.byRefs),
    retainedPlates: loadMatched(call, store.retainedCandidates),
    attachments: loadChildren(store.attachmentsOf, vehicleOf),
    inspections: loadChildren(store.inspectionsOf, vehicleOf),
    insurances: loadChildren(store.insurancesOf, vehicleOf),
  };
}
