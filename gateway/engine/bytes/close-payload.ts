/** Puts what is to stand in `extensions` behind a payload and closes it; `rest` is JSON text from behind the opening bracket. */
export function closePayload(bytes: string | Buffer, rest: string): string | Buffer {
  const end = `${rest}}`;
  if (typeof bytes === 'string') return bytes + end;
  const { buffer, byteOffset, length } = bytes;
  const whole = Buffer.from(buffer, byteOffset);
  // Mostly there is room behind it.
  if (whole.length < length + end.length * 3) return Buffer.concat([bytes, Buffer.from(end)]);
  return whole.subarray(0, length + whole.write(end, length));
}
