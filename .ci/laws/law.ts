/** The shape of a law of the house, and the few ways laws look at imports. */
import type { House, Import, SourceFile } from '../house/source.ts';

/** Where a law is broken. */
export interface Violation {
  file: string;
  line: number;
  /** What was found, in a few words, to follow the law's sentence. */
  found: string;
  /** For laws about size: how large, so that an exception can state its own limit. */
  size?: number;
}

/** One law: a name, the sentence that is printed when it is broken, and how it is checked. */
export interface Law {
  name: string;
  sentence: string;
  check(house: House): Violation[];
}

/** Asks a question of every file. */
export function perFile(check: (file: SourceFile, house: House) => Violation[]): Law['check'] {
  return (house) => house.files.flatMap((file) => check(file, house));
}

/** Asks a question of every import; the answer is what is wrong with it, or null. */
export function perImport(
  judge: (file: SourceFile, imported: Import, house: House) => string | null,
): Law['check'] {
  return perFile((file, house) =>
    file.imports.flatMap((imported) => {
      const found = judge(file, imported, house);
      return found === null ? [] : [{ file: file.path, line: imported.line, found }];
    }),
  );
}

/** The path an import leads to when it is a file of ours, through a door or not; else null. */
export function ownPath({ target }: Import): string | null {
  return target.kind === 'ours' ? target.path : null;
}
