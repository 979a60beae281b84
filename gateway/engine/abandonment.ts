/** What is needed of an AbortSignal; making a real one for each operation costs as much as the operation's bookkeeping. */
export interface AbandonSignal {
  readonly aborted: boolean;
  readonly addEventListener: (type: 'abort', listener: () => void) => void;
  readonly removeEventListener: (type: 'abort', listener: () => void) => void;
}

/** The signal of one execution: fires once, when nobody waits for its answers any more. */
export class Abandonment implements AbandonSignal {
  aborted = false;
  /** A handful: one for each request under way. */
  readonly #listeners: (() => void)[] = [];

  addEventListener(_type: 'abort', listener: () => void): void {
    this.#listeners.push(listener);
  }

  removeEventListener(_type: 'abort', listener: () => void): void {
    const at = this.#listeners.indexOf(listener);
    if (at < 0) return;
    const last = this.#listeners.pop() as () => void;
    if (last !== listener) this.#listeners[at] = last;
  }

  /** Tells everybody who listens. */
  abort(): void {
    this.aborted = true;
    for (const listener of this.#listeners.splice(0)) listener();
  }
}
