/** A progress bar on a terminal; a line at each tenth elsewhere. Writes to standard error, so that output stays clean. */
export class Progress {
  readonly #label: string;
  readonly #parts = new Map<string, { done: number; total: number }>();
  readonly #out: NodeJS.WriteStream;
  #lastTenth = -1;

  constructor(label: string, out: NodeJS.WriteStream = process.stderr) {
    this.#label = label;
    this.#out = out;
  }

  /** Announces a part of the work, so that the bar knows the whole before it moves. */
  add(part: string, total: number): void {
    this.#parts.set(part, { done: 0, total });
  }

  /** Tells how far a part has come. */
  advance(part: string, done: number): void {
    const entry = this.#parts.get(part);
    if (entry === undefined) return;
    entry.done = Math.min(done, entry.total);
    this.#draw();
  }

  /** Ends the bar. */
  finish(): void {
    for (const entry of this.#parts.values()) entry.done = entry.total;
    this.#draw();
    if (this.#out.isTTY) this.#out.write('\n');
  }

  #draw(): void {
    let done = 0;
    let total = 0;
    for (const entry of this.#parts.values()) {
      done += entry.done;
      total += entry.total;
    }
    const share = total === 0 ? 1 : done / total;
    if (this.#out.isTTY) {
      const filled = Math.floor(share * 30);
      this.#out.write(
        `\r${this.#label} [${'#'.repeat(filled)}${'.'.repeat(30 - filled)}] ${Math.floor(share * 100)} %`,
      );
      return;
    }
    const tenth = Math.floor(share * 10);
    if (tenth === this.#lastTenth) return;
    this.#lastTenth = tenth;
    this.#out.write(`${this.#label} ${tenth * 10} %\n`);
  }
}
