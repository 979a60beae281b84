/**
 * Arrays in PostgreSQL's binary format, so that bytes travel as bytes: written as text they would be hex, twice as long,
 * and be parsed row by row. (PostgreSQL source: `array_send` in src/backend/utils/adt/arrayfuncs.c.)
 */

/** Object ids of element types, fixed in src/include/catalog/pg_type.dat. */
const oids = { bytea: 17, bigint: 20, integer: 23, text: 25, timestamptz: 1184 } as const;

/** Dimensions, whether there are nulls, element type, length, lower bound: 4 bytes each. */
const HEADER_BYTES = 20;
/** PostgreSQL counts microseconds from 2000-01-01 UTC. */
const POSTGRES_EPOCH_MS = 946_684_800_000;
const TWO_TO_32 = 2 ** 32;

/** `bytea[]`; null is SQL's null. */
export function byteaArray(items: readonly (Uint8Array | null)[]): Buffer {
  return variableArray(oids.bytea, items);
}

/** `text[]`; null is SQL's null. */
export function textArray(items: readonly (string | null)[]): Buffer {
  return variableArray(
    oids.text,
    items.map((item) => (item === null ? null : Buffer.from(item))),
  );
}

/** `integer[]`. */
export function integerArray(items: readonly number[]): Buffer {
  const { array, place } = fixedArray(oids.integer, items.length, 4);
  for (const [position, item] of items.entries()) array.writeInt32BE(item, place(position));
  return array;
}

/** `bigint[]` of safe integers. */
export function bigintArray(items: readonly number[]): Buffer {
  return eightByteArray(oids.bigint, items);
}

/** `timestamptz[]` of milliseconds since the Unix epoch. */
export function timestampArray(items: readonly number[]): Buffer {
  return eightByteArray(
    oids.timestamptz,
    items.map((instantMs) => (instantMs - POSTGRES_EPOCH_MS) * 1000),
  );
}

function eightByteArray(oid: number, items: readonly number[]): Buffer {
  const { array, place } = fixedArray(oid, items.length, 8);
  for (const [position, item] of items.entries()) {
    const high = Math.floor(item / TWO_TO_32);
    array.writeInt32BE(high, place(position));
    array.writeUInt32BE(item - high * TWO_TO_32, place(position) + 4);
  }
  return array;
}

function fixedArray(
  oid: number,
  length: number,
  width: number,
): { array: Buffer; place: (position: number) => number } {
  const array = Buffer.allocUnsafe(HEADER_BYTES + length * (4 + width));
  writeHeader(array, oid, length, false);
  for (let position = 0; position < length; position += 1)
    array.writeInt32BE(width, HEADER_BYTES + position * (4 + width));
  return { array, place: (position) => HEADER_BYTES + position * (4 + width) + 4 };
}

function variableArray(oid: number, items: readonly (Uint8Array | null)[]): Buffer {
  const bytes = items.reduce((sum, item) => sum + 4 + (item?.length ?? 0), HEADER_BYTES);
  const array = Buffer.allocUnsafe(bytes);
  writeHeader(array, oid, items.length, items.includes(null));
  let at = HEADER_BYTES;
  for (const item of items) {
    at = array.writeInt32BE(item === null ? -1 : item.length, at);
    if (item === null) continue;
    array.set(item, at);
    at += item.length;
  }
  return array;
}

function writeHeader(array: Buffer, oid: number, length: number, hasNulls: boolean): void {
  array.writeInt32BE(1, 0);
  array.writeInt32BE(hasNulls ? 1 : 0, 4);
  array.writeInt32BE(oid, 8);
  array.writeInt32BE(length, 12);
  array.writeInt32BE(1, 16);
}
