import { isTest } from '../house/rooms.ts';
import { type Law, perFile } from './law.ts';

/** What one room offers another is said in words: shapes, units, what it throws, where the rule comes from. */
export const exportsHaveASentence: Law = {
  name: 'exports-have-a-sentence',
  sentence: 'Every exported symbol has a sentence: a doc comment right before it.',
  check: perFile(({ path, undocumented }) => {
    if (isTest(path) || path.endsWith('.config.ts')) return [];
    return undocumented.map(({ name, line }) => ({ file: path, line, found: name }));
  }),
};
