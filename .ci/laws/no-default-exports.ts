import { type Law, perFile } from './law.ts';

/** A thing has one name, the same wherever it is used. */
export const noDefaultExports: Law = {
  name: 'no-default-exports',
  sentence: 'No default exports, but in the *.config.ts of a tool that asks for one.',
  check: perFile(({ path, defaultExportLine }) => {
    if (defaultExportLine === null || path.endsWith('.config.ts')) return [];
    return [{ file: path, line: defaultExportLine, found: 'it exports a default' }];
  }),
};
