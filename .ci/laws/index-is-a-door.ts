import { posix } from 'node:path';
import { fileName } from '../house/rooms.ts';
import { type Law, perFile } from './law.ts';

/** Folders, not packages, that are closed by a door of their own. */
const closedFolders = new Set(['gateway/engine/index.ts']);

/** Thirty files of one name: a search finds none of them. */
export const indexIsADoor: Law = {
  name: 'index-is-a-door',
  sentence: 'A file is called index.ts only when it is the door of a package (or of gateway/engine).',
  check: perFile(({ path }, { packages }) => {
    if (!/^index\.tsx?$/.test(fileName(path)) || closedFolders.has(path)) return [];
    const isDoor = packages.some(({ folder, doors }) =>
      Object.values(doors).some((door) => posix.join(folder, door) === path),
    );
    return isDoor ? [] : [{ file: path, line: 1, found: 'it is no door' }];
  }),
};
