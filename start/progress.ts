/** Where progress is shown: a terminal draws a bar, anything else gets lines. */
export interface ProgressScreen {
  readonly isTTY?: boolean | undefined;
  readonly write: (text: string) => unknown;
}

const BAR_LENGTH = 30;

/** A progress bar on a terminal; a line at each tenth elsewhere. Writes to standard error, so that output stays clean. */
export class Progress {
  readonly #label: string;
  readonly #parts = new Map<string, { done: number; total: number }>();
  readonly #screen: ProgressScreen;
  #shown = '';

  constructor(label: string, screen: ProgressScreen = process.stderr) {
    this.#label = label;
    this.#screen = screen;
  }

  /** Announces a part of the work, so that the bar knows the whole before it moves. */
  add(part: string, total: number): void {
    this.#parts.set(part, { done: 0, total });
  }

  /** Tells how far a part has come, in the unit of its total. */
  advance(part: string, done: number): void {
    const entry = this.#parts.get(part);
    if (entry === undefined) return;
    entry.done = Math.min(done, entry.total);
    this.#draw();
  }

  /** Tells that a part is done, however many there turned out to be. */
  complete(part: string): void {
    this.advance(part, Infinity);
  }

  /** Ends the bar, finished or not. */
  end(): void {
    if (this.#screen.isTTY === true && this.#shown !== '') this.#screen.write('\n');
  }

  #draw(): void {
    const entries = [...this.#parts.values()];
    const total = entries.reduce((sum, entry) => sum + entry.total, 0);
    const done = entries.reduce((sum, entry) => sum + entry.done, 0);
    const share = total === 0 ? 1 : done / total;
    const under = [...this.#parts].filter(([, entry]) => entry.done > 0 && entry.done < entry.total);
    const text =
      this.#screen.isTTY === true
        ? `\r\u001b[K${this.#label} ${bar(share)} ${Math.floor(share * 100)} % ${under.map(([part]) => part).join(', ')}`
        : `${this.#label} ${Math.floor(share * 10) * 10} %\n`;
    if (text === this.#shown) return;
    this.#shown = text;
    this.#screen.write(text);
  }
}

function bar(share: number): string {
  const filled = Math.floor(share * BAR_LENGTH);
  return `[${'#'.repeat(filled)}${'.'.repeat(BAR_LENGTH - filled)}]`;
}
