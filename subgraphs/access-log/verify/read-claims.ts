/** Receipts and exported entries, as people keep them in files. */
import { encodeEntry, leafHash, parseHash, type AccessLogEntry } from '../tlog/index.ts';
import type { InclusionClaim } from './check-inclusion.ts';
import { UsageError } from './findings.ts';

/**
 * Reads a file of receipts: one JSON value, an array of them, or one a line. Each is `{origin, index, leafHash}`
 * (base64), an answer with that in `extensions.accessReceipt`, or `{index, entry}` as exports hold it.
 * @throws UsageError with the line that is none of these
 */
export function readClaims(text: string, file: string): InclusionClaim[] {
  const whole = parseJson(text);
  if (whole !== undefined) {
    const values: unknown[] = Array.isArray(whole) ? whole : [whole];
    return values.map((value, place) => claimOf(value, `${file}[${place}]`));
  }
  return text
    .split('\n')
    .map((line, place) => ({ line: line.trim(), where: `${file}:${place + 1}` }))
    .filter(({ line }) => line !== '')
    .map(({ line, where }) => claimOf(parseJson(line), where));
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}

function claimOf(value: unknown, where: string): InclusionClaim {
  const fields = receiptIn(value);
  const index = fields?.['index'];
  const origin = fields?.['origin'] ?? null;
  const leaf = fields === null ? null : leafOf(fields);
  if (typeof index !== 'number' || !Number.isSafeInteger(index) || index < 0)
    throw new UsageError(`${where}: index`);
  if (leaf === null) throw new UsageError(`${where}: leafHash, entry`);
  if (origin !== null && typeof origin !== 'string') throw new UsageError(`${where}: origin`);
  return { index, leaf, origin, where };
}

function receiptIn(value: unknown): Readonly<Record<string, unknown>> | null {
  const extensions = fieldsOf(fieldsOf(value)?.['extensions']);
  return fieldsOf(extensions?.['accessReceipt']) ?? fieldsOf(value);
}

function leafOf(fields: Readonly<Record<string, unknown>>): Uint8Array | null {
  if (typeof fields['leafHash'] === 'string') {
    const hash = parseHash(fields['leafHash']);
    return hash.ok ? hash.value : null;
  }
  // encodeEntry holds the value against every rule of entries before it writes it.
  const bytes = encodeEntry(fields['entry'] as AccessLogEntry);
  return bytes.ok ? leafHash(bytes.value) : null;
}

function fieldsOf(value: unknown): Readonly<Record<string, unknown>> | null {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
    ? (value as Readonly<Record<string, unknown>>)
    : null;
}
