import type pg from 'pg';
import type {
  AccessActor,
  AccessEntry,
  AccessEntryConnection,
  AccessEvent,
  ActorKind,
  Outcome,
} from '../generated/resolvers.ts';
import { leafHash, toBase64 } from '../tlog/index.ts';
import type { AccessLogEntry, AccessActor as LoggedActor } from '../tlog/index.ts';
import { privateKinds } from './facets.ts';
import type { FoundEntry, FoundPage } from './find-entries.ts';
import { cursorOf } from './place.ts';
import type { PersonReader, Reader } from './reader.ts';
import type { ReadingRoom } from './reading-room.ts';

const events = {
  intent: 'READ',
  denied: 'DENIED',
  aborted: 'ABORTED',
  'audit-read': 'AUDIT_READ',
  'consent-change': 'CONSENT_CHANGE',
} as const satisfies Record<AccessLogEntry['event'], AccessEvent>;

/** The end of an entry as it is told: what came of it later included. */
export function outcomeOf(entry: Pick<AccessLogEntry, 'outcome'>, undelivered: boolean): Outcome {
  if (undelivered && entry.outcome === 'released') return 'UNDELIVERED';
  return entry.outcome.toUpperCase() as Outcome;
}

/** The event under its name in the log. */
export function loggedEvent(event: AccessEvent): AccessLogEntry['event'] {
  const names = Object.keys(events) as AccessLogEntry['event'][];
  return names.find((name) => events[name] === event) ?? 'intent';
}

/** An entry out of its canonical bytes, which the log's own writer made. */
export function readEntry({ bytes }: Pick<FoundEntry, 'bytes'>): AccessLogEntry {
  return JSON.parse(bytes.toString('utf8')) as AccessLogEntry;
}

/** A page as its reader may see it. */
export async function describePage(
  room: ReadingRoom,
  page: FoundPage,
  reader: Reader,
): Promise<AccessEntryConnection> {
  return {
    nodes: await describeEntries(room, page.entries, reader),
    pageInfo: pageInfoOf(page),
  };
}

/** Where a page ends. */
export function pageInfoOf({ entries, hasNextPage }: FoundPage): AccessEntryConnection['pageInfo'] {
  const last = entries.at(-1);
  return { hasNextPage, endCursor: last === undefined ? null : cursorOf(last) };
}

/**
 * Entries as their reader may see them: a person is told no case, no id and nobody else's pseudonym, and no entry whose
 * own bytes do not name them, whatever it was found by.
 */
export async function describeEntries(
  room: ReadingRoom,
  all: readonly FoundEntry[],
  reader: Reader,
): Promise<AccessEntry[]> {
  const found = reader.kind === 'person' ? all.filter((one) => isAbout(one, reader)) : all;
  const entries = found.map(readEntry);
  const [names, origins] = await Promise.all([
    actorNames(
      room.pool,
      entries.map(({ actor }) => actor),
    ),
    room.shards.originsOf(found.map(({ shard }) => shard)),
  ]);
  return found.map((one, place) => {
    const entry = entries[place] as AccessLogEntry;
    return {
      origin: origins.get(one.shard) ?? '',
      index: one.index,
      time: entry.time,
      event: events[entry.event],
      actor: describeActor(entry.actor, names, reader),
      mine: reader.kind === 'person' && isOwn(entry.actor, reader.names),
      claims: entry.claims,
      sources: entry.sources,
      purpose: entry.purpose,
      legalBasis: entry.legalBasis,
      consentId: entry.consentId,
      outcome: outcomeOf(entry, one.undelivered),
      refusal: entry.refusal,
      leafHash: toBase64(leafHash(one.bytes)),
      ...(reader.kind === 'auditor'
        ? {
            subjects: entry.subjects,
            caseId: entry.caseId,
            requestId: entry.requestId,
            delayedDisclosure: entry.delayedDisclosure,
          }
        : { subjects: null, caseId: null, requestId: null, delayedDisclosure: null }),
    };
  });
}

function isAbout(one: FoundEntry, { names }: PersonReader): boolean {
  return readEntry(one).subjects.some((subject) => names.has(subject));
}

function isOwn({ kind, id }: LoggedActor, names: ReadonlySet<string>): boolean {
  return privateKinds.has(kind) && names.has(id);
}

/** An actor as its reader may see it. */
export function describeActor(
  { kind, id }: Pick<LoggedActor, 'kind' | 'id'>,
  names: ReadonlyMap<string, string>,
  reader: Reader,
): AccessActor {
  return {
    kind: kind.toUpperCase() as ActorKind,
    name: privateKinds.has(kind) ? null : (names.get(id) ?? null),
    id: reader.kind === 'auditor' ? id : null,
  };
}

/** What organisations and offices are called, by id. */
export async function actorNames(
  pool: pg.Pool,
  actors: readonly Pick<LoggedActor, 'kind' | 'id'>[],
): Promise<ReadonlyMap<string, string>> {
  const ids = new Set(actors.filter(({ kind }) => !privateKinds.has(kind)).map(({ id }) => id));
  if (ids.size === 0) return new Map();
  const { rows } = await pool.query<{ id: string; name: string }>({
    name: 'actor-names',
    text: 'SELECT id, name FROM actors WHERE id = ANY ($1::text[])',
    values: [[...ids]],
  });
  return new Map(rows.map(({ id, name }) => [id, name]));
}
