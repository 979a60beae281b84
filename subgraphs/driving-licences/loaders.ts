import { loadChildren, loadMatched, loadOwned } from '@dinhdanh/kit';
import type { CallContext } from '@dinhdanh/kit';
import type { LicenceStore } from './store.ts';

/** The loaders of one call: however many people and licences it asks for, each makes one statement. */
export type Loaders = ReturnType<typeof openLoaders>;

/** Makes the loaders of a call. */
export function openLoaders(call: CallContext, store: LicenceStore) {
  const licenceOf = ({ licenceRef }: { licenceRef: string }): string => licenceRef;
  return {
    licences: loadMatched(call, store.candidates),
    licencesByRef: loadOwned(call, store.byRefs),
    classes: loadChildren(store.classesOf, licenceOf),
    restrictions: loadChildren(store.restrictionsOf, licenceOf),
    points: loadChildren(store.pointsOf, licenceOf),
    deductions: loadChildren(store.deductionsOf, licenceOf),
  };
}
