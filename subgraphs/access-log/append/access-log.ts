/** The log as it is written to within the process: the door and the seeding of history stand on this. */
import { setTimeout as sleep } from 'node:timers/promises';
import { AppError, unreachable } from '@dinhdanh/kit';
import type { Clock, Log } from '@dinhdanh/kit';
import type pg from 'pg';
import { type Alert, raiseAlert } from '../alerts.ts';
import {
  type AppendAnswer,
  type AppendDetail,
  type AppendReceipt,
  type LogRefusal,
  MAX_GROUP,
} from './append-entry.ts';
import { BatchMemory } from './batch-memory.ts';
import type { Call } from './call.ts';
import { databaseFailure, unavailable } from './database-failure.ts';
import { jointKey, unseal } from './detail-cipher.ts';
import { DetailKeys } from './detail-keys.ts';
import { markOf } from './batch-mark.ts';
import {
  makePseudonymous,
  type PreparedEntry,
  prepareEntry,
  type PseudonymousEntry,
  type RefusedEntry,
} from './prepare-entry.ts';
import { Pseudonyms } from './pseudonyms.ts';
import { readAppendEntry, readDetail } from './read-append-entry.ts';
import { Writer, type WriterAlert } from './writer.ts';

/** How long a batch that is sent again waits for its outcome. */
const PATIENCE_MS = 3_000;

/** What a log is opened with. */
export interface AccessLogOptions {
  readonly databaseUrl: string;
  /** Everything but appending goes through it. */
  readonly pool: pg.Pool;
  readonly settings: { readonly name: string; readonly pseudonymKey: Buffer; readonly detailKey: Buffer };
  readonly clock: Clock;
  readonly log: Log;
  /** Asked before every call: a reason to take nothing, such as that no witness has cosigned for too long. */
  readonly mayAppend?: () => LogRefusal | null;
}

/** A batch as its sender knows it: sent again under the same id, it is not written again. */
export interface Batch {
  readonly id: string;
  /** Of all its content. */
  readonly digest: string;
}

/** The log, open for writing. One a process. */
export interface AccessLog {
  readonly pseudonyms: Pseudonyms;
  /**
   * Writes entries, {@link MAX_GROUP} at most, which stand or fall together but for those that are refused by themselves.
   * Resolves when they are durable.
   *
   * @throws AppError `ACCESS_LOG_UNAVAILABLE` with a reason; `BAD_USER_INPUT` for too many or a batch id used twice
   */
  readonly append: (entries: readonly unknown[], batch?: Batch) => Promise<AppendAnswer>;
  /** Why nothing could be written at this moment, or null. */
  readonly refusal: () => LogRefusal | null;
  /** Destroys the keys of pseudonyms, and with them every detail about them. @returns how many there were */
  readonly eraseDetails: (pseudonyms: readonly string[]) => Promise<number>;
  /** What stands encrypted beside an entry, while all its keys are there. */
  readonly readDetail: (sealed: SealedDetail) => Promise<AppendDetail | null>;
  readonly close: () => Promise<void>;
}

/** A detail as it is kept. */
export interface SealedDetail {
  readonly detail: Uint8Array;
  readonly requestId: string;
  /** Whose keys sealed it, in base64url, sorted. */
  readonly owners: readonly string[];
}

/** Opens the log. The writer takes its post at once; what is appended meanwhile waits for it. */
export function openAccessLog(options: AccessLogOptions): AccessLog {
  const { databaseUrl, pool, settings, clock, log } = options;
  const pseudonyms = new Pseudonyms(settings.pseudonymKey);
  const keys = new DetailKeys({ pool, wrappingKey: settings.detailKey });
  const batches = new BatchMemory();
  const writer = new Writer({
    databaseUrl,
    name: settings.name,
    clock,
    log,
    alert: (alert) => void raiseAlert(pool, alertOf(alert), clock()).catch(() => undefined),
  });
  const refusal = (): LogRefusal | null => writer.refusal ?? options.mayAppend?.() ?? null;

  const begin = (entries: readonly unknown[], batch?: Batch): Begun | Promise<Begun> => {
    const read = entries.map((entry) => readOne(entry, pseudonyms, clock()));
    const owners = read.flatMap((entry) => ('owners' in entry ? entry.owners : []));
    const enqueue = (keyOf: KeyOf): Begun => {
      const prepared = read.map((entry) =>
        'refused' in entry ? entry : prepareEntry(entry, keysFor(entry, keyOf)),
      );
      tellRefused(prepared, log);
      const refusals = prepared.map((entry) => (isPrepared(entry) ? null : entry.refused));
      const mark = batch === undefined ? null : markOf(batch, refusals);
      return { prepared, call: writer.append(prepared.filter(isPrepared), mark) };
    };
    // Nothing is waited for where all keys are in memory: the entries are queued before this returns.
    const kept = keys.inMemory(owners);
    return kept === null ? loadKeys(keys, owners).then(enqueue) : enqueue(kept);
  };
  const append = async (entries: readonly unknown[], batch?: Batch): Promise<AppendAnswer> => {
    if (entries.length > MAX_GROUP) throw new AppError('BAD_USER_INPUT', { field: 'entries' });
    const known = batch === undefined ? null : batches.find(batch.id, batch.digest);
    if (known !== null) return withPatience(known);
    const reason = options.mayAppend?.() ?? null;
    if (reason !== null) throw unavailable(reason);
    const begun = begin(entries, batch);
    if (batch !== undefined) {
      const { id, digest } = batch;
      batches.remember(id, { digest, outcome: outcomeOf(begun) }, entries.length);
    }
    const { call, prepared } = await begun;
    return withRefusals(await call.answer, prepared);
  };
  return {
    pseudonyms,
    append,
    refusal,
    eraseDetails: (names) => keys.destroy(names.map((name) => Buffer.from(name, 'base64url'))),
    readDetail: (sealed) => openDetail(sealed, keys),
    close: () => writer.close(),
  };
}

