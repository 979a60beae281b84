/** What registries say they have served, held against the entries of the log. */
import { ENTRY_WINDOW_MS, needsEntry, requestOf, type ServedCall } from '../tlog/index.ts';
import { UsageError, VerificationFailure } from './findings.ts';
import { type FileLine, readLines } from './read-lines.ts';

/** What came of holding served calls against entries. */
export interface ServedReport {
  /** Calls about persons that have their entry. */
  readonly logged: number;
  /** Calls of before or after the entries that were read: nothing can be said of them. */
  readonly outside: number;
}

/** A time to judge calls in; null where only the entries themselves say. */
export interface Period {
  readonly fromMs: number | null;
  readonly untilMs: number | null;
}

interface Waiting {
  readonly call: ServedCall;
  readonly atMs: number;
  isLogged: boolean;
}

/** Served calls that wait for their entries while the entries are read. */
export class ServedCalls {
  /** By service and request. */
  readonly #waiting = new Map<string, Waiting[]>();
  #firstMs = Number.POSITIVE_INFINITY;
  #lastMs = Number.NEGATIVE_INFINITY;

  /** Reads exports of `export-served`. @throws UsageError with the line that is no served call; SourceUnreadable */
  static async read(files: readonly string[]): Promise<ServedCalls> {
    const served = new ServedCalls();
    for (const file of files) {
      for await (const line of readLines(file)) served.add(parseCall(line));
    }
    return served;
  }

  /** Keeps a call that must have an entry. */
  add(call: ServedCall): void {
    if (!needsEntry(call)) return;
    const key = `${call.service} ${requestOf(call.callId)}`;
    const waiting = { call, atMs: Date.parse(call.at), isLogged: false };
    const known = this.#waiting.get(key);
    if (known === undefined) this.#waiting.set(key, [waiting]);
    else known.push(waiting);
  }

  /** Takes an entry whose bytes are known to be those that were logged. */
  take(bytes: Uint8Array): void {
    const entry = entryIn(bytes);
    if (entry === null) return;
    this.#firstMs = Math.min(this.#firstMs, entry.timeMs);
    this.#lastMs = Math.max(this.#lastMs, entry.timeMs);
    for (const source of entry.sources) {
      for (const waiting of this.#waiting.get(`${source} ${entry.requestId}`) ?? []) {
        if (Math.abs(waiting.atMs - entry.timeMs) <= ENTRY_WINDOW_MS) waiting.isLogged = true;
      }
    }
  }

  /**
   * Judges when all entries have been taken. A call is judged where the entries reach over its time, or the period
   * in which the log is known to have had no others.
   *
   * @throws VerificationFailure `served-not-logged` with all calls that should have an entry and have none
   */
  judge({ fromMs, untilMs }: Period): ServedReport {
    const beginMs = Math.min(this.#firstMs, fromMs ?? Number.POSITIVE_INFINITY);
    const endMs = Math.max(this.#lastMs, untilMs ?? Number.NEGATIVE_INFINITY);
    const calls: ServedCall[] = [];
    let [logged, outside] = [0, 0];
    for (const { call, atMs, isLogged } of [...this.#waiting.values()].flat()) {
      if (isLogged) logged += 1;
      else if (atMs < beginMs || atMs > endMs) outside += 1;
      else calls.push(call);
    }
    if (calls.length > 0) {
      const inOrder = calls.toSorted((one, other) => (one.at < other.at ? -1 : 1));
      throw new VerificationFailure('served-not-logged', { calls: inOrder });
    }
    return { logged, outside };
  }
}

/** What an entry says, as far as it matters here; null for one of a version that is not understood. */
function entryIn(bytes: Uint8Array): { requestId: string; sources: string[]; timeMs: number } | null {
  const entry = parseObject(Buffer.from(bytes).toString());
  const requestId = entry?.['requestId'];
  const sources = entry?.['sources'];
  const timeMs = Date.parse(String(entry?.['time']));
  if (typeof requestId !== 'string' || !Array.isArray(sources) || Number.isNaN(timeMs)) return null;
  return { requestId, sources: sources.map(String), timeMs };
}

function parseCall({ text, where }: FileLine): ServedCall {
  const fields = parseObject(text);
  const { service, callId, at, actorKind, subjects, claims } = fields ?? {};
  const isCall =
    [service, callId, at, actorKind].every((value) => typeof value === 'string') &&
    [subjects, claims].every((value) => Number.isSafeInteger(value)) &&
    !Number.isNaN(Date.parse(String(at)));
  if (!isCall) throw new UsageError(`--against ${where}: service, callId, at, actorKind, subjects, claims`);
  return fields as unknown as ServedCall;
}

function parseObject(text: string): Readonly<Record<string, unknown>> | null {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : null;
  } catch {
    return null;
  }
}
