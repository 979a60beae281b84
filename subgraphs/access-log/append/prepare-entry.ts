/** From what the gateway says to what is written: pseudonyms for numbers, canonical bytes, leaf hash, columns. */
import { createHash } from 'node:crypto';
import { type AccessLogEntry, type AccessOutcome, encodeEntry, leafHash } from '../tlog/index.ts';
import type { AppendActor, AppendEntry, EntryRefusal } from './append-entry.ts';
import { jointKey, seal } from './detail-cipher.ts';
import type { Pseudonyms } from './pseudonyms.ts';
import { PRIVATE_KINDS } from './read-append-entry.ts';
import { drawSalt } from './salt.ts';

/** What an entry has in common with others. */
export interface Facet {
  readonly event: string;
  readonly actorKind: string;
  readonly purpose: string;
  readonly legalBasis: string;
  readonly outcome: string;
  readonly refusal: string | null;
  readonly claims: readonly string[];
  readonly sources: readonly string[];
  readonly withConsent: boolean;
  readonly delayedDisclosure: boolean;
}

/** An organisation or unit and what it is called. */
export interface NamedActor {
  readonly id: string;
  readonly kind: string;
  readonly name: string;
}

/** An entry that only lacks its place. */
export interface PreparedEntry {
  readonly bytes: Buffer;
  readonly leafHash: Buffer;
  readonly atMs: number;
  readonly facet: Facet;
  /** The facet written the one way: what its digest is of. */
  readonly facetKey: string;
  /** Pseudonyms, 32 bytes each, in the entry's order. */
  readonly subjects: readonly Buffer[];
  readonly actor: { readonly id: string; readonly kind: string; readonly name: string | null };
  readonly consentId: string | null;
  readonly caseId: string | null;
  readonly requestId: string;
  readonly completes: { readonly index: number; readonly origin: string | null } | null;
  readonly detail: Buffer | null;
}

/** Why an entry is not taken, and the field that was at fault where one was. */
export interface RefusedEntry {
  readonly refused: EntryRefusal;
  readonly field?: string;
}

/** An entry whose persons have become pseudonyms. */
export interface PseudonymousEntry {
  readonly given: AppendEntry;
  readonly atMs: number;
  readonly subjects: readonly string[];
  readonly actorId: string;
  /** Whose keys seal the detail; empty where there is none. */
  readonly owners: readonly Buffer[];
}

/** Clocks of the gateway and of this service may differ by this much. */
const MAX_AHEAD_MS = 5_000;
/** Nothing older is taken: twice what the law keeps (Decree 69/2024, art. 28), and no end of partitions by a wrong clock. */
const MAX_AGE_MS = 10 * 365.25 * 24 * 3_600_000;

/** Replaces the numbers of an entry, which end here. */
export function makePseudonymous(
  given: AppendEntry,
  pseudonyms: Pseudonyms,
  now: Date,
): PseudonymousEntry | RefusedEntry {
  const atMs = Date.parse(given.time);
  if (Number.isNaN(atMs)) return { refused: 'ENTRY_INVALID', field: 'time' };
  if (atMs > now.getTime() + MAX_AHEAD_MS) return { refused: 'TIME_IN_FUTURE' };
  if (atMs < now.getTime() - MAX_AGE_MS) return { refused: 'TIME_TOO_OLD' };
  const year = new Date(atMs).getUTCFullYear();
  const own = given.subjects.map((number) => pseudonyms.of(number, year));
  const subjects = sorted([...own, ...(given.pseudonyms ?? [])]);
  const { actor, detail } = given;
  const actorId = actor.number === undefined ? (actor.id ?? '') : pseudonyms.of(actor.number, year);
  const owners = detail === undefined ? [] : ownersOf(subjects, actor, actorId, year);
  return { given, atMs, subjects, actorId, owners };
}

