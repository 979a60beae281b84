import type { Log } from '@dinhdanh/kit';
import type { EntryBatch, EntryGroup } from './entry-batch.ts';

/** What the entries kept for later need. */
export interface UnwrittenOptions {
  readonly log: Log;
  readonly onLost: (count: number) => void;
  readonly keptMost?: number;
  /** Tries to write some of them. */
  readonly flush: () => void;
}

/** Some 20 MB at most; enough for a minute of a busy gateway, after which the log's breaker is long open. */
const KEPT_MOST = 10_000;
const FIRST_PAUSE_MS = 500;
const LONGEST_PAUSE_MS = 15_000;

/**
 * What the log could not take when it should have, in the memory of this process: written when the log is back, so that
 * the registries' own records find an entry for everything that was asked. What does not fit, and what a crash takes along,
 * reconciliation finds.
 */
export class UnwrittenEntries {
  readonly #options: UnwrittenOptions;
  #kept: EntryGroup[] = [];
  #doubtful: EntryBatch[] = [];
  #timer: NodeJS.Timeout | null = null;
  #pauseMs = FIRST_PAUSE_MS;
  #isClosed = false;

  constructor(options: UnwrittenOptions) {
    this.#options = options;
  }

  /** Entries that wait, not groups. */
  get count(): number {
    return (
      sum(this.#kept.map(({ entries }) => entries.length)) + sum(this.#doubtful.map(({ count }) => count))
    );
  }

  /** Groups that were not written, the oldest first. */
  get kept(): readonly EntryGroup[] {
    return this.#kept;
  }

  /** Keeps groups that were not written. */
  keep(groups: readonly EntryGroup[]): void {
    let room = this.#room();
    let lost = 0;
    for (const group of groups) {
      if (group.entries.length > room) {
        lost += group.entries.length;
        continue;
      }
      room -= group.entries.length;
      this.#kept.push(group);
    }
    this.#lose(lost);
    this.schedule();
  }

  /** Keeps a batch that may have been written, to be sent again as it is. */
  doubt(batch: EntryBatch): void {
    if (batch.count > this.#room()) return this.#lose(batch.count);
    this.#doubtful.push({ ...batch, isDoubtful: true });
    this.schedule();
  }

  /** Takes the oldest batch in doubt. */
  takeDoubtful(): EntryBatch | undefined {
    return this.#doubtful.shift();
  }

  /** Takes so many groups from the front of those kept. */
  take(count: number): readonly EntryGroup[] {
    return this.#kept.splice(0, count);
  }

  /** The log is there: what is left is written without delay. */
  hurry(): void {
    this.#pauseMs = FIRST_PAUSE_MS;
    this.#stopTimer();
    this.schedule(0);
  }

  /** Tries again after a pause, longer each time, unless nothing is left or a try is due already. */
  schedule(pauseMs = this.#pauseMs): void {
    if (this.#timer !== null || this.#isClosed || this.count === 0) return;
    this.#timer = setTimeout(() => {
      this.#timer = null;
      this.#pauseMs = Math.min(this.#pauseMs * 2, LONGEST_PAUSE_MS);
      this.#options.flush();
    }, pauseMs).unref();
  }

  /** Gives up what is left. */
  close(): void {
    this.#isClosed = true;
    this.#stopTimer();
    this.#lose(this.count);
    this.#kept = [];
    this.#doubtful = [];
  }

  #room(): number {
    return this.#isClosed ? 0 : (this.#options.keptMost ?? KEPT_MOST) - this.count;
  }

  #stopTimer(): void {
    clearTimeout(this.#timer ?? undefined);
    this.#timer = null;
  }

  #lose(count: number): void {
    if (count === 0) return;
    this.#options.onLost(count);
    this.#options.log.error('GATEWAY_ENTRIES_LOST', { count });
  }
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0);
}
