import { isIn, serviceOf } from '../house/rooms.ts';
import { type Law, ownPath, perImport } from './law.ts';

/** What is left of ours for a service once siblings and people have their own laws. */
export const serviceImports: Law = {
  name: 'service-imports',
  sentence:
    'A service imports itself, schema and the kit: never the gateway, the screens, the starter or a test.',
  check: perImport((file, imported) => {
    const path = ownPath(imported);
    if (serviceOf(file.path) === null || path === null) return null;
    const refused = ['gateway', 'web', 'start', 'test', '.ci'].find((room) => isIn(room, path));
    return refused === undefined ? null : `it imports ${refused}`;
  }),
};
