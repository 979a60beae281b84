import { DESCRIPTION_LENGTH } from './describe-face.ts';
import learned from './face-pattern.json' with { type: 'json' };

/** Numbers of a template, a byte each; before them stands the version of the form. */
const LENGTH = 240;
/** Bytes of a template. */
export const TEMPLATE_BYTES = LENGTH + 1;
const VERSION = 1;

/**
 * The directions onto which a description is projected: as many as a template has numbers, of +1 and -1, drawn once and for
 * all from a counter. Lengths and angles are nearly kept (Achlioptas 2003).
 */
const signs = drawSigns();

/** A description in {@link TEMPLATE_BYTES} bytes. From it something like a face can be made again: it is biometric data. */
export function templateOf(cells: Float64Array): Uint8Array {
  const centred = cells.map((value, at) => value - (learned.meanCells[at] ?? 0));
  const numbers = Float64Array.from({ length: LENGTH }, (_, row) => {
    let sum = 0;
    for (let at = 0; at < DESCRIPTION_LENGTH; at += 1)
      sum += (signs[row * DESCRIPTION_LENGTH + at] as number) * (centred[at] as number);
    return sum;
  });
  const largest = numbers.reduce((most, value) => Math.max(most, Math.abs(value)), 1e-9);
  const bytes = new Uint8Array(TEMPLATE_BYTES);
  bytes[0] = VERSION;
  new Int8Array(bytes.buffer, 1).set(numbers.map((value) => Math.round((value / largest) * 127)));
  return bytes;
}

/** How alike two templates are: 0 to 1; null where either is none of this version. */
export function compareTemplates(one: Uint8Array, other: Uint8Array): number | null {
  if (one.length !== TEMPLATE_BYTES || other.length !== TEMPLATE_BYTES) return null;
  if (one[0] !== VERSION || other[0] !== VERSION) return null;
  const a = Int8Array.from(one.subarray(1));
  const b = Int8Array.from(other.subarray(1));
  let product = 0;
  let first = 0;
  let second = 0;
  for (let at = 0; at < LENGTH; at += 1) {
    product += (a[at] as number) * (b[at] as number);
    first += (a[at] as number) ** 2;
    second += (b[at] as number) ** 2;
  }
  if (first === 0 || second === 0) return 0;
  return Math.round(Math.min(1, Math.max(0, product / Math.sqrt(first * second))) * 10_000) / 10_000;
}

function drawSigns(): Int8Array {
  const drawn = new Int8Array(LENGTH * DESCRIPTION_LENGTH);
  let word = 0x9e3779b9;
  for (let at = 0; at < drawn.length; at += 1) {
    // xorshift32 (Marsaglia 2003): nobody's secret, only the same for ever.
    word ^= word << 13;
    word ^= word >>> 17;
    word ^= word << 5;
    drawn[at] = (word & 0x8000) === 0 ? 1 : -1;
  }
  return drawn;
}
