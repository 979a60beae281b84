import { AppError } from '@dinhdanh/kit';
import type { AppendAnswer } from './append-entry.ts';

/** Entries whose batches are remembered at most. Nothing is added while nothing is taken, so an outage costs no memory. */
const REMEMBERED = 200_000;

/** A batch as it is known: what it was, and what becomes of it. */
interface KnownBatch {
  readonly digest: string;
  readonly outcome: Promise<AppendAnswer>;
}

/**
 * Batches by their ids, so that one that is sent again is not written again. Bounded: two generations, swapped. What was
 * refused as a whole is forgotten, since then it may be sent again.
 */
export class BatchMemory {
  readonly #most: number;
  #young = new Map<string, KnownBatch>();
  #youngEntries = 0;
  #old = new Map<string, KnownBatch>();

  /** @param most entries are remembered; those of the newest half of them always */
  constructor(most = REMEMBERED) {
    this.#most = most;
  }

  /**
   * What becomes of a batch that was seen before; null for a new one.
   * @throws AppError `BAD_USER_INPUT`, reason `BATCH_REUSED`, where the id came with other entries
   */
  find(id: string, digest: string): Promise<AppendAnswer> | null {
    const known = this.#young.get(id) ?? this.#old.get(id);
    if (known === undefined) return null;
    if (known.digest !== digest)
      throw new AppError('BAD_USER_INPUT', { field: 'batch', reason: 'BATCH_REUSED' });
    return known.outcome;
  }

  /** Remembers a batch of so many entries that is under way. */
  remember(id: string, known: KnownBatch, entries: number): void {
    if (this.#youngEntries >= this.#most / 2) {
      this.#old = this.#young;
      this.#young = new Map();
      this.#youngEntries = 0;
    }
    this.#young.set(id, known);
    this.#youngEntries += entries;
    const { outcome } = known;
    outcome.catch(() => {
      this.#young.delete(id);
      this.#old.delete(id);
    });
  }
}
