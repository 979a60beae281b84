/**
 * One way to write a value: RFC 8785 (JSON Canonicalization Scheme), limited to what entries are made of. Numbers are
 * integers up to 2^53 − 1, so that the number formatting of §3.2.2.3 has nothing to decide.
 */
import { type Result, done, refused } from './result.ts';

/** What can be written. */
export type CanonicalValue =
  | string
  | number
  | boolean
  | null
  | readonly CanonicalValue[]
  | { readonly [name: string]: CanonicalValue };

/** Deeper than any entry, shallower than the stack. */
const MAX_DEPTH = 32;

/**
 * Writes a value without white space, names sorted by UTF-16 code units (§3.2.3). Refused as `json-unsupported`:
 * fractions, NaN, infinities, −0, integers beyond 2^53 − 1, lone surrogates (§3.2.2.2: they must end the process),
 * undefined, functions, symbols, bigints and objects of a class.
 */
export function canonicalJson(value: unknown): Result<string> {
  return write(value, 0);
}

function write(value: unknown, depth: number): Result<string> {
  if (depth > MAX_DEPTH) return refused('json-too-deep');
  if (value === null || typeof value === 'boolean') return done(String(value));
  if (typeof value === 'string') {
    // JSON.stringify of well-formed text is exactly §3.2.2.2: \b \t \n \f \r \" \\, other controls as \u00xx, no more.
    return value.isWellFormed() ? done(JSON.stringify(value)) : refused('json-unsupported');
  }
  if (typeof value === 'number') {
    const plain = Number.isSafeInteger(value) && !Object.is(value, -0);
    return plain ? done(String(value)) : refused('json-unsupported');
  }
  if (Array.isArray(value)) {
    const items = writeAll(Array.from<unknown>(value), depth);
    return items.ok ? done(`[${items.value.join(',')}]`) : items;
  }
  return isPlainObject(value) ? writeObject(value, depth) : refused('json-unsupported');
}

function writeAll(values: readonly unknown[], depth: number): Result<string[]> {
  const written: string[] = [];
  for (const value of values) {
    const one = write(value, depth + 1);
    if (!one.ok) return one;
    written.push(one.value);
  }
  return done(written);
}

function writeObject(object: Readonly<Record<string, unknown>>, depth: number): Result<string> {
  // JavaScript's order of strings is that of their UTF-16 code units.
  const names = Object.keys(object).toSorted((one, other) => (one < other ? -1 : 1));
  const keys = writeAll(names, depth);
  if (!keys.ok) return keys;
  const values = writeAll(
    names.map((name) => object[name]),
    depth,
  );
  if (!values.ok) return values;
  return done(`{${keys.value.map((key, at) => `${key}:${values.value[at] ?? ''}`).join(',')}}`);
}

function isPlainObject(value: unknown): value is Record<string, unknown> {
  if (typeof value !== 'object' || value === null) return false;
  const prototype: unknown = Object.getPrototypeOf(value);
  return (
    (prototype === null || prototype === Object.prototype) && Object.getOwnPropertySymbols(value).length === 0
  );
}
