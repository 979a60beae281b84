import { isIn, isTest } from '../house/rooms.ts';
import type { Import } from '../house/source.ts';
import { type Law, perImport } from './law.ts';

const log = 'subgraphs/access-log';
const standingAlone = [`${log}/verify`, `${log}/witness`];

/** An auditor trusts the verifier, and everybody the witness, only as far as they can read it. */
export const verifierStandsAlone: Law = {
  name: 'verifier-stands-alone',
  sentence:
    'access-log/verify and access-log/witness depend on access-log/tlog and Node alone, and tlog on node:crypto alone, so that whoever relies on them need trust nothing else.',
  check: perImport((file, imported) => {
    if (isTest(file.path)) return null;
    const fine =
      standingAlone.every(
        (room) => !isIn(room, file.path) || isOnly(imported, [room, `${log}/tlog`], null),
      ) &&
      (!isIn(`${log}/tlog`, file.path) || isOnly(imported, [`${log}/tlog`], ['crypto']));
    return fine ? null : `it imports ${imported.specifier}`;
  }),
};

function isOnly({ target }: Import, folders: readonly string[], builtins: readonly string[] | null): boolean {
  if (target.kind === 'node') return builtins === null || builtins.includes(target.name);
  return target.kind === 'ours' && folders.some((folder) => isIn(folder, target.path));
}
