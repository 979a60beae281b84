import { fileName, isIn } from '../house/rooms.ts';
import { type Law, ownPath, perImport } from './law.ts';

/** Synthetic people exist for seeding: no running service may know that they are synthetic. */
export const peopleOnlyForSeeding: Law = {
  name: 'people-only-for-seeding',
  sentence:
    'The synthetic people are imported by each seed.ts, by start/ (which writes down who was seeded) and by tests, and by nothing else.',
  check: perImport((file, imported) => {
    const path = ownPath(imported);
    if (path === null || !isIn('subgraphs/people', path)) return null;
    const allowed =
      isIn('subgraphs/people', file.path) ||
      isIn('start', file.path) ||
      isIn('test', file.path) ||
      /^seed(\.test)?\.ts$/.test(fileName(file.path));
    return allowed ? null : `${file.path} imports the people`;
  }),
};
