/** The entries of a log, 256 at a time: https://c2sp.org/tlog-tiles, "Log entries". */
import { type Fault, type Result, done, refused } from './result.ts';

/** The longest entry: its length must fit the bundle's uint16. */
export const MAX_ENTRY_BYTES = 0xffff;

/** Each entry behind its length as a big-endian uint16. */
export function encodeEntryBundle(entries: readonly Uint8Array[]): Result<Buffer> {
  if (entries.some(({ length }) => length > MAX_ENTRY_BYTES)) return refused('entry-too-long');
  const bundle = Buffer.allocUnsafe(entries.reduce((bytes, { length }) => bytes + 2 + length, 0));
  let at = 0;
  for (const entry of entries) {
    bundle.writeUInt16BE(entry.length, at);
    bundle.set(entry, at + 2);
    at += 2 + entry.length;
  }
  return done(bundle);
}

/** What a bundle's bytes hold: whole entries, and `bundle-truncated` where more bytes follow than make a whole one. */
export interface ReadBundle {
  readonly entries: readonly Uint8Array[];
  readonly fault: Fault | null;
}

/** Reads a bundle up to the first entry that is not whole, so that a verifier can name that entry's index. */
export function parseEntryBundle(bytes: Uint8Array): ReadBundle {
  const entries: Uint8Array[] = [];
  let at = 0;
  while (at < bytes.length) {
    const [high, low] = [bytes[at], bytes[at + 1]];
    if (high === undefined || low === undefined) return { entries, fault: 'bundle-truncated' };
    const end = at + 2 + high * 256 + low;
    if (end > bytes.length) return { entries, fault: 'bundle-truncated' };
    entries.push(bytes.subarray(at + 2, end));
    at = end;
  }
  return { entries, fault: null };
}
