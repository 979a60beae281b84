import { fileName, isIn, isTest, serviceOf } from '../house/rooms.ts';
import { type Law, perFile } from './law.ts';

const bareErrors = new Set(['Error', 'TypeError', 'RangeError']);
const answering = /^(resolvers|rules|store|consent)\.ts$/;

/** Where a request is answered, an error without a code reaches the client as a masked fault that nobody can act on. */
export const refusalsHaveCodes: Law = {
  name: 'refusals-have-codes',
  sentence:
    'Stages, policy, doors, resolvers, rules and stores refuse with an AppError and its code, never with a bare Error.',
  check: perFile(({ path, mentions }) => {
    const answers =
      ['stages', 'policy', 'doors'].some((room) => isIn(`gateway/${room}`, path)) ||
      (serviceOf(path) !== null && answering.test(fileName(path)));
    if (!answers || isTest(path)) return [];
    return mentions
      .filter(({ kind, name }) => kind !== 'member' && bareErrors.has(name))
      .map(({ name, line }) => ({ file: path, line, found: `it makes a bare ${name}` }));
  }),
};
