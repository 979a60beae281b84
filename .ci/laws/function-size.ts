import { isTest } from '../house/rooms.ts';
import { type Law, perFile } from './law.ts';

const limit = 60;

/** A function is read in one look. */
export const functionSize: Law = {
  name: 'function-size',
  sentence: `A function has at most ${limit} lines (those of tests are free).`,
  check: perFile(({ path, functions }) => {
    if (isTest(path)) return [];
    return functions
      .filter(({ lines }) => lines > limit)
      .map(({ name, line, lines }) => ({ file: path, line, found: `${name}: ${lines} lines`, size: lines }));
  }),
};