/** A call that is queued, with the place of those of its entries that were refused before. */
interface Begun {
  readonly prepared: readonly (PreparedEntry | RefusedEntry)[];
  readonly call: Call;
}

/** The key of a pseudonym in base64url. */
type KeyOf = ReadonlyMap<string, Buffer>;

function readOne(value: unknown, pseudonyms: Pseudonyms, now: Date): PseudonymousEntry | RefusedEntry {
  const read = readAppendEntry(value);
  return 'field' in read
    ? { refused: 'ENTRY_INVALID', field: read.field }
    : makePseudonymous(read.entry, pseudonyms, now);
}

function keysFor({ owners }: PseudonymousEntry, keyOf: KeyOf): Buffer[] {
  return owners.map(
    (owner) => keyOf.get(owner.toString('base64url')) ?? unreachable('a detail without its key'),
  );
}

async function loadKeys(keys: DetailKeys, owners: readonly Buffer[]): Promise<KeyOf> {
  return keys.load(owners).catch((failure: unknown) => {
    throw unavailable(databaseFailure(failure).reason, failure);
  });
}

function isPrepared(entry: PreparedEntry | RefusedEntry): entry is PreparedEntry {
  return 'bytes' in entry;
}

/** A sender whose entries are refused has a fault that somebody must mend: the field is named, never what was in it. */
function tellRefused(prepared: readonly (PreparedEntry | RefusedEntry)[], log: Log): void {
  for (const entry of prepared) {
    if (isPrepared(entry)) continue;
    log.warn('ACCESS_LOG_ENTRY_REFUSED', { reason: entry.refused, code: entry.field ?? entry.refused });
  }
}

async function outcomeOf(begun: Begun | Promise<Begun>): Promise<AppendAnswer> {
  const { call, prepared } = await begun;
  return withRefusals(await call.outcome, prepared);
}

/** The writer's receipts, with the refusals of before put back in their places. */
function withRefusals(answer: AppendAnswer, prepared: Begun['prepared']): AppendAnswer {
  if (answer.receipts.length === prepared.length) return answer;
  const written = answer.receipts[Symbol.iterator]();
  const receipts = prepared.map((entry): AppendReceipt => {
    if (!isPrepared(entry)) return { refused: entry.refused };
    return written.next().value ?? unreachable('an entry without its receipt');
  });
  return { origin: answer.origin, receipts };
}

/** A batch sent again may be in doubt for as long as the database is away. */
async function withPatience(outcome: Promise<AppendAnswer>): Promise<AppendAnswer> {
  const ended = new AbortController();
  const late = sleep(PATIENCE_MS, undefined, { signal: ended.signal }).then(() => {
    throw unavailable('DATABASE');
  });
  try {
    return await Promise.race([outcome, late]);
  } finally {
    ended.abort();
    late.catch(() => undefined);
  }
}

async function openDetail(sealed: SealedDetail, keys: DetailKeys): Promise<AppendDetail | null> {
  const { detail, requestId, owners } = sealed;
  const found = await keys.find(owners.map((owner) => Buffer.from(owner, 'base64url')));
  const all = owners.flatMap((owner) => found.get(owner) ?? []);
  if (all.length !== owners.length) return null;
  const bytes = unseal(detail, jointKey(all), Buffer.from(requestId));
  return bytes === null ? null : readDetail(JSON.parse(bytes.toString('utf8')));
}

/** What the writer cannot mend itself, as auditors are told it. */
function alertOf({ kind, number, origin }: WriterAlert): Alert {
  return { kind, service: 'access-log', matter: `${kind} ${number}`, ...(origin === null ? {} : { origin }) };
}
