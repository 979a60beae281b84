import { currentSpan } from '@dinhdanh/kit';
import type { Span } from '@dinhdanh/kit';
import type { AppendAnswer } from './append-entry.ts';
import type { BatchMark } from './batch-mark.ts';
import type { PreparedEntry } from './prepare-entry.ts';

/**
 * Entries that stand or fall together, and who waits for them. There are two promises since a connection may break in the
 * middle of a commit: `answer` is kept within seconds and then refuses; `outcome` is what really became of the entries,
 * however late, so that the same batch, sent again, is told the truth.
 */
export class Call {
  readonly entries: readonly PreparedEntry[];
  /** What it is known by when it is sent again; null where it never is. */
  readonly mark: BatchMark | null;
  /** What its sender's request is traced under. */
  readonly span: Span = currentSpan();
  readonly #answer = Promise.withResolvers<AppendAnswer>();
  readonly #outcome = Promise.withResolvers<AppendAnswer>();

  constructor(entries: readonly PreparedEntry[], mark: BatchMark | null = null) {
    this.entries = entries;
    this.mark = mark;
    // Whoever does not wait must not end the process by that.
    this.#answer.promise.catch(() => undefined);
    this.#outcome.promise.catch(() => undefined);
  }

  get answer(): Promise<AppendAnswer> {
    return this.#answer.promise;
  }

  get outcome(): Promise<AppendAnswer> {
    return this.#outcome.promise;
  }

  /** The entries are durable. */
  settle(answer: AppendAnswer): void {
    this.#answer.resolve(answer);
    this.#outcome.resolve(answer);
  }

  /** The entries are not in the log, and will not be. */
  refuse(failure: Error): void {
    this.#answer.reject(failure);
    this.#outcome.reject(failure);
  }

  /** Nobody can say yet whether they are. */
  doubt(failure: Error): void {
    this.#answer.reject(failure);
  }
}
