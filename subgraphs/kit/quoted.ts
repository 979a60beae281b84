/** Printable ASCII without what JSON must escape (RFC 8259, §7). */
const PLAIN = /^[ !#-[\]-~]*$/;

/** A text as JSON. Most ids, names and codes have nothing to escape, and telling so takes less than writing them as any text. */
export function quoted(text: string): string {
  return PLAIN.test(text) ? `"${text}"` : JSON.stringify(text);
}
