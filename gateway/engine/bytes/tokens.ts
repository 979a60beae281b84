/*
 * JSON tokens in bytes (RFC 8259). Each function is given the offset where a token should begin and tells where it ends, -1
 * where it is not one that the engine reads this way: whatever is unusual is left to `JSON.parse`. The bytes are UTF-8, which
 * is not looked at here, and a NUL stands behind them.
 */

/** `"` */
export const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const COMMA = 0x2c;
const MINUS = 0x2d;
const POINT = 0x2e;
const ZERO = 0x30;
const NINE = 0x39;
const CLOSED_LIST = 0x5d;
const CLOSED_OBJECT = 0x7d;
const SMALL_E = 0x65;
const LARGE_E = 0x45;
const SPACE = 0x20;

/** Behind a string, from its opening quote. */
export function endOfString(bytes: Uint8Array, from: number): number {
  if (bytes[from] !== QUOTE) return -1;
  let at = from + 1;
  let byte = bytes[at] as number;
  for (;;) {
    while (byte !== QUOTE && byte !== BACKSLASH && byte >= SPACE) byte = bytes[++at] as number;
    if (byte === QUOTE) return at + 1;
    if (byte !== BACKSLASH) return -1;
    at = behindEscape(bytes, at);
    if (at < 0) return -1;
    byte = bytes[at] as number;
  }
}

const simpleEscapes: ReadonlySet<number | undefined> = new Set(Buffer.from('"\\/bfnrt'));

function behindEscape(bytes: Uint8Array, at: number): number {
  const kind = bytes[at + 1];
  if (simpleEscapes.has(kind)) return at + 2;
  if (kind !== 0x75) return -1;
  for (let digit = at + 2; digit < at + 6; digit += 1) if (!isHex(bytes[digit] as number)) return -1;
  return at + 6;
}

function isHex(byte: number): boolean {
  const letter = byte | 0x20;
  return (byte >= ZERO && byte <= NINE) || (letter >= 0x61 && letter <= 0x66);
}

/** Behind an integer of 32 bits without fraction or exponent; a minus before zero is unusual. */
export function endOfInt(bytes: Buffer, from: number): number {
  const end = endOfDigits(bytes, from);
  if (end < 0 || end - from > 11) return -1;
  if (end - from < 10) return end;
  const value = Number(textBetween(bytes, from, end));
  return value >= -2147483648 && value <= 2147483647 ? end : -1;
}

/** Behind an ID: a string, or an integer that a double holds exactly. */
export function endOfId(bytes: Uint8Array, from: number): number {
  if (bytes[from] === QUOTE) return endOfString(bytes, from);
  const end = endOfDigits(bytes, from);
  return end - from > 15 ? -1 : end;
}

/** Behind digits with or without a minus, which are the whole of a number. */
function endOfDigits(bytes: Uint8Array, from: number): number {
  const first = bytes[from] === MINUS ? from + 1 : from;
  let at = first;
  let byte = bytes[at] as number;
  while (byte >= ZERO && byte <= NINE) byte = bytes[++at] as number;
  if (at === first || byte === POINT || byte === SMALL_E || byte === LARGE_E) return -1;
  // JSON has no leading zeros, and nobody would write -0.
  if (bytes[first] === ZERO && (at > first + 1 || first > from)) return -1;
  return at;
}

/** Behind a number of at most 15 digits with or without a fraction. */
export function endOfFloat(bytes: Uint8Array, from: number): number {
  const first = bytes[from] === MINUS ? from + 1 : from;
  let at = behindDigits(bytes, first);
  if (at === first || (bytes[first] === ZERO && at > first + 1)) return -1;
  if (bytes[at] === POINT) {
    const fraction = at + 1;
    at = behindDigits(bytes, fraction);
    if (at === fraction) return -1;
  } else if (first > from && bytes[first] === ZERO) return -1;
  const byte = bytes[at];
  return byte === SMALL_E || byte === LARGE_E || at - from > 16 ? -1 : at;
}

