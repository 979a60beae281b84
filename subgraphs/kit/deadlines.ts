/** One deadline that has been set. */
export interface Deadline {
  /** Takes it back; nothing happens any more. */
  readonly clear: () => void;
}

/** How late a deadline may be told, in milliseconds: all that fall into one such stretch are told together. */
const STRETCH_MS = 10;

/**
 * Many deadlines behind one timer. Nearly all are taken back long before they come, and each has its own distance, for which
 * Node keeps a list of timers each; here setting one is putting it into a set.
 */
export class Deadlines {
  readonly #stretches = new Map<number, Set<() => void>>();
  /** The stretch the timer is set for; none where nothing is awaited. */
  #awaited = Number.POSITIVE_INFINITY;
  #timer: NodeJS.Timeout | undefined;

  /** Calls `late` so many milliseconds from now, or up to a stretch later; never earlier. */
  set(ms: number, late: () => void): Deadline {
    const stretch = Math.ceil((performance.now() + ms) / STRETCH_MS);
    let waiting = this.#stretches.get(stretch);
    if (waiting === undefined) {
      waiting = new Set();
      this.#stretches.set(stretch, waiting);
      if (stretch < this.#awaited) this.#await(stretch);
    }
    waiting.add(late);
    return new SetDeadline(this.#stretches, stretch, waiting, late);
  }

  #await(stretch: number): void {
    clearTimeout(this.#timer);
    this.#awaited = stretch;
    const inMs = stretch * STRETCH_MS - performance.now();
    // A process that ends need not wait: what waits for an answer holds a connection.
    this.#timer = setTimeout(this.#tell, Math.max(1, inMs)).unref();
  }

  readonly #tell = (): void => {
    const now = performance.now() / STRETCH_MS;
    this.#awaited = Number.POSITIVE_INFINITY;
    const due = [...this.#stretches.keys()].filter((stretch) => stretch <= now);
    for (const stretch of due) {
      const waiting = this.#stretches.get(stretch);
      this.#stretches.delete(stretch);
      for (const late of waiting ?? []) late();
    }
    const next = Math.min(...this.#stretches.keys());
    if (next < this.#awaited) this.#await(next);
  };
}

class SetDeadline implements Deadline {
  readonly #stretches: Map<number, Set<() => void>>;
  readonly #stretch: number;
  readonly #waiting: Set<() => void>;
  readonly #late: () => void;

  constructor(
    stretches: Map<number, Set<() => void>>,
    stretch: number,
    waiting: Set<() => void>,
    late: () => void,
  ) {
    this.#stretches = stretches;
    this.#stretch = stretch;
    this.#waiting = waiting;
    this.#late = late;
  }

  clear(): void {
    this.#waiting.delete(this.#late);
    if (this.#waiting.size === 0) this.#stretches.delete(this.#stretch);
  }
}

/** Those of this process. */
export const deadlines = new Deadlines();
