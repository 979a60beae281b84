/** Text and bytes without the silent repairs of the platform. */

const strict = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

/** The text of bytes, or null where they are not UTF-8. A byte order mark stays what it is: a character. */
export function parseUtf8(bytes: Uint8Array): string | null {
  try {
    return strict.decode(bytes);
  } catch {
    return null;
  }
}
