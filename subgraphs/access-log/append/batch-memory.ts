import { AppError } from '@dinhdanh/kit';
import type { AppendAnswer } from './append-entry.ts';

/** Batches remembered at most: at 5,000 calls a second, far longer than any sender tries again. */
const REMEMBERED = 100_000;

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
  #young = new Map<string, KnownBatch>();
  #old = new Map<string, KnownBatch>();

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

  /** Remembers a batch under way. */
  remember(id: string, digest: string, outcome: Promise<AppendAnswer>): void {
    if (this.#young.size >= REMEMBERED / 2) {
      this.#old = this.#young;
      this.#young = new Map();
    }
    this.#young.set(id, { digest, outcome });
    outcome.catch(() => {
      this.#young.delete(id);
      this.#old.delete(id);
    });
  }
}
