/**
 * A map that forgets its least recently used entries: caches of client-made keys must not grow with the clients, neither by
 * many entries nor by large ones.
 */
export class BoundedCache<Value> {
  readonly #entries = new Map<string, { readonly value: Value; readonly weight: number }>();
  readonly #capacity: number;
  readonly #heaviest: number;
  #weight = 0;
  /** The key used last: asked for again, it stands where it should. */
  #newest: string | undefined;

  /** `heaviest` bounds the sum of the weights given. */
  constructor(capacity: number, heaviest = Number.POSITIVE_INFINITY) {
    this.#capacity = Math.max(1, capacity);
    this.#heaviest = heaviest;
  }

  /** Number of entries held now. */
  get size(): number {
    return this.#entries.size;
  }

  /** The entry, marked as just used; undefined when it is not held. */
  get(key: string): Value | undefined {
    const entry = this.#entries.get(key);
    if (entry === undefined) return undefined;
    if (key === this.#newest) return entry.value;
    this.#entries.delete(key);
    this.#entries.set(key, entry);
    this.#newest = key;
    return entry.value;
  }

  /** Keeps the entry and drops the oldest ones beyond the bounds; the newest is always kept. */
  set(key: string, value: Value, weight = 0): void {
    this.#drop(key);
    this.#entries.set(key, { value, weight });
    this.#newest = key;
    this.#weight += weight;
    for (const oldest of this.#entries.keys()) {
      const isWithin = this.#entries.size <= this.#capacity && this.#weight <= this.#heaviest;
      if (isWithin || this.#entries.size === 1) return;
      this.#drop(oldest);
    }
  }

  #drop(key: string): void {
    this.#weight -= this.#entries.get(key)?.weight ?? 0;
    this.#entries.delete(key);
  }
}
