import { AppError } from '@dinhdanh/kit';

/**
 * Lets so many through at once and the others in their turn. Attempts to sign in lock the same few rows: without it a
 * flood of them would wait on every connection of the pool, and no session could be looked up meanwhile.
 */
export class Turnstile {
  readonly #longestQueue: number;
  readonly #queue: (() => void)[] = [];
  #free: number;

  constructor(places: number, longestQueue: number) {
    this.#free = places;
    this.#longestQueue = longestQueue;
  }

  /** Runs work when its turn has come; throws `RATE_LIMITED` at once when too many wait already. */
  async pass<Result>(work: () => Promise<Result>): Promise<Result> {
    if (this.#free > 0) this.#free -= 1;
    else await this.#wait();
    try {
      return await work();
    } finally {
      const next = this.#queue.shift();
      if (next === undefined) this.#free += 1;
      // The place is handed over, so that nobody can slip in between.
      else next();
    }
  }

  #wait(): Promise<void> {
    if (this.#queue.length >= this.#longestQueue) {
      throw new AppError('RATE_LIMITED', { retryAfterSeconds: 1, internal: 'too many sign-ins wait' });
    }
    return new Promise((resolve) => this.#queue.push(resolve));
  }
}
