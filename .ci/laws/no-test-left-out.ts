import { type Law, perFile } from './law.ts';

const leavesOut =
  /^(test|it|describe|suite|bench)(\.[a-zA-Z]+)*\.(skip|only|todo|skipIf|runIf|fails)$|^(xit|xtest|xdescribe|fit|fdescribe)$/;

/** What is not run proves nothing, and nobody notices. */
export const noTestLeftOut: Law = {
  name: 'no-test-left-out',
  sentence: 'No test is skipped, singled out, left to do or expected to fail.',
  check: perFile(({ path, mentions }) => {
    const seen = new Set<number>();
    return mentions.flatMap(({ kind, name, line }) => {
      const leftOut = kind !== 'new' && leavesOut.test(name) && !seen.has(line);
      if (!leftOut) return [];
      seen.add(line);
      return [{ file: path, line, found: name }];
    });
  }),
};
