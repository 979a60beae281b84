import { type Law, perFile } from './law.ts';

const mocks = /^(vi|vitest|jest)\.(mock|doMock|unmock|doUnmock|hoisted|importMock)$/;

/** A test with eleven mocks tests its mocks. Dependencies are arguments; a test hands in a fake. */
export const noModuleMocks: Law = {
  name: 'no-module-mocks',
  sentence: 'Modules are never mocked (vi.mock): hand the code a fake through its arguments.',
  check: perFile(({ path, mentions }) =>
    mentions
      .filter(({ kind, name }) => kind === 'call' && mocks.test(name))
      .map(({ name, line }) => ({ file: path, line, found: `it calls ${name}` })),
  ),
};
