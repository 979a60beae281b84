import { isTest } from '../house/rooms.ts';
import { type Law, perFile } from './law.ts';

const sayNothing = new Set(['utils', 'util', 'helpers', 'helper', 'common', 'manager', 'misc', 'src', 'lib']);
const kebabCase = /^[a-z0-9]+(-[a-z0-9]+)*$/;

/** A name is where a reader looks first. */
export const namesSaySomething: Law = {
  name: 'names-say-something',
  sentence:
    'Files and folders have kebab-case names that say what they hold: no utils, helpers, common, manager, and no src layer.',
  check: perFile(({ path }) => {
    const found = path
      .split('/')
      .map((part) => part.replace(/^\./, '').replace(/(\.[a-z]+)*\.tsx?$/, ''))
      .flatMap((part) => {
        if (part.split('-').some((word) => sayNothing.has(word))) return [`"${part}" says nothing`];
        return kebabCase.test(part) || (isTest(path) && part.startsWith('_'))
          ? []
          : [`"${part}" is not kebab-case`];
      });
    return found.map((what) => ({ file: path, line: 1, found: what }));
  }),
};
