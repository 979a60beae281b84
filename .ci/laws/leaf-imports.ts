import { isIn, isTest, roomOf } from '../house/rooms.ts';
import { type Law, ownPath, perImport } from './law.ts';

/** Rooms at the edge, and the rooms of ours that each may use. */
const allowed: Record<string, readonly string[]> = {
  web: ['web', 'schema'],
  'subgraphs/people': ['subgraphs/people', 'schema'],
  '.ci': ['.ci', 'schema', 'subgraphs/kit'],
};

/** The screens are one more client of the public contract; the people are a recipe. */
export const leafImports: Law = {
  name: 'leaf-imports',
  sentence:
    'web/ and the synthetic people import only schema and themselves, .ci/ besides them the kit: the screens are a client like any other.',
  check: perImport((file, imported) => {
    const path = ownPath(imported);
    const room = Object.keys(allowed).find((candidate) => isIn(candidate, file.path));
    if (room === undefined || path === null || isTest(file.path)) return null;
    return allowed[room]?.some((other) => isIn(other, path)) === true ? null : `it imports ${roomOf(path)}`;
  }),
};
