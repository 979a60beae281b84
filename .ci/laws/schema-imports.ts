import { isIn, roomOf } from '../house/rooms.ts';
import { type Law, ownPath, perImport } from './law.ts';

/** The contract depends on nobody who must keep it. */
export const schemaImports: Law = {
  name: 'schema-imports',
  sentence: 'schema/ imports nothing of ours but itself: it is the contract, everything else keeps it.',
  check: perImport((file, imported) => {
    const path = ownPath(imported);
    if (!isIn('schema', file.path) || path === null) return null;
    return isIn('schema', path) ? null : `it imports ${roomOf(path)}`;
  }),
};
