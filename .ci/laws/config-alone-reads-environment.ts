import { fileName } from '../house/rooms.ts';
import { type Law, perFile, type Violation } from './law.ts';

/** Configuration is parsed once, complained about together, frozen and handed down. */
export const configAloneReadsEnvironment: Law = {
  name: 'config-alone-reads-environment',
  sentence: "process.env is read only in a config.ts (or a tool's own *.config.ts).",
  check: perFile((file) => {
    if (/^(.+\.)?config\.ts$/.test(fileName(file.path))) return [];
    const read = file.mentions.filter(
      ({ kind, name }) => kind === 'member' && (name === 'process.env' || name === 'import.meta.env'),
    );
    const imported = file.imports.filter(
      ({ target, names }) => target.kind === 'node' && target.name === 'process' && names.includes('env'),
    );
    return [...read, ...imported].map(
      ({ line }): Violation => ({ file: file.path, line, found: 'it reads the environment' }),
    );
  }),
};
