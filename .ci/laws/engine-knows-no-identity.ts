import { isIn, roomOf } from '../house/rooms.ts';
import { type Law, ownPath, perImport } from './law.ts';

const identityName = /caller|identity|session|token|subject/i;

/** Supergraph → plan → answer. Who asks and what they may see is decided around it. */
export const engineKnowsNoIdentity: Law = {
  name: 'engine-knows-no-identity',
  sentence:
    'The engine knows nothing of identity: it imports itself, schema, and of the kit only what says nothing about callers.',
  check: perImport((file, imported) => {
    const path = ownPath(imported);
    if (!isIn('gateway/engine', file.path) || path === null) return null;
    if (isIn('gateway/engine', path) || isIn('schema', path)) return null;
    if (!isIn('subgraphs/kit', path)) return `it imports ${isIn('gateway', path) ? path : roomOf(path)}`;
    const name = imported.names.find((candidate) => identityName.test(candidate));
    return name === undefined ? null : `it imports ${name} from the kit`;
  }),
};
