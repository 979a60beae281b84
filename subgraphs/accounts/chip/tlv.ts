import { ChipRefused } from './chip-refusal.ts';

/** One data object: tag, length, value (ISO/IEC 7816-4, X.690 DER). */
export interface Tlv {
  /** The tag's bytes as a number: `0x61`, `0x5f1f`. */
  readonly tag: number;
  readonly value: Uint8Array;
  /** Tag, length and value as they stood. */
  readonly bytes: Uint8Array;
}

/** Deeper than any file of a chip, and far from the end of the stack. */
const DEEPEST = 24;
const SEQUENCE = 0x30;
const SET = 0x31;

/** That bytes are no data objects; told without the bytes. */
export function malformed(why: string): ChipRefused {
  return new ChipRefused('CHIP_MALFORMED', why);
}

/**
 * Reads one object at a place, strictly: tags of one or two bytes, lengths definite, in their shortest form, and within
 * the bytes.
 *
 * @throws ChipRefused `CHIP_MALFORMED`
 */
export function readTlvAt(bytes: Uint8Array, start: number): Tlv {
  let at = start;
  const next = (): number => {
    const byte = bytes[at];
    if (byte === undefined) throw malformed('ends within a header');
    at += 1;
    return byte;
  };
  let tag = next();
  if ((tag & 0x1f) === 0x1f) {
    const second = next();
    if (second >= 0x80) throw malformed('tag of three bytes');
    tag = tag * 256 + second;
  }
  const first = next();
  let length = first;
  if (first >= 0x80) {
    const count = first & 0x7f;
    if (count < 1 || count > 3) throw malformed('length indefinite or out of all bounds');
    length = 0;
    for (let index = 0; index < count; index += 1) length = length * 256 + next();
    if (length < 0x80 || length < 256 ** (count - 1)) throw malformed('length not in its shortest form');
  }
  const end = at + length;
  if (end > bytes.length) throw malformed('ends within a value');
  return { tag, value: bytes.subarray(at, end), bytes: bytes.subarray(start, end) };
}

/** Reads all objects of some bytes, which they fill to the last. @throws ChipRefused `CHIP_MALFORMED` */
export function readTlvs(bytes: Uint8Array): Tlv[] {
  const objects: Tlv[] = [];
  for (let at = 0; at < bytes.length; ) {
    const object = readTlvAt(bytes, at);
    objects.push(object);
    at += object.bytes.length;
  }
  return objects;
}

/** The value of the one object that bytes are. @throws ChipRefused `CHIP_MALFORMED` */
export function valueOf(bytes: Uint8Array, tag: number): Uint8Array {
  const object = readTlvAt(bytes, 0);
  if (object.tag !== tag) throw malformed('another tag');
  if (object.bytes.length !== bytes.length) throw malformed('bytes behind the end');
  return object.value;
}

/** The value of the one object with this tag among others. @throws ChipRefused `CHIP_MALFORMED` */
export function valueAmong(objects: readonly Tlv[], tag: number): Uint8Array {
  const [first, second] = objects.filter((object) => object.tag === tag);
  if (first === undefined || second !== undefined)
    throw malformed('an object is missing or stands there twice');
  return first.value;
}

/**
 * Reads the objects of some bytes, each with the tag that its place asks for: libraries that read ASN.1 let other tags
 * pass, and where nothing is signed around them, the same thing could then be written in several ways.
 *
 * @throws ChipRefused `CHIP_MALFORMED`
 */
export function readShape(bytes: Uint8Array, tags: readonly number[]): Tlv[] {
  const objects = readTlvs(bytes);
  const isSame = objects.length === tags.length && objects.every(({ tag }, place) => tag === tags[place]);
  if (!isSame) throw malformed('another shape');
  return objects;
}

/**
 * An object identifier, dotted (X.690 8.19); arcs beyond 28 bits are none of ours.
 *
 * @throws ChipRefused `CHIP_MALFORMED`
 */
export function readOid({ tag, value }: Tlv): string {
  if (tag !== 0x06) throw malformed('no object identifier');
  const arcs: number[] = [];
  let arc = 0;
  for (const byte of value) {
    arc = arc * 128 + (byte & 0x7f);
    if (arc > 0xfffffff) throw malformed('object identifier');
    if (byte >= 0x80) continue;
    arcs.push(arc);
    arc = 0;
  }
  const [first = 0, ...rest] = arcs;
  const top = Math.min(2, Math.floor(first / 40));
  return [top, first - 40 * top, ...rest].join('.');
}

/**
 * Holds bytes against the rules of DER (X.690 clauses 8, 10 and 11) before a library that also takes BER reads them:
 * one encoding for one meaning, no strings in pieces, no nesting without end.
 *
 * @throws ChipRefused `CHIP_MALFORMED`
 */
export function checkDer(bytes: Uint8Array): void {
  const object = readTlvAt(bytes, 0);
  if (object.bytes.length !== bytes.length) throw malformed('bytes behind the end');
  checkObject(object, 0);
}

function checkObject({ tag, value }: Tlv, depth: number): void {
  if (depth > DEEPEST) throw malformed('nested too deep');
  if (tag > 0xff) throw malformed('no tag of DER');
  const isUniversal = (tag & 0xc0) === 0;
  const isConstructed = (tag & 0x20) !== 0;
  if (isUniversal && isConstructed !== (tag === SEQUENCE || tag === SET)) throw malformed('in pieces');
  if (isConstructed) {
    for (const inner of readTlvs(value)) checkObject(inner, depth + 1);
    return;
  }
  if (isUniversal) checkPrimitive(tag, value);
}

function checkPrimitive(tag: number, value: Uint8Array): void {
  const [first, second] = value;
  switch (tag) {
    case 0x01:
      if (value.length !== 1 || (first !== 0 && first !== 0xff)) throw malformed('no boolean');
      return;
    case 0x02:
    case 0x0a:
      if (first === undefined) throw malformed('empty number');
      if (second !== undefined && (first === 0 || first === 0xff) && first >> 7 === second >> 7)
        throw malformed('number not in its shortest form');
      return;
    case 0x03:
      checkBits(value);
      return;
    case 0x05:
      if (value.length > 0) throw malformed('no null');
      return;
    case 0x06:
      if (first === undefined || ((value.at(-1) ?? 0) & 0x80) !== 0) throw malformed('no object identifier');
      return;
    default:
  }
}

/** X.690 11.2.1: unused bits are zero; 11.2.2 (no trailing zero bits) holds for named lists alone and is not asked. */
function checkBits(value: Uint8Array): void {
  const [unused, ...bits] = value.length > 1 ? [value[0], value.at(-1)] : [value[0], 0];
  if (unused === undefined || unused > 7 || (value.length === 1 && unused > 0)) throw malformed('no bits');
  if (((bits[0] ?? 0) & ((1 << unused) - 1)) !== 0) throw malformed('unused bits are set');
}
