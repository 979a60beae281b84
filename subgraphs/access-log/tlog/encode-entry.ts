/** An entry as the bytes that are hashed, stored and served. */
import type { AccessLogEntry } from './access-log-entry.ts';
import { canonicalJson } from './canonical-json.ts';
import { MAX_ENTRY_BYTES } from './entry-bundle.ts';
import { entryComplaints } from './entry-rules.ts';
import { type Result, done, refused } from './result.ts';
import { parseUtf8 } from './utf8.ts';

/** The canonical JSON of an entry in UTF-8. Refused: what `entryComplaints` has a sentence for, or 65,536 bytes and more. */
export function encodeEntry(entry: AccessLogEntry): Result<Buffer> {
  if (entryComplaints(entry).length > 0) return refused('entry-invalid');
  const text = canonicalJson(entry);
  if (!text.ok) return text;
  const bytes = Buffer.from(text.value);
  return bytes.length > MAX_ENTRY_BYTES ? refused('entry-too-long') : done(bytes);
}

/** Reads an entry. Bytes that are not what `encodeEntry` would have written are refused, whatever they mean. */
export function decodeEntry(bytes: Uint8Array): Result<AccessLogEntry> {
  if (bytes.length > MAX_ENTRY_BYTES) return refused('entry-too-long');
  const text = parseUtf8(bytes);
  const value = text === null ? undefined : parseJson(text);
  if (value === undefined) return refused('json-unsupported');
  const again = canonicalJson(value);
  if (!again.ok) return again;
  if (again.value !== text) return refused('json-not-canonical');
  return entryComplaints(value).length > 0 ? refused('entry-invalid') : done(value as AccessLogEntry);
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}