/** Everybody a detail is about: the subjects, and the actor where that is a person; a member of staff where nobody else. */
function ownersOf(
  subjects: readonly string[],
  { kind }: AppendActor,
  actorId: string,
  year: number,
): Buffer[] {
  const people = sorted(PRIVATE_KINDS.has(kind) ? [...subjects, actorId] : subjects);
  if (people.length > 0) return people.map((pseudonym) => Buffer.from(pseudonym, 'base64url'));
  return [createHash('sha256').update(`${kind}\n${actorId}\n${year}`).digest()];
}

/** Seals the detail, encodes and hashes. `keys` are those of the owners, in their order. */
export function prepareEntry(
  entry: PseudonymousEntry,
  keys: readonly Buffer[],
): PreparedEntry | RefusedEntry {
  const { given, atMs, subjects, actorId } = entry;
  const detail = sealDetail(given, keys);
  const written = entryOf(entry, detail);
  const bytes = encodeEntry(written);
  if (!bytes.ok)
    return { refused: bytes.fault === 'entry-too-long' ? 'ENTRY_TOO_LONG' : 'ENTRY_INVALID', field: 'rules' };
  const { actor, consentId, caseId, requestId, completes, completesOrigin } = given;
  const facet = facetOf(written);
  return {
    bytes: bytes.value,
    leafHash: leafHash(bytes.value),
    atMs,
    facet,
    facetKey: JSON.stringify(Object.values(facet)),
    subjects: subjects.map((pseudonym) => Buffer.from(pseudonym, 'base64url')),
    actor: { id: actorId, kind: actor.kind, name: actor.name ?? null },
    consentId,
    caseId,
    requestId,
    completes: completes === null ? null : { index: completes, origin: completesOrigin ?? null },
    detail,
  };
}

function sealDetail({ detail, requestId }: AppendEntry, keys: readonly Buffer[]): Buffer | null {
  if (detail === undefined) return null;
  const { fields, address, device } = detail;
  return seal(
    Buffer.from(JSON.stringify({ fields, address, device })),
    jointKey(keys),
    Buffer.from(requestId),
  );
}

function entryOf({ given, subjects, actorId }: PseudonymousEntry, detail: Buffer | null): AccessLogEntry {
  return {
    version: 1,
    time: given.time,
    event: given.event,
    actor: { kind: given.actor.kind, id: actorId, session: given.actor.session },
    subjects,
    purpose: given.purpose,
    legalBasis: given.legalBasis,
    consentId: given.consentId,
    caseId: given.caseId,
    claims: sorted(given.claims),
    sources: sorted(given.sources),
    outcome: outcomeOf(given),
    refusal: given.refusal,
    operationHash: given.operationHash,
    policyVersion: given.policyVersion,
    requestId: given.requestId,
    level: given.level,
    completes: given.completes,
    delayedDisclosure: given.delayedDisclosure ?? false,
    salt: drawSalt(),
    detailHash: detail === null ? null : createHash('sha256').update(detail).digest('base64url'),
  };
}

function outcomeOf({ event, refusal }: AppendEntry): AccessOutcome {
  if (event === 'aborted') return 'undelivered';
  if (event === 'consent-change') return 'recorded';
  return event === 'denied' || refusal !== null ? 'refused' : 'released';
}

/** What an entry has in common with others. Its fields stand in one order, which is part of its digest. */
export function facetOf(entry: AccessLogEntry): Facet {
  const { event, actor, purpose, legalBasis, outcome, refusal, claims, sources } = entry;
  return {
    event,
    actorKind: actor.kind,
    purpose,
    legalBasis,
    outcome,
    refusal,
    claims,
    sources,
    withConsent: entry.consentId !== null,
    delayedDisclosure: entry.delayedDisclosure,
  };
}

/** A set has one way to be written: in the order of code units, each once. */
function sorted(items: readonly string[]): readonly string[] {
  if (items.length <= 1) return items;
  return [...new Set(items)].toSorted((one, other) => (one < other ? -1 : 1));
}
