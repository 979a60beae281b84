import type { DataObject, FieldFailure } from './field-failure.ts';

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
  /** Errors of fields that were only lost with a neighbour. */
  readonly collateral: Set<PayloadError>;
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

/** Tells that a field failed: at the place being written, or at the field numbers and indexes below it. */
export function failField(
  run: WriteRun,
  failure: FieldFailure,
  below: readonly (number | { readonly index: number })[],
): undefined {
  const path = [...run.path];
  for (const each of below) path.push(typeof each === 'number' ? (run.names[each] ?? '') : each.index);
  const error = { code: failure.code, path, source: failure.source };
  run.errors.push(error);
  if (failure.isCollateral) run.collateral.add(error);
}

/** An object turned null: what was lost with a neighbour needs no error where the neighbour has one. */
export function dropCollateral(run: WriteRun, from: number): undefined {
  if (run.collateral.size === 0) return;
  const told = run.errors.splice(from);
  const own = told.filter((error) => !run.collateral.has(error));
  run.errors.push(...(own.length > 0 ? own : told.slice(0, 1)));
}

/** Tells an error at the place being written. */
export function failAt(run: WriteRun, code: string, source: string | undefined): undefined {
  run.errors.push({ code, path: [...run.path], ...(source === undefined ? {} : { source }) });
}
