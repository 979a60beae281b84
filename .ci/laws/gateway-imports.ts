import { isIn, roomOf } from '../house/rooms.ts';
import { type Law, ownPath, perImport } from './law.ts';

/** The gateway sees services through the supergraph and its doors, over HTTP alone. */
export const gatewayImports: Law = {
  name: 'gateway-imports',
  sentence: 'The gateway imports only schema, the kit and itself; services it reaches over HTTP.',
  check: perImport((file, imported) => {
    const path = ownPath(imported);
    if (!isIn('gateway', file.path) || path === null) return null;
    const allowed = ['gateway', 'schema', 'subgraphs/kit'].some((room) => isIn(room, path));
    return allowed ? null : `it imports ${roomOf(path)}`;
  }),
};
