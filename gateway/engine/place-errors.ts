import { FieldFailure } from './field-failure.ts';
import type { SourceError } from './source.ts';

/** Known codes survive; anything else a source says of its troubles is its own business. */
export function codeOf(error: SourceError, knownCodes: ReadonlySet<string>): string {
  const { extensions } = error;
  const code: unknown = typeof extensions === 'object' && extensions ? Reflect.get(extensions, 'code') : null;
  return typeof code === 'string' && knownCodes.has(code) ? code : 'SOURCE_UNAVAILABLE';
}

/**
 * Puts each error where the null it explains stands in the answer. Returns false when an error has no place
 * there: then nobody can say which field it speaks of, and the answer cannot be used.
 */
export function placeErrors(
  data: object,
  errors: readonly SourceError[],
  source: string,
  knownCodes: ReadonlySet<string>,
): boolean {
  return errors.every((error) => {
    const path = typeof error === 'object' && error !== null ? error.path : undefined;
    if (!Array.isArray(path) || path.length === 0) return false;
    return place(data, path, codeOf(error, knownCodes), source);
  });
}

/** The failure that an answer without any data tells of: the first whose place is known. */
export function failureOfAll(
  errors: readonly SourceError[],
  source: string,
  knownCodes: ReadonlySet<string>,
): FieldFailure | null {
  for (const error of errors) {
    const path = typeof error === 'object' && error !== null ? error.path : undefined;
    if (isPath(path)) return new FieldFailure(codeOf(error, knownCodes), source, path);
  }
  return null;
}

function isPath(path: unknown): path is readonly (string | number)[] {
  return (
    Array.isArray(path) &&
    path.length > 0 &&
    path.every((segment) => typeof segment === 'string' || typeof segment === 'number')
  );
}

function place(data: object, path: readonly unknown[], code: string, source: string): boolean {
  let holder: object = data;
  for (const [at, segment] of path.entries()) {
    if (typeof segment !== 'string' && typeof segment !== 'number') return false;
    if (!Object.hasOwn(holder, segment)) return false;
    const value: unknown = Reflect.get(holder, segment);
    if (value instanceof FieldFailure) return true;
    // A value under an error is not trusted: it is replaced as if it were the null it should be.
    if (typeof value !== 'object' || value === null || at === path.length - 1) {
      // Null went up from where the field failed: the client is told of the field.
      const rest = path.slice(at + 1);
      Reflect.set(holder, segment, new FieldFailure(code, source, isPath(rest) ? rest : []));
      return true;
    }
    holder = value;
  }
  return false;
}
