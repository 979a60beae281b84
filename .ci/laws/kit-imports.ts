import { isIn, roomOf } from '../house/rooms.ts';
import { type Law, ownPath, perImport } from './law.ts';

/** The kit is a leaf that every service stands on. */
export const kitImports: Law = {
  name: 'kit-imports',
  sentence: 'The kit imports only schema and itself: it knows no service and no domain.',
  check: perImport((file, imported) => {
    const path = ownPath(imported);
    if (!isIn('subgraphs/kit', file.path) || path === null) return null;
    return isIn('subgraphs/kit', path) || isIn('schema', path) ? null : `it imports ${roomOf(path)}`;
  }),
};
