import { leafHash, toBase64 } from '../tlog/index.ts';
import type { FoundEntry } from './find-entries.ts';
import { outcomeOf, readEntry } from './describe-entries.ts';

/** An entry with what an export tells of it besides. */
export interface ExportedEntry extends Pick<FoundEntry, 'index' | 'bytes' | 'undelivered'> {
  readonly origin: string;
  /** Null where no checkpoint covers the entry yet. */
  readonly proof: string | null;
  /** What the actor is called, of organisations and offices. */
  readonly actorName: string | null;
}

/**
 * One line of JSON, `{origin, index, leafHash, entry, proof}`: `entry` stands byte for byte as it was logged, so that
 * its hash can be made from the line.
 */
export function jsonLine({ origin, index, bytes, proof }: ExportedEntry): string {
  const head = JSON.stringify({ origin, index, leafHash: toBase64(leafHash(bytes)) });
  return `${head.slice(0, -1)},"entry":${bytes.toString('utf8')},"proof":${JSON.stringify(proof)}}\n`;
}

const columns = [
  'origin',
  'index',
  'time',
  'event',
  'actor_kind',
  'actor_id',
  'actor_name',
  'session',
  'subjects',
  'claims',
  'sources',
  'purpose',
  'legal_basis',
  'consent_id',
  'case_id',
  'outcome',
  'refusal',
  'request_id',
  'level',
  'policy_version',
  'completes',
  'delayed_disclosure',
  'leaf_hash',
] as const;

/** The first record of a file: the names of the columns. */
export const csvHeader = `${columns.join(',')}\r\n`;

/** One record of RFC 4180. Lists are parted by a space, which no member of theirs has. */
export function csvRecord({ origin, index, bytes, undelivered, actorName }: ExportedEntry): string {
  const entry = readEntry({ bytes });
  const cells: Record<(typeof columns)[number], string | number | boolean | null> = {
    origin,
    index,
    time: entry.time,
    event: entry.event,
    actor_kind: entry.actor.kind,
    actor_id: entry.actor.id,
    actor_name: actorName,
    session: entry.actor.session,
    subjects: entry.subjects.join(' '),
    claims: entry.claims.join(' '),
    sources: entry.sources.join(' '),
    purpose: entry.purpose,
    legal_basis: entry.legalBasis,
    consent_id: entry.consentId,
    case_id: entry.caseId,
    outcome: outcomeOf(entry, undelivered).toLowerCase(),
    refusal: entry.refusal,
    request_id: entry.requestId,
    level: entry.level,
    policy_version: entry.policyVersion,
    completes: entry.completes,
    delayed_disclosure: entry.delayedDisclosure,
    leaf_hash: toBase64(leafHash(bytes)),
  };
  return `${columns.map((column) => csvCell(cells[column])).join(',')}\r\n`;
}

/**
 * A cell of RFC 4180 §2. A spreadsheet runs what begins with one of `=+-@`, a tab or a return: an apostrophe before it
 * makes it text. Whoever reads such a file by machine takes JSON Lines.
 */
export function csvCell(value: string | number | boolean | null): string {
  if (value === null) return '';
  const text = typeof value === 'string' && /^[=+\-@\t\r]/.test(value) ? `'${value}` : String(value);
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
