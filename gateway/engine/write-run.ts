import type { DataObject } from './field-failure.ts';

/** An error of the answer before it is put into words. */
export interface PayloadError {
  readonly code: string;
  /** Client's response keys and list indexes. */
  readonly path: readonly (string | number)[];
  /** The source that failed, where one did. */
  readonly source?: string;
  /** The leaf that was refused, where one was. */
  readonly leaf?: number;
}

/** The state of writing one answer. Owned by one execution; the compiled writer keeps nothing. */
export interface WriteRun {
  /** Client's response keys by field number. */
  readonly names: readonly string[];
  /** The same as JSON text with a colon. */
  readonly labels: readonly string[];
  readonly path: (string | number)[];
  readonly errors: PayloadError[];
  readonly refuse: (leaf: number) => void;
  readonly introspected: (alias: string) => string;
}

/** Writes a value: its JSON text, null for an allowed silent null, undefined when an error was told. */
export type Write = (value: unknown, run: WriteRun) => string | null | undefined;

/** Writes one field of an object; undefined makes the whole object null. */
export interface WriteEntry {
  readonly key: number;
  readonly write: (object: DataObject, run: WriteRun) => string | undefined;
}

/** Tells an error at the place being written. */
export function failAt(run: WriteRun, code: string, source: string | undefined): undefined {
  run.errors.push({ code, path: [...run.path], ...(source === undefined ? {} : { source }) });
}
