import { isIn, isTest } from '../house/rooms.ts';
import { type Law, ownPath, perImport } from './law.ts';

const room = 'subgraphs/accounts/chip/synthetic';

/** Whoever can make cards that pass must not be part of what decides whether a card passes. */
export const syntheticChipsStayOutside: Law = {
  name: 'synthetic-chips-stay-outside',
  sentence:
    'What makes synthetic chips is imported by start/ and by tests, never by what answers requests: who verifies cards cannot make any.',
  check: perImport((file, imported) => {
    const path = ownPath(imported);
    if (path === null || !isIn(room, path)) return null;
    const allowed =
      isIn(room, file.path) || isIn('start', file.path) || isIn('test', file.path) || isTest(file.path);
    return allowed ? null : `${file.path} imports what makes chips`;
  }),
};
