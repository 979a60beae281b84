/** The post of the writer: who holds it alone appends. Everything here happens one after the other, on one connection. */
import { noSpan, traced, within } from '@dinhdanh/kit';
import type { Span } from '@dinhdanh/kit';
import type pg from 'pg';
import type { AppendAnswer, AppendReceipt, EntryRefusal } from './append-entry.ts';
import { APPEND_SQL, appendValues, type FacetedEntry } from './append-statement.ts';
import type { Call } from './call.ts';
import { databaseFailure, unavailable } from './database-failure.ts';
import { Directory } from './directory.ts';
import { halfYearOf } from './half-year.ts';
import { frontierBytes, type Head, leavesAt, standingWriter, takeTree, type TakenPost } from './head.ts';
import { type BatchRow, outcomesText } from './batch-mark.ts';
import { answerKnown, isBatchThere } from './known-batches.ts';
import type { PreparedEntry } from './prepare-entry.ts';
import { closeConnection, missingPromise } from './writer-connection.ts';

/** A group that was sent and not answered: whether it stands is found out on another connection. */
export class OutcomeUnknown extends Error {
  readonly group: SentGroup;

  constructor(group: SentGroup, cause: unknown) {
    super('outcome of an append unknown', { cause });
    this.name = 'OutcomeUnknown';
    this.group = group;
  }
}

/** The head has fallen behind what was acknowledged: the database has lost what it had promised to keep. */
export class HeadRewound extends Error {
  constructor() {
    super('the head is behind what was acknowledged');
    this.name = 'HeadRewound';
  }
}

/** What was sent in one statement. */
export interface SentGroup {
  readonly shard: number;
  readonly origin: string;
  readonly from: number;
  readonly calls: readonly CallInPlace[];
}

/** A call with what became of each of its entries, should the group be committed. */
export interface CallInPlace {
  readonly call: Call;
  /** A leaf hash where the entry is in the group, a code where it is refused. */
  readonly parts: readonly (PreparedEntry | EntryRefusal)[];
}

/** What a post stands on. */
export interface PostOptions {
  readonly client: pg.Client;
  /** Aborted when the connection ends. */
  readonly lost: AbortSignal;
  /** The log's name. */
  readonly name: string;
}

/** The post, once taken. */
export class Post {
  readonly epoch: number;
  readonly #client: pg.Client;
  readonly #lost: AbortSignal;
  readonly #name: string;
  readonly #directory: Directory;
  #head: Head;

  constructor({ client, lost, name }: PostOptions, { epoch, head }: TakenPost) {
    this.epoch = epoch;
    this.#client = client;
    this.#lost = lost;
    this.#name = name;
    this.#head = head;
    this.#directory = new Directory(client);
  }

  /** True once its connection has ended. */
  get lost(): boolean {
    return this.#lost.aborted;
  }

  /** The tree now appended to. */
  get head(): Head {
    return this.#head;
  }

