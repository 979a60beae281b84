import type { ConsoleTexts } from './console-texts.ts';
import { charts, overview, readers } from './en/charts.ts';
import { alerts, cases, codes, frame, signIn } from './en/frame.ts';
import { entry, log, proof } from './en/proof.ts';
import { places, search } from './en/search.ts';

/** Everything the auditor's console says in English. */
export const en: ConsoleTexts = {
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
