import type { PageRow } from './store.ts';

/** How often open requests are looked at, in milliseconds: a change is seen within a second. */
const LOOK_EVERY_MS = 500;

type Told = (row: PageRow) => void;

/**
 * Looks at the rows of all open pages in one statement, twice a second, however many pages are open; not at all while
 * there are none. A look that fails is made good by the next.
 */
export class RequestWatch {
  readonly #read: (handles: readonly string[]) => Promise<readonly PageRow[]>;
  readonly #everyMs: number;
  readonly #watchers = new Map<string, Set<Told>>();
  #looking = false;

  constructor(read: (handles: readonly string[]) => Promise<readonly PageRow[]>, everyMs = LOOK_EVERY_MS) {
    this.#read = read;
    this.#everyMs = everyMs;
  }

  /** Tells of a row at every look, whether or not it has changed; the function returned ends that. */
  watch(handle: string, told: Told): () => void {
    const watchers = this.#watchers.get(handle) ?? new Set();
    this.#watchers.set(handle, watchers.add(told));
    if (!this.#looking) this.#lookLater();
    this.#looking = true;
    return () => {
      watchers.delete(told);
      if (watchers.size === 0 && this.#watchers.get(handle) === watchers) this.#watchers.delete(handle);
    };
  }

  #lookLater(): void {
    setTimeout(() => void this.#look(), this.#everyMs).unref();
  }

  async #look(): Promise<void> {
    try {
      for (const row of await this.#read([...this.#watchers.keys()])) {
        for (const told of this.#watchers.get(row.handle) ?? []) told(row);
      }
    } catch {
      // The database is away, as its own alarms say: pages keep what they were told last.
    } finally {
      this.#looking = this.#watchers.size > 0;
      if (this.#looking) this.#lookLater();
    }
  }
}
