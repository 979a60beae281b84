import { isTest } from '../house/rooms.ts';
import { type Law, perFile } from './law.ts';

const sourceLimit = 300;
const testLimit = 500;

/** Split on the second reason to change; the ruler only says when to look. */
export const fileSize: Law = {
  name: 'file-size',
  sentence: `A source file has at most ${sourceLimit} lines, a test file ${testLimit}.`,
  check: perFile(({ path, lines }) => {
    const limit = isTest(path) ? testLimit : sourceLimit;
    return lines <= limit ? [] : [{ file: path, line: 1, found: `${lines} lines`, size: lines }];
  }),
};
