/** An entry as the database keeps it beside its bytes, held against them. Pure. */
import { furtherSubjects } from '../append/further-subjects.ts';
import { type Facet, facetOf } from '../append/prepare-entry.ts';
import { type AccessLogEntry, leafHash } from '../tlog/index.ts';

/** How an entry differs from its bytes, or from its place in the log. */
export type EntryFault =
  /** There is no entry at this index, or more than one. */
  | 'MISSING'
  | 'DUPLICATE'
  /** It stands outside its tree. */
  | 'BEYOND'
  /** The bytes are no entry, or their hash is not the one beside them. */
  | 'BYTES'
  | 'LEAF_HASH'
  /** A column, or what it points at, says another thing than the bytes. */
  | 'TIME'
  | 'SUBJECT'
  | 'FURTHER_SUBJECTS'
  | 'ACTOR'
  | 'FACET'
  | 'CONSENT'
  | 'CASE'
  | 'REQUEST'
  | 'DETAIL'
  /** What it completes is not kept as undelivered; or it is kept so itself, and nothing completes it. */
  | 'UNDELIVERED';

/** An entry as it is kept: its columns, and what other tables say of it. */
export interface KeptEntry {
  readonly at: Date;
  readonly subject: Buffer | null;
  readonly actor: string;
  readonly consentId: string | null;
  readonly caseId: string | null;
  readonly requestId: string;
  readonly leafHash: Buffer;
  readonly bytes: Buffer;
  /** SHA-256 of the encrypted detail; null where there is none. */
  readonly detailHash: Buffer | null;
  /** The row of `facets` it points at; null where there is none. */
  readonly facet: Facet | null;
  /** Subjects in `further_subjects`, each with the instant that stands beside it. */
  readonly further: readonly { readonly subject: Buffer; readonly at: Date }[];
  /** Whether the intent it completes is kept as undelivered. */
  readonly completes: (index: number) => boolean;
}

/** The first fault of an entry; null where all of it is what its bytes say. */
export function faultOfEntry(kept: KeptEntry): EntryFault | null {
  if (!leafHash(kept.bytes).equals(kept.leafHash)) return 'LEAF_HASH';
  const entry = parse(kept.bytes);
  if (entry === null) return 'BYTES';
  return faultOfColumns(kept, entry) ?? faultOfTables(kept, entry);
}

function parse(bytes: Buffer): AccessLogEntry | null {
  try {
    const entry = JSON.parse(bytes.toString('utf8')) as AccessLogEntry;
    // The writer made it of an entry that kept every rule, or its hash would not be in the tree.
    return Array.isArray(entry.subjects) && typeof entry.actor.kind === 'string' ? entry : null;
  } catch {
    return null;
  }
}

function faultOfColumns(kept: KeptEntry, entry: AccessLogEntry): EntryFault | null {
  if (kept.at.getTime() !== Date.parse(entry.time)) return 'TIME';
  if (name(kept.subject) !== (entry.subjects[0] ?? null)) return 'SUBJECT';
  if (kept.actor !== entry.actor.id) return 'ACTOR';
  if (kept.consentId !== entry.consentId) return 'CONSENT';
  if (kept.caseId !== entry.caseId) return 'CASE';
  if (kept.requestId !== entry.requestId) return 'REQUEST';
  return name(kept.detailHash) === entry.detailHash ? null : 'DETAIL';
}

function faultOfTables(kept: KeptEntry, entry: AccessLogEntry): EntryFault | null {
  if (kept.facet === null || textOf(kept.facet) !== textOf(facetOf(entry))) return 'FACET';
  const further = furtherSubjects(entry.actor.kind, entry.subjects);
  const found = kept.further.map(({ subject }) => name(subject)).toSorted();
  if (found.join() !== further.toSorted().join()) return 'FURTHER_SUBJECTS';
  if (kept.further.some(({ at }) => at.getTime() !== kept.at.getTime())) return 'FURTHER_SUBJECTS';
  return entry.completes === null || kept.completes(entry.completes) ? null : 'UNDELIVERED';
}

const name = (bytes: Buffer | null): string | null => bytes?.toString('base64url') ?? null;

/** The one way to write a facet: its fields in the order of `facetOf`. */
function textOf(facet: Facet): string {
  const { event, actorKind, purpose, legalBasis, outcome, refusal, claims, sources } = facet;
  const { withConsent, delayedDisclosure } = facet;
  return JSON.stringify([
    ...[event, actorKind, purpose, legalBasis, outcome, refusal],
    ...[claims, sources, withConsent, delayedDisclosure],
  ]);
}
