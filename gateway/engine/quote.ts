/** Longer strings are written by JSON.stringify, which is faster there. */
const shortLength = 60;

/** A string as JSON text: what JSON.stringify writes, at a fraction of the cost for short strings. */
export function quote(text: string): string {
  const { length } = text;
  if (length > shortLength) return JSON.stringify(text);
  for (let at = 0; at < length; at += 1) {
    const unit = text.charCodeAt(at);
    // Controls, the quote, the backslash, and surrogates, which may be alone (RFC 8259 section 7).
    if (unit < 0x20 || unit === 0x22 || unit === 0x5c || (unit >= 0xd800 && unit <= 0xdfff)) {
      return JSON.stringify(text);
    }
  }
  return `"${text}"`;
}
