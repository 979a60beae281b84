/** A field that has no value because its source failed; it stands in the data tree where the value would be. */
export class FieldFailure {
  readonly code: string;
  readonly source: string;

  constructor(code: string, source: string) {
    this.code = code;
    this.source = source;
  }
}

/** An object of the data tree: our response keys, hidden keys and `__typename`. */
export type DataObject = Record<string, unknown>;

/** Tells an object of the data tree from lists, leaves and failures. */
export function isDataObject(value: unknown): value is DataObject {
  return (
    typeof value === 'object' && value !== null && !Array.isArray(value) && !(value instanceof FieldFailure)
  );
}
