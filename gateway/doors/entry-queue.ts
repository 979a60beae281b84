import { currentSpan, deadlines } from '@dinhdanh/kit';
import type { Clock, Log } from '@dinhdanh/kit';
import { tellsOfRelease, undelivered, withheld } from '../record/entry.ts';
import type { AppendEntry, EntryReceipt } from '../record/entry.ts';
import { logUnavailable } from './append-outcome.ts';
import type { AppendedEntry, AppendOutcome } from './append-outcome.ts';
import { batchOf, firstOf, groupOf } from './entry-batch.ts';
import type { EntryBatch, EntryGroup } from './entry-batch.ts';
import { UnwrittenEntries } from './unwritten-entries.ts';

/** What a queue is made with. */
export interface EntryQueueOptions {
  /** Submits one batch. Never rejects. */
  readonly submit: (batch: EntryBatch) => Promise<AppendOutcome>;
  readonly clock: Clock;
  readonly log: Log;
  readonly onLost: (count: number) => void;
  /** Entries kept for later at most. */
  readonly keptMost?: number;
}

/** Calls under way at once: while one waits for the disk the next is filled. */
const CALLS_AT_ONCE = 2;
/** How long a gateway that stops goes on trying to write what is left, in milliseconds. */
const CLOSE_MS = 5_000;

/**
 * Gathers entries into calls. A call starts as soon as one of those under way returns and takes what is queued, so an idle
 * gateway waits for one write and a busy one shares it; no timer holds an entry back.
 */
export class EntryQueue {
  readonly #options: EntryQueueOptions;
  readonly #unwritten: UnwrittenEntries;
  /** No set: what comes and goes so often would hold what has gone (`Deadlines` of the kit says how). */
  #calls: readonly Promise<void>[] = [];
  #queue: EntryGroup[] = [];
  /** Calls that the log has answered as it should. */
  #written = 0;
  #isClosed = false;
  /** Entries kept for later that are on their way. */
  #retried = 0;

  constructor(options: EntryQueueOptions) {
    this.#options = options;
    this.#unwritten = new UnwrittenEntries({ ...options, flush: () => this.#flush() });
  }

  get unwritten(): number {
    return this.#unwritten.count + this.#retried;
  }

  /** See `AppendEntries.append`. */
  append(entries: readonly AppendEntry[], deadlineAt: number): Promise<readonly EntryReceipt[]> {
    const waiter = Promise.withResolvers<readonly EntryReceipt[]>();
    const group = groupOf(entries, waiter, currentSpan());
    const remainingMs = deadlineAt - this.#options.clock().getTime();
    if (this.#isClosed || !(remainingMs > 0)) {
      this.#giveUp(group, logUnavailable(this.#isClosed ? 'gateway stops' : 'no time left'));
      this.#keep([group]);
    } else {
      group.deadline = deadlines.set(remainingMs, () => this.#expire(group));
      this.#queue.push(group);
      this.#pump();
    }
    return waiter.promise;
  }

  /** See `AppendEntries.remember`. */
  remember(entry: AppendEntry): void {
    const group = groupOf([entry], null);
    if (this.#isClosed) return this.#keep([group]);
    this.#queue.push(group);
    this.#pump();
  }

  async close(): Promise<void> {
    this.#isClosed = true;
    const end = performance.now() + CLOSE_MS;
    while (this.#calls.length > 0) await Promise.all(this.#calls);
    let written = -1;
    // As long as a round brings something off, another is worth it.
    while (this.#unwritten.count > 0 && this.#written > written && performance.now() < end) {
      written = this.#written;
      this.#flush();
      await Promise.all(this.#calls);
    }
    this.#unwritten.close();
  }

  #pump(): void {
    while (this.#calls.length < CALLS_AT_ONCE && this.#queue.length > 0) {
      const groups = firstOf(this.#queue);
      this.#queue = this.#queue.slice(groups.length);
      this.#call(batchOf(groups));
    }
  }

  #call(batch: EntryBatch, answered?: () => void): void {
    const call = this.#options
      .submit(batch)
      .then((outcome) => {
        answered?.();
        this.#settle(batch, outcome);
      })
      .finally(() => {
        this.#calls = this.#calls.filter((other) => other !== call);
        this.#pump();
      });
    this.#calls = [...this.#calls, call];
  }

  #retry(batch: EntryBatch): void {
    this.#retried += batch.count;
    this.#call(batch, () => (this.#retried -= batch.count));
  }

  #settle(batch: EntryBatch, outcome: AppendOutcome): void {
    if (outcome.kind === 'written') {
      this.#written += 1;
      let first = 0;
      for (const group of batch.groups) {
        this.#tell(group, outcome.origin, outcome.receipts.slice(first, first + group.entries.length));
        first += group.entries.length;
      }
      this.#unwritten.hurry();
      return;
    }
    const refusal = logUnavailable(`append ${outcome.kind}`, outcome.retryAfterSeconds);
    for (const group of batch.groups) this.#giveUp(group, refusal);
    if (outcome.kind === 'unknown' || batch.isDoubtful) this.#unwritten.doubt(batch);
    else this.#keep(batch.groups);
  }

  /** Tells a request where its entries stand. Those of one that could not wait, or of whose entries one was refused, are completed. */
  #tell(group: EntryGroup, origin: string, answers: readonly AppendedEntry[]): void {
    const receipts = answers.map((answer) => ('refused' in answer ? null : { origin, ...answer }));
    const whole = receipts.filter((receipt) => receipt !== null);
    const { waiter } = group;
    if (waiter !== null && whole.length === group.entries.length) {
      group.deadline?.clear();
      group.waiter = null;
      return waiter.resolve(whole);
    }
    // The log has turned to another half-year since: what was to be completed stands for itself.
    const isLeftOut = group.entries.every(({ event }) => event === 'aborted');
    if (whole.length < group.entries.length && !isLeftOut) {
      this.#options.log.error('GATEWAY_ENTRY_REFUSED', { count: group.entries.length - whole.length });
      this.#giveUp(group, logUnavailable('entry refused'));
    }
    for (const [at, entry] of group.entries.entries()) {
      const receipt = receipts[at];
      if (receipt === null || receipt === undefined || entry.event !== 'intent') continue;
      if (tellsOfRelease(entry)) this.remember(undelivered(entry, receipt, this.#options.clock()));
    }
  }

  #expire(group: EntryGroup): void {
    const isQueued = this.#queue.includes(group);
    this.#giveUp(group, logUnavailable('too late'));
    // What is on its way is settled by its answer.
    if (!isQueued) return;
    this.#queue = this.#queue.filter((other) => other !== group);
    this.#keep([group]);
  }

  #giveUp(group: EntryGroup, refusal: Error): void {
    group.deadline?.clear();
    group.waiter?.reject(refusal);
    group.waiter = null;
  }

  #keep(groups: readonly EntryGroup[]): void {
    this.#unwritten.keep(groups.map(({ entries }) => groupOf(entries.map(withheld), null)));
  }

  #flush(): void {
    const doubtful = this.#calls.length < CALLS_AT_ONCE ? this.#unwritten.takeDoubtful() : undefined;
    if (doubtful !== undefined) this.#retry(doubtful);
    if (this.#calls.length < CALLS_AT_ONCE) {
      const kept = this.#unwritten.take(firstOf(this.#unwritten.kept).length);
      if (kept.length > 0) this.#retry(batchOf(kept));
    }
    this.#unwritten.schedule();
  }
}
