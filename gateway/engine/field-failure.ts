/** A field that has no value because its source failed; it stands in the data tree where the value would be. */
export class FieldFailure {
  readonly code: string;
  readonly source: string;
  /** Response keys and indexes from here to the field that failed, where a null of it went up to here. */
  readonly below: readonly (string | number)[];
  /** True for a neighbour of what failed: lost with it, but without an error of its own. */
  readonly isCollateral: boolean;

  constructor(code: string, source: string, below: readonly (string | number)[] = [], isCollateral = false) {
    this.code = code;
    this.source = source;
    this.below = below;
    this.isCollateral = isCollateral;
  }

  /** The failure of one field of an object that was lost as a whole. */
  at(key: string): FieldFailure {
    const [first, ...rest] = this.below;
    if (first === undefined) return this;
    return new FieldFailure(this.code, this.source, first === key ? rest : [], first !== key);
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
