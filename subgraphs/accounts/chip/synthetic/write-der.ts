/** Writes one object: tag (of one or two bytes), length in its shortest form, values behind one another. */
export function tlv(tag: number, ...values: readonly Uint8Array[]): Uint8Array {
  const value = Buffer.concat(values);
  const head = tag > 0xff ? [tag >> 8, tag & 0xff] : [tag];
  return new Uint8Array(Buffer.concat([Buffer.from([...head, ...lengthOf(value.length)]), value]));
}

function lengthOf(length: number): number[] {
  if (length < 0x80) return [length];
  const bytes: number[] = [];
  for (let rest = length; rest > 0; rest = Math.floor(rest / 256)) bytes.unshift(rest % 256);
  return [0x80 + bytes.length, ...bytes];
}

/** A sequence. */
export function sequence(...values: readonly Uint8Array[]): Uint8Array {
  return tlv(0x30, ...values);
}

/** A number from 0 to 127. */
export function smallNumber(value: number): Uint8Array {
  return tlv(0x02, Uint8Array.of(value));
}

/** Text in UTF-8. */
export function utf8(text: string): Uint8Array {
  return tlv(0x0c, Buffer.from(text, 'utf8'));
}

/** Text in ASCII. */
export function printable(text: string): Uint8Array {
  return tlv(0x13, Buffer.from(text, 'latin1'));
}

/** An object identifier, dotted. */
export function objectIdentifier(name: string): Uint8Array {
  const [top = 0, second = 0, ...rest] = name.split('.').map(Number);
  const arcs = [top * 40 + second, ...rest].flatMap((arc) => {
    const digits = [arc & 0x7f];
    for (let left = arc >> 7; left > 0; left >>= 7) digits.unshift((left & 0x7f) | 0x80);
    return digits;
  });
  return tlv(0x06, Uint8Array.from(arcs));
}
