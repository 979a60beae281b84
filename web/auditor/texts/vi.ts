import { places, search } from './vi/search.ts';
import { entry, log, proof } from './vi/proof.ts';
import { charts, overview, readers } from './vi/charts.ts';
import { alerts, cases, codes, frame, signIn } from './vi/frame.ts';

/** Everything the auditor's console says in Vietnamese. Its shape is the shape of the other catalogues. */
export const vi = {
  frame,
  signIn,
  cases,
  places,
  overview,
  charts,
  readers,
  search,
  entry,
  proof,
  alerts,
  log,
  codes,
};
