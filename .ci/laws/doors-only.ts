import { posix } from 'node:path';
import { isIn } from '../house/rooms.ts';
import type { House, SourceFile } from '../house/source.ts';
import { type Law, perImport } from './law.ts';

/** What a package or a folder does not offer may change without asking anyone. */
export const doorsOnly: Law = {
  name: 'doors-only',
  sentence:
    'A package is entered by the doors in its package.json "exports" under its own name, and a folder that has an index.ts by that file.',
  check: perImport((file, { specifier, target }, house) => {
    if (target.kind === 'no-door') return `${target.packageName} has no door ${target.door}`;
    if (target.kind !== 'ours') return null;
    if (!target.throughDoor && packageOf(file.path, house) !== packageOf(target.path, house)) {
      return `${specifier} reaches into another package`;
    }
    const folder = closedFolder(target.path, file, house);
    return folder === null || target.throughDoor ? null : `${specifier} passes by ${folder}/index.ts`;
  }),
};

function packageOf(path: string, house: House): string {
  return house.packages.find(({ folder }) => isIn(folder, path))?.name ?? path.slice(0, path.indexOf('/'));
}

/** The outermost folder with an index.ts that holds the target but not the importer. */
function closedFolder(target: string, importer: SourceFile, house: House): string | null {
  for (let folder = posix.dirname(target); folder !== '.'; folder = posix.dirname(folder)) {
    if (isIn(folder, importer.path)) return null;
    if (target !== `${folder}/index.ts` && house.fileAt(`${folder}/index.ts`) !== undefined) return folder;
  }
  return null;
}
