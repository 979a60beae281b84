const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const COMMA = 0x2c;
const CLOSED_LIST = 0x5d;
const CLOSED_OBJECT = 0x7d;

/*
 * Each copies a leaf that was read before to where an answer is written, and gives where what follows is written. What is
 * written behind the end of the output is lost; whoever owns it sees that by the place that is given.
 */

/** A leaf as its source wrote it. */
export function copyToken(from: Buffer, offset: number, to: Buffer, at: number): number {
  let byte = from[offset] as number;
  if (byte === QUOTE) return copyString(from, offset, to, at);
  let read = offset;
  let write = at;
  while (byte !== COMMA && byte !== CLOSED_OBJECT && byte !== CLOSED_LIST) {
    to[write++] = byte;
    byte = from[++read] as number;
  }
  return write;
}

function copyString(from: Buffer, offset: number, to: Buffer, at: number): number {
  let read = offset + 1;
  let write = at;
  to[write++] = QUOTE;
  let byte = from[read] as number;
  while (byte !== QUOTE) {
    to[write++] = byte;
    if (byte === BACKSLASH) to[write++] = from[++read] as number;
    byte = from[++read] as number;
  }
  to[write] = QUOTE;
  return write + 1;
}

/** An ID, which is text to the client even where its source wrote a number. */
export function copyId(from: Buffer, offset: number, to: Buffer, at: number): number {
  if (from[offset] === QUOTE) return copyString(from, offset, to, at);
  to[at] = QUOTE;
  const end = copyToken(from, offset, to, at + 1);
  to[end] = QUOTE;
  return end + 1;
}