function behindDigits(bytes: Uint8Array, from: number): number {
  let at = from;
  let byte = bytes[at] as number;
  while (byte >= ZERO && byte <= NINE) byte = bytes[++at] as number;
  return at;
}

const isTrue = Buffer.from('true');
const isFalse = Buffer.from('false');
const isNull = Buffer.from('null');

/** Behind `true` or `false`. */
export function endOfBoolean(bytes: Uint8Array, from: number): number {
  const end = behind(bytes, from, isTrue);
  return end < 0 ? behind(bytes, from, isFalse) : end;
}

/** Behind `null`. */
export function endOfNull(bytes: Uint8Array, from: number): number {
  return behind(bytes, from, isNull);
}

/** Behind any string, number, or truth value. */
export function endOfScalar(bytes: Uint8Array, from: number): number {
  if (bytes[from] === QUOTE) return endOfString(bytes, from);
  const end = endOfFloat(bytes, from);
  return end < 0 ? endOfBoolean(bytes, from) : end;
}

/** Behind these very bytes. */
export function behind(bytes: Uint8Array, from: number, expected: Uint8Array): number {
  for (let at = 0; at < expected.length; at += 1) if (bytes[from + at] !== expected[at]) return -1;
  return from + expected.length;
}

/** Behind a token that was read before, so is known to be one. */
export function endOfToken(bytes: Uint8Array, from: number): number {
  let at = from;
  let byte = bytes[at] as number;
  if (byte !== QUOTE) {
    while (byte !== COMMA && byte !== CLOSED_OBJECT && byte !== CLOSED_LIST) byte = bytes[++at] as number;
    return at;
  }
  byte = bytes[++at] as number;
  while (byte !== QUOTE) {
    if (byte === BACKSLASH) at += 1;
    byte = bytes[++at] as number;
  }
  return at + 1;
}

/** Whether two tokens that were read before are written alike. */
export function areAlike(bytes: Uint8Array, one: number, other: number): boolean {
  let byte = bytes[one] as number;
  if (byte !== bytes[other]) return false;
  if (byte !== QUOTE) return areSameNumbers(bytes, one, other);
  let [at, to] = [one, other];
  do {
    byte = bytes[++at] as number;
    if (byte !== bytes[++to]) return false;
    if (byte === BACKSLASH) {
      if (bytes[++at] !== bytes[++to]) return false;
    }
  } while (byte !== QUOTE);
  return true;
}

function areSameNumbers(bytes: Uint8Array, one: number, other: number): boolean {
  const length = endOfToken(bytes, one) - one;
  if (endOfToken(bytes, other) - other !== length) return false;
  for (let at = 1; at < length; at += 1) if (bytes[one + at] !== bytes[other + at]) return false;
  return true;
}

/** FNV-1a of a token's text, which goes on from `before`; a quote within it may end it early. */
export function hashAt(bytes: Uint8Array, offset: number, before: number): number {
  let hash = before ^ 0x811c9dc5;
  let at = offset;
  let byte = bytes[at] as number;
  if (byte === QUOTE) {
    while ((byte = bytes[++at] as number) !== QUOTE) hash = Math.imul(hash ^ byte, 0x01000193);
    return hash;
  }
  for (const end = endOfToken(bytes, offset); at < end; at += 1)
    hash = Math.imul(hash ^ (bytes[at] as number), 0x01000193);
  return hash;
}

/** Bytes as text. */
export function textBetween(bytes: Buffer, from: number, to: number): string {
  return bytes.toString('utf8', from, to);
}

/** A token that was read before, as `JSON.parse` gives it. */
export function valueAt(bytes: Buffer, from: number): unknown {
  return valueOf(textBetween(bytes, from, endOfToken(bytes, from)));
}

/** The value that the text of a token tells. */
export function valueOf(text: string): unknown {
  return text.startsWith('"') && !text.includes('\\') ? text.slice(1, -1) : JSON.parse(text);
}
