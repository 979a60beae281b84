import type { Step } from '../step.ts';
import { type ByteStep, generateByteCode } from './byte-code.ts';

/** After a run that had to parse after all, so many at most go by values before bytes are tried again. */
const LONGEST_PAUSE = 1024;

/**
 * Decides which runs of a plan read their answers as bytes: those of a plan whose answers have been long, unless they turned out
 * to be unusual lately. For short ones `JSON.parse` is as fast.
 */
export class ByteRuns {
  readonly #steps: readonly Step[];
  readonly #longFrom: number;
  #isLong: boolean;
  #code: readonly ByteStep[] | null | undefined;
  /** Runs to go by values, and how many it will be the next time. */
  #pause = 0;
  #nextPause = 1;
  /** What a run has taken at most, in bytes. */
  largest = 0;

  constructor(steps: readonly Step[], longFrom: number) {
    this.#steps = steps;
    this.#longFrom = longFrom;
    this.#isLong = longFrom <= 0;
  }

  /** The code for one more run; null for a run that parses. */
  next(): readonly ByteStep[] | null {
    if (!this.#isLong) return null;
    if (this.#pause > 0) {
      this.#pause -= 1;
      return null;
    }
    if (this.#code === undefined) this.#code = generateByteCode(this.#steps);
    return this.#code;
  }

  /** Told of each run: how long its answers were, in bytes. */
  tellLength(bytes: number): void {
    if (bytes >= this.#longFrom) this.#isLong = true;
  }

  /** Told of each run that began with bytes: whether it went on so to its end, and how much it took. */
  tellEnd(hasStayed: boolean, bytes: number): void {
    if (hasStayed) {
      this.#nextPause = 1;
      if (bytes > this.largest) this.largest = bytes;
      return;
    }
    this.#pause = this.#nextPause;
    this.#nextPause = Math.min(this.#nextPause * 2, LONGEST_PAUSE);
  }
}