  close(): Promise<void> {
    return closeConnection(this.#client);
  }

  /**
   * Writes calls in one statement and settles them once it is durable. Those that are in the log already, written by a
   * process before this one, are answered as they were then.
   *
   * @throws OutcomeUnknown where the connection broke after the statement was sent
   * @throws AppError `ACCESS_LOG_UNAVAILABLE` where the post is lost or commits would not last
   * @throws HeadRewound
   * @throws the database's own error otherwise; then nothing of the calls is in the log
   */
  async write(calls: readonly Call[], now: Date): Promise<void> {
    const half = halfYearOf(now);
    if (half.label !== this.#head.half.label) await this.#turn(half);
    const entries = calls.flatMap((call) => call.entries);
    await this.#directory.prepare(entries, now);
    try {
      await this.#writeNew(calls);
    } catch (failure) {
      if (!isBatchThere(failure)) throw failure;
      const known = await answerKnown(this.#client, calls);
      await this.#writeNew(calls.filter((call) => !known.has(call)));
    }
  }

  async #writeNew(given: readonly Call[]): Promise<void> {
    const refusals = await this.#refusalsOf(given.flatMap((call) => call.entries));
    // What is refused for what the log holds may have been written by this very call.
    const doubtful = given.filter((call) => call.entries.some((entry) => refusals.has(entry)));
    const known = await answerKnown(this.#client, doubtful);
    const calls = given.filter((call) => !known.has(call));
    const entries = calls.flatMap((call) => call.entries);
    const placed = calls.map((call) => ({
      call,
      parts: call.entries.map((entry) => refusals.get(entry) ?? entry),
    }));
    const group = {
      shard: this.#head.shard,
      origin: this.#head.origin,
      from: this.#head.frontier.size,
      calls: placed,
    };
    const rows = entries
      .filter((entry) => !refusals.has(entry))
      .map((entry) => ({ entry, facet: this.#directory.facetOf(entry) }));
    if (rows.length > 0) await this.#append(rows, group);
    settleGroup(group);
  }

  async #append(rows: readonly FacetedEntry[], group: SentGroup): Promise<void> {
    const frontier = this.#head.frontier.copy();
    for (const { entry } of rows) frontier.append(entry.leafHash);
    const known = { shard: group.shard, size: group.from, epoch: this.epoch };
    const values = appendValues(known, frontierBytes(frontier), rows, batchesOf(group));
    const statement = { name: 'append', text: APPEND_SQL, values };
    const { rowCount } = await within(spanOf(group), () =>
      traced(APPEND_SQL, () => this.#client.query(statement)),
    ).catch((failure: unknown) => {
      throw databaseFailure(failure).rolledBack ? failure : new OutcomeUnknown(group, failure);
    });
    if (rowCount === 0) return this.#whyNothing();
    this.#head = { ...this.#head, frontier };
  }

  /**
   * Looks whether the post is still ours and commits last, for a writer that has nothing to write.
   * @throws AppError `ACCESS_LOG_UNAVAILABLE`
   */
  async look(): Promise<void> {
    const missing = await missingPromise(this.#client);
    if (missing !== null) throw unavailable('NOT_DURABLE', missing);
    const standing = await standingWriter(this.#client);
    if (standing?.epoch !== this.epoch) throw unavailable('FENCED');
  }

  /** The head's update matched nothing: one of three things has changed behind our back. */
  async #whyNothing(): Promise<never> {
    await this.look();
    throw new HeadRewound();
  }

  async #turn(half: Head['half']): Promise<void> {
    const head = await takeTree(this.#client, { name: this.#name, half }, this.epoch);
    if (head === null) throw unavailable('FENCED');
    this.#head = head;
  }

  /** What can only be seen beside the entries that are there: whether an `aborted` entry completes an intent. */
  async #refusalsOf(entries: readonly PreparedEntry[]): Promise<Map<PreparedEntry, EntryRefusal>> {
    const refusals = new Map<PreparedEntry, EntryRefusal>();
    const completing = entries.filter(({ completes }) => completes !== null);
    if (completing.length === 0) return refusals;
    const open = await this.#intentsAt(completing.map(({ completes }) => completes?.index ?? 0));
    for (const entry of completing) {
      const { index, origin } = entry.completes ?? { index: -1, origin: null };
      const isOpen = origin === null || origin === this.#head.origin ? open.get(index) : undefined;
      if (isOpen === undefined) refusals.set(entry, 'COMPLETES_UNKNOWN');
      else if (isOpen) open.set(index, false);
      else refusals.set(entry, 'COMPLETES_TWICE');
    }
    return refusals;
  }

  /** The intents among indices of this tree: true where none has completed them yet. */
  async #intentsAt(indices: readonly number[]): Promise<Map<number, boolean>> {
    const { rows } = await this.#client.query<{ index: string; open: boolean }>(
      `SELECT e.index, NOT EXISTS (SELECT FROM undelivered u WHERE u.shard = e.shard AND u.index = e.index) AS open
       FROM entries e JOIN facets f ON f.id = e.facet
       WHERE e.shard = $1 AND e.index = ANY($2::bigint[]) AND f.event = 'intent'`,
      [this.#head.shard, indices],
    );
    return new Map(rows.map(({ index, open }) => [Number(index), open]));
  }
}

/** What is kept of the calls of a group: of those that have an entry in it. */
function batchesOf({ from, calls }: SentGroup): BatchRow[] {
  const rows: BatchRow[] = [];
  let first = from;
  for (const { call, parts } of calls) {
    const written = parts.filter((part) => typeof part !== 'string').length;
    if (call.mark !== null && written > 0) {
      const outcomes = parts.map((part) => (typeof part === 'string' ? part : null));
      rows.push({ mark: call.mark, first, outcomes: outcomesText(call.mark, outcomes) });
    }
    first += written;
  }
  return rows;
}

/** Tells each caller where its entries stand. */
export function settleGroup(group: SentGroup): void {
  let index = group.from;
  for (const { call, parts } of group.calls) {
    const receipts = parts.map((part): AppendReceipt => {
      if (typeof part === 'string') return { refused: part };
      const receipt = { index, leafHash: part.leafHash.toString('base64') };
      index += 1;
      return receipt;
    });
    const answer: AppendAnswer = { origin: group.origin, receipts };
    call.settle(answer);
  }
}

/**
 * Finds out what became of a group, once the statement that carried it can no longer be under way: the epoch has been
 * raised since. Leaf hashes tell one entry from any other, since each has a salt of its own.
 */
export async function stands(client: pg.Client, group: SentGroup): Promise<boolean> {
  const hashes = group.calls.flatMap(({ parts }) =>
    parts.flatMap((part) => (typeof part === 'string' ? [] : [part.leafHash])),
  );
  const there = await leavesAt(client, { shard: group.shard, from: group.from, count: hashes.length });
  return there.length === hashes.length && hashes.every((hash, place) => there[place]?.equals(hash) === true);
}

/** A statement that writes for many is told of once, under the first of them that is traced. */
function spanOf({ calls }: SentGroup): Span {
  return calls.find(({ call }) => call.span.isRecording)?.call.span ?? noSpan;
}
