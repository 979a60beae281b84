/** One deadline that has been set. */
export interface Deadline {
  /** Takes it back; nothing happens any more. */
  readonly clear: () => void;
}

/** How late a deadline may be told, in milliseconds: all that fall into one such stretch are told together. */
const STRETCH_MS = 10;
/** Stretches that have a place of their own, some 40 seconds; those further on share places with them. A power of two. */
const PLACES = 4_096;

/**
 * Many deadlines behind one timer. Nearly all are taken back long before they come, and each has its own distance, for which
 * Node keeps a list of timers each; here setting one is putting it into a list of its stretch (a timing wheel).
 *
 * No `Map` or `Set`, which would hold for long what goes after milliseconds: whenever one is written anew to make room, the
 * table before points to the next, and once a table has grown old all that was ever in those after it, whole answers with it,
 * outlives every collection of the young until one of all comes.
 */
export class Deadlines {
  /** The first of each list. */
  readonly #places: (SetDeadline | undefined)[] = Array.from({ length: PLACES }, () => undefined);
  /** All up to this stretch have been told. */
  #told = stretchNow();
  /** The stretch the timer is set for; none where nothing is awaited. */
  #awaited = Number.POSITIVE_INFINITY;
  #timer: NodeJS.Timeout | undefined;

  /** Calls `late` so many milliseconds from now, or up to a stretch later; never earlier. */
  set(ms: number, late: () => void): Deadline {
    // What has been told already is not looked at again.
    const stretch = Math.max(Math.ceil((performance.now() + ms) / STRETCH_MS), this.#told + 1);
    const deadline = new SetDeadline(this.#places, stretch, late);
    if (stretch < this.#awaited) this.#await(stretch);
    return deadline;
  }

  #await(stretch: number): void {
    clearTimeout(this.#timer);
    this.#awaited = stretch;
    const inMs = Math.min(stretch * STRETCH_MS - performance.now(), PLACES * STRETCH_MS);
    // A process that ends need not wait: what waits for an answer holds a connection.
    this.#timer = setTimeout(this.#tell, Math.max(1, inMs)).unref();
  }

  readonly #tell = (): void => {
    const now = stretchNow();
    this.#awaited = Number.POSITIVE_INFINITY;
    const due: SetDeadline[] = [];
    const first = Math.max(this.#told, now - PLACES) + 1;
    for (let stretch = first; stretch <= now; stretch += 1) {
      for (let each = this.#at(stretch); each !== undefined; each = each.next) {
        if (each.stretch <= now) due.push(each);
      }
    }
    this.#told = Math.max(this.#told, now);
    for (const each of due) each.tell();
    const next = this.#next(now);
    if (next < this.#awaited) this.#await(next);
  };

  /** The first stretch anything waits for, or one before it where that is far away. */
  #next(now: number): number {
    let isAny = false;
    for (let stretch = now + 1; stretch <= now + PLACES; stretch += 1) {
      for (let each = this.#at(stretch); each !== undefined; each = each.next) {
        if (each.stretch <= stretch) return stretch;
        isAny = true;
      }
    }
    return isAny ? now + PLACES : Number.POSITIVE_INFINITY;
  }

  #at(stretch: number): SetDeadline | undefined {
    return this.#places[stretch & (PLACES - 1)];
  }
}

function stretchNow(): number {
  return Math.floor(performance.now() / STRETCH_MS);
}

/** A deadline in the list of its place; out of it, it holds nothing. */
class SetDeadline implements Deadline {
  readonly stretch: number;
  next: SetDeadline | undefined;
  readonly #places: (SetDeadline | undefined)[];
  #previous: SetDeadline | undefined;
  #late: (() => void) | undefined;

  constructor(places: (SetDeadline | undefined)[], stretch: number, late: () => void) {
    const place = stretch & (PLACES - 1);
    this.stretch = stretch;
    this.#places = places;
    this.#late = late;
    this.next = places[place];
    if (this.next !== undefined) this.next.#previous = this;
    places[place] = this;
  }

  tell(): void {
    const late = this.#late;
    this.clear();
    late?.();
  }

  clear(): void {
    if (this.#late === undefined) return;
    this.#late = undefined;
    const { next } = this;
    if (next !== undefined) next.#previous = this.#previous;
    if (this.#previous === undefined) this.#places[this.stretch & (PLACES - 1)] = next;
    else this.#previous.next = next;
    this.next = undefined;
    this.#previous = undefined;
  }
}

/** Those of this process. */
export const deadlines = new Deadlines();
